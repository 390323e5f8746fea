"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from config import health

urlpatterns = [
    path("", include("quotes.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("config.api.urls")),
    path("health/alive", health.alive, name="alive"),
    path("health/ready", health.ready, name="ready"),
]
