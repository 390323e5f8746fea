"""Every address of the API, version 1."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import DefaultRouter

from config.api.problems import NoSuchAddress
from quotes.api.views import (
    ArticleViewSet,
    MeetingViewSet,
    PersonViewSet,
    QuoteViewSet,
    SourceViewSet,
    StatementViewSet,
)

router = DefaultRouter()
router.register("statements", StatementViewSet, basename="statement")
router.register("quotes", QuoteViewSet, basename="quote")
router.register("people", PersonViewSet, basename="person")
router.register("meetings", MeetingViewSet, basename="meeting")
router.register("sources", SourceViewSet, basename="source")
router.register("articles", ArticleViewSet, basename="article")

app_name = "api"
urlpatterns = [
    path("", include(router.urls)),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    re_path("", NoSuchAddress.as_view()),
]
