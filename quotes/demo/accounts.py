"""The demo's three accounts, one for each kind of work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import Group, User
from django.utils.translation import gettext as _

NAMES = ("annotator", "reviewer", "editor")


class PasswordMissing(Exception):  # noqa: N818 - the name says what is wrong
    """An account needs a password that was not given; `str()` says where it is read from."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works on the record: marks, approves, keeps it."""

    annotator: User
    reviewer: User
    editor: User


def variable(name: str) -> str:
    """The environment variable that holds an account's password."""
    return f"DEMO_{name.upper()}_PASSWORD"


def staff_the_desk(environment: Mapping[str, str], *, reset: bool, say: Callable[[str], None]) -> Desk:
    """The three accounts; those that are missing are made, each in the group of its name.

    An account that is there is left as it is; with `reset` it gets the password of the environment. Raises
    PasswordMissing where a password is needed and not given; `say` gets a line about each account made or changed.
    """
    there = {user.username: user for user in User.objects.filter(username__in=NAMES)}
    needed = NAMES if reset else [name for name in NAMES if name not in there]
    if missing := [variable(name) for name in needed if not environment.get(variable(name))]:
        raise PasswordMissing(
            _("The demo's accounts take their passwords from the environment. Set %(names)s and try again.")
            % {"names": ", ".join(missing)}
        )
    for name in needed:
        password = environment[variable(name)]
        if name in there:
            _give_password(there[name], password)
            say(_("New password for the account “%(name)s”") % {"name": name})
        else:
            there[name] = _open(name, password)
            say(_("account: %(name)s") % {"name": name})
    return Desk(*(there[name] for name in NAMES))


def _open(name: str, password: str) -> User:
    user = User.objects.create_user(name, password=password, is_staff=True)
    user.groups.add(*Group.objects.filter(name=name))
    return user


def _give_password(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
