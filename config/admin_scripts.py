"""What the scripts of Django's admin say, in Belarusian as well as Django's other languages.

Django's Belarusian for scripts is in another spelling, and the boxes with search (Select2) have none at all.
"""

from django.conf import settings
from django.contrib.admin.widgets import SELECT2_TRANSLATIONS
from django.views.i18n import JavaScriptCatalog


class ScriptWords(JavaScriptCatalog):
    """The admin's own catalogue for scripts, with our catalogues' sentences before Django's."""

    packages = ["django.contrib.admin"]

    def get_paths(self, packages: list[str]) -> list[str]:
        """Later ones win."""
        return [*super().get_paths(packages), *map(str, reversed(settings.LOCALE_PATHS))]


def speak_belarusian() -> None:
    """Lets boxes with search load `be.js`, which lies among our own static files under Select2's name for it."""
    SELECT2_TRANSLATIONS["be"] = "be"
