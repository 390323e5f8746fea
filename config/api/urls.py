"""Every address of the API, version 1."""

from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from config.api.documentation import documentation
from config.api.views import ROOT, JsonSchema, NoSuchAddress, Root, Schema, YamlSchema
from quotes.api import export, reconcile
from quotes.api.changes import Changes
from quotes.api.evidence import Evidence
from quotes.api.search import Search
from quotes.api.verify import Verify
from quotes.api.views import (
    ArticleViewSet,
    MeetingViewSet,
    OfficeViewSet,
    OrganizationViewSet,
    PersonViewSet,
    QuoteViewSet,
    SnapshotViewSet,
    SourceViewSet,
    StatementViewSet,
    TenureViewSet,
    TopicViewSet,
)

# One address for each list and record: the Accept header chooses the form, not a suffix.
router = SimpleRouter(use_regex_path=False)
router.register("statements", StatementViewSet, basename="statement")
router.register("quotes", QuoteViewSet, basename="quote")
router.register("people", PersonViewSet, basename="person")
router.register("offices", OfficeViewSet, basename="office")
router.register("tenures", TenureViewSet, basename="tenure")
router.register("organizations", OrganizationViewSet, basename="organization")
router.register("meetings", MeetingViewSet, basename="meeting")
router.register("sources", SourceViewSet, basename="source")
router.register("articles", ArticleViewSet, basename="article")
router.register("snapshots", SnapshotViewSet, basename="snapshot")
router.register("topics", TopicViewSet, basename="topic")

app_name = "api"
urlpatterns = [
    path("", Root.as_view(), name=ROOT),
    path("", include(router.urls)),
    path("changes/", Changes.as_view(), name="changes"),
    path("search/", Search.as_view(), name="search"),
    path("docs/", documentation, name="docs"),
    *export.patterns(),
    *reconcile.patterns(),
    path("statements/<public_id:public_id>/evidence.zip", Evidence.as_view(), name="statement-evidence"),
    path("verify/", Verify.as_view(), name="verify"),
    path("schema/", Schema.as_view(), name="schema"),
    path("schema.json", JsonSchema.as_view(), name="schema-json"),
    path("schema.yaml", YamlSchema.as_view(), name="schema-yaml"),
    # With a slash at its end only: without one Django first looks whether that was all that was wrong.
    re_path(r"^[\s\S]*/$", NoSuchAddress.as_view()),
]
