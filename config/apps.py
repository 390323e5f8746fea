from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The project itself: it knows every app and has no models; its commands and catalogues are found through this."""

    name = "config"
