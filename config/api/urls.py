"""Every address of the API, version 1."""

from django.urls import include, path, re_path
from rest_framework.routers import DefaultRouter

from config.api.views import NoSuchAddress, Root, Schema
from quotes.api import export, reconcile
from quotes.api.evidence import Evidence
from quotes.api.verify import Verify
from quotes.api.views import (
    ArticleViewSet,
    MeetingViewSet,
    PersonViewSet,
    QuoteViewSet,
    SourceViewSet,
    StatementViewSet,
)


class Router(DefaultRouter):
    """One address for each list and record: the Accept header chooses the form, not a suffix."""

    APIRootView = Root
    include_format_suffixes = False


router = Router(use_regex_path=False)
router.register("statements", StatementViewSet, basename="statement")
router.register("quotes", QuoteViewSet, basename="quote")
router.register("people", PersonViewSet, basename="person")
router.register("meetings", MeetingViewSet, basename="meeting")
router.register("sources", SourceViewSet, basename="source")
router.register("articles", ArticleViewSet, basename="article")

app_name = "api"
urlpatterns = [
    path("", include(router.urls)),
    *export.patterns(),
    *reconcile.patterns(),
    path("statements/<public_id:public_id>/evidence.zip", Evidence.as_view(), name="statement-evidence"),
    path("verify/", Verify.as_view(), name="verify"),
    path("schema/", Schema.as_view(), name="schema"),
    # With a slash at its end only: without one Django first looks whether that was all that was wrong.
    re_path(r"^[\s\S]*/$", NoSuchAddress.as_view()),
]
