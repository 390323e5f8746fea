"""What `manage.py check --deploy` says of how articles are fetched."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's name


@register(Tags.security, deploy=True)
def nothing_private_is_open(**_kwargs: Any) -> list[CheckMessage]:
    """Tests open places on their own machine; on a real site anybody who takes articles in could look around there."""
    if not settings.FETCH_OPEN_TARGETS:
        return []
    open_targets = ", ".join(settings.FETCH_OPEN_TARGETS)
    return [Error(f"FETCH_OPEN_TARGETS lets pages be fetched from {open_targets}. Leave it empty.", id="articles.E001")]


@register(Tags.security, deploy=True)
def sites_can_write_to_us(**_kwargs: Any) -> list[CheckMessage]:
    if settings.FETCH_CONTACT:
        return []
    return [
        Warning(
            "FETCH_CONTACT is empty: sites whose pages are fetched can't write to whoever runs this. "
            "Set it to an e-mail address or a page.",
            id="articles.W001",
        )
    ]
