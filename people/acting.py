"""Who is writing: the application's user is told to the database, which notes them in history and authorship."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, User
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@contextmanager
def acting(user: AbstractBaseUser | AnonymousUser) -> Iterator[None]:
    """One transaction in which everything written is recorded as `user`'s."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('skazano.user', true)")
        before = cursor.fetchone()[0] or ""
        cursor.execute("SELECT set_config('skazano.user', %s, true)", [str(user.pk)])
        yield
        # An outer `acting` goes on under its own user. After an error there is nothing to restore: the rollback does.
        cursor.execute("SELECT set_config('skazano.user', %s, true)", [before])


def name_of(user: AbstractBaseUser) -> str:
    """What colleagues call a user."""
    full_name = user.get_full_name() if isinstance(user, User) else ""
    return full_name or user.get_username()


class ActingUserMiddleware:
    """Runs each view that may write in one transaction, as the user who is logged in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method in SAFE_METHODS or not request.user.is_authenticated:
            return None
        with acting(request.user):
            return view(request, *args, **kwargs)
