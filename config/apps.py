from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The project itself: it knows every app and has no models; its commands and catalogues are found through this."""

    name = "config"

    def ready(self) -> None:
        """Django's admin is told of the Belarusian that it lacks."""
        from config.admin_scripts import speak_belarusian  # Widgets need all apps to be there.

        speak_belarusian()
