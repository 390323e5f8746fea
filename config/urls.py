"""Every address of the site."""

from django.contrib import admin
from django.templatetags.static import static
from django.urls import include, path
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from config import health
from config.admin_scripts import ScriptWords

admin.site.site_header = _("Skazano: the record")
admin.site.site_title = _("Skazano")
admin.site.index_title = _("What there is to do")

urlpatterns = [
    path("", include("quotes.urls")),
    path("admin/jsi18n/", ScriptWords.as_view()),
    path("admin/", admin.site.urls),
    path("api/v1/", include("config.api.urls")),
    # Browsers ask for it where a page, such as the admin's, names no icon.
    path("favicon.ico", RedirectView.as_view(url=lazy(static, str)("favicon.svg"))),
    path("health/alive", health.alive, name="alive"),
    path("health/ready", health.ready, name="ready"),
]

handler500 = "config.failures.failed"
