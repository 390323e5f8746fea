"""What somebody types is kept as it is typed, so that nothing is lost; and who else is at the same article."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.models import Snapshot
from quotes.models import DoubleAnnotation, Presence, WorkingCopy

# Rows of people who have left tell nobody anything.
PRESENCE_KEPT = timedelta(days=1)


class Overtaken(Exception):  # noqa: N818 - an answer, told to the page that asked
    """Another tab has gone on meanwhile; `copy` is how it stands there, None where it was saved or given up."""

    def __init__(self, copy: WorkingCopy | None) -> None:
        super().__init__(copy and copy.version)
        self.copy = copy


@transaction.atomic
def keep(
    user: User, snapshot: Snapshot, of: str, content: dict[str, Any], *, version: int, fingerprint: str = ""
) -> WorkingCopy:
    """The user's working copy with what is typed now. `version` is the one that this began from, 0 for none.

    Sent twice, it is kept once: a page that got no answer may ask again. Raises Overtaken where the copy has another
    version; then nothing has changed.
    """
    if version == 0:
        new = {"content": content, "fingerprint": fingerprint}
        copy, made = WorkingCopy.objects.get_or_create(user=user, snapshot=snapshot, of=of, defaults=new)
        if made or copy.content == content:
            return copy
        raise Overtaken(copy)
    copy = locked(user, snapshot, of)
    if copy.version == version + 1 and copy.content == content:
        return copy
    if copy.version != version:
        raise Overtaken(copy)
    if copy.content != content:
        copy.fingerprint = fingerprint or copy.fingerprint
        copy.write(content)
    return copy


@transaction.atomic
def step(user: User, snapshot: Snapshot, of: str, *, version: int, back: bool) -> WorkingCopy:
    """The copy, one state back or forth. Raises Overtaken, as `keep` does."""
    copy = locked(user, snapshot, of)
    if copy.version != version:
        raise Overtaken(copy)
    if back:
        copy.undo()
    else:
        copy.redo()
    return copy


def locked(user: User, snapshot: Snapshot, of: str) -> WorkingCopy:
    """The user's copy, ours until the commit. Raises Overtaken where there is none."""
    copy = WorkingCopy.objects.by(user).select_for_update().filter(snapshot=snapshot, of=of).first()
    if copy is None:
        raise Overtaken(None)
    return copy


def discard(user: User, snapshot: Snapshot, of: str) -> bool:
    """The copy goes: what is in it was saved, or is not wanted. Whether there was one."""
    number, _of_what = WorkingCopy.objects.by(user).filter(snapshot=snapshot, of=of).delete()
    return bool(number)


def note_presence(user: User, snapshot: Snapshot, of: str) -> list[Presence]:
    """Notes that the user is at the article now, writing `of`; the others who are, by name.

    None where the user reads blindly, or may come to.
    """
    mine = Presence(user=user, snapshot=snapshot, of=of, seen_at=timezone.now())
    Presence.objects.bulk_create(
        [mine], update_conflicts=True, unique_fields=["user", "snapshot"], update_fields=["of", "seen_at"]
    )
    others = Presence.objects.now().filter(snapshot=snapshot).exclude(user=user)
    if DoubleAnnotation.objects.blinding(user).filter(article=snapshot.article_id).exists():
        return []
    return list(others.select_related("user").order_by("user__username"))


def forget() -> int:
    """Deletes what nobody will come back to; the number of working copies."""
    Presence.objects.filter(seen_at__lt=timezone.now() - PRESENCE_KEPT).delete()
    number, _of_what = WorkingCopy.objects.forgotten().delete()
    return number
