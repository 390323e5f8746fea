"""A small invented world for tests: who speaks, where it was reported, and who works on it.

Annotators Anna and Boris, reviewer Roman, editor Elena. Each function makes one record and sets only what its caller
does not; nothing here is a real person or publication.
"""

from importlib import import_module

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection
from django.utils import timezone

from articles.models import Article, Snapshot, Source
from people.acting import acting
from people.models import Meeting, Office, Person, Tenure
from quotes.anchoring import Anchor
from quotes.annotating import write_quote
from quotes.models import Quote, Statement, Suggestion
from quotes.reviewing import approve, submit

TEXT = (
    "Глава Заречья Иван Озёрный принял посла Приморья. «Мост будет построен к осени», — сказал Иван Озёрный.\n"
    "Он добавил, что дороги отремонтируют раньше. «Работы, — пояснил он, — уже идут».\n"
    "По материалам агентства «Вымысел».\n"
    "Завтра в Заречье откроется ярмарка…"
)
BODY = TEXT.index("\nПо материалам")
BRIDGE = "Мост будет построен к осени"
ROADS = "дороги отремонтируют раньше"


def user(name="anna", *groups):
    """The user of that name, in the named groups."""
    found, _made = User.objects.get_or_create(username=name, defaults={"is_staff": True})
    # A test that commits is followed by the emptying of all tables, the groups of the migration among them.
    if groups and not Group.objects.exists():
        import_module("quotes.migrations.0040_api_key_groups").make_groups(apps, connection.schema_editor())
    found.groups.add(*Group.objects.filter(name__in=groups))
    return found


def person(name="Иван Озёрный", **fields):
    return Person.objects.create(name_ru=name, **fields)


def meeting(name="Встреча с послом Приморья", **fields):
    return Meeting.objects.create(name_ru=name, **({"start": "2031-05-04", "start_known": "text"} | fields))


def office(name="Глава Заречья", **fields):
    return Office.objects.create(name_ru=name, **fields)


def tenure(of, post, start="2030-01-01", end=".."):
    return Tenure.objects.create(
        person=of,
        office=post,
        start=start,
        start_known="other",
        end=end,
        end_known="" if end in {None, ".."} else "other",
    )


def source(name="Заречный вестник (вымышлен)", **fields):
    return Source.objects.create(name_ru=name, **({"kind": "sample"} | fields))


def snapshot(text=TEXT, body=None, *, article=None, **fields):
    """A snapshot with the body up to the credit line; of an article of its own where none is given."""
    article = article or Article.objects.create(
        source=fields.pop("source", None) or Source.objects.first() or source(),
        title="Мост построят",
        published="2031-05-05",
        published_known="publication",
        **fields,
    )
    start, end = body or (0, text.index("\nПо материалам") if "\nПо материалам" in text else len(text))
    return Snapshot.objects.create(
        article=article,
        method="paste",
        retrieved_at=timezone.now(),
        raw=text.encode(),
        media_type="text/plain",
        encoding="utf-8",
        extractor="plain text",
        text=text,
        body_start=start,
        body_end=end,
    )


def anchors(of, *words):
    """The spans of the words in the snapshot, each where it stands first."""
    return [Anchor(of.text.index(part), of.text.index(part) + len(part), part) for part in words]


def draft(by=None, words=(BRIDGE,), *, of=None, kind="direct", attribution="сказал Иван Озёрный", **fields):
    """A complete statement that nobody has submitted yet, with one quote."""
    of = of or snapshot()
    if not {"speaker", "speaker_organization", "speaker_not_identified"} & fields.keys():
        fields["speaker"] = Person.objects.first() or person()
    if not {"meeting", "occasion_not_named"} & fields.keys():
        fields["occasion_not_named"] = True
    statement = Statement(**({"spoken": "2031-05-04", "spoken_known": "text"} | fields))
    with acting(by or user("anna", "annotator")):
        quote = Quote(snapshot=of, kind=kind, attribution=attribution if attribution in of.text else "")
        write_quote(statement, quote, anchors(of, *words))
    return statement


def submitted(by=None, **fields):
    """A statement that waits for review."""
    author = by or user("anna", "annotator")
    statement = draft(by=author, **fields)
    with acting(author):
        submit(statement, by=author)
    return statement


def suggestion(of=None, *words, **fields):
    """A suggestion that nobody has decided on; without a speaker unless one is given."""
    of = of or snapshot()
    spans = [[one.start, one.end] for one in anchors(of, *(words or (BRIDGE,)))]
    named = fields.get("speaker") or fields.get("speaker_organization")
    name = fields.pop("speaker_name", named.name_ru if named else "")
    choice = {"name": name, "type": fields.pop("type", "person"), "key": None, "confidence": 0.9}
    choices = [choice | {"reasons": [["named", name]], "unverified": False}] if name else []
    return Suggestion.objects.create(
        **{"snapshot": of, "engine": 1, "rule": "direct.after", "kind": "direct", "confidence": 0.95}
        | {"spans": spans, "speaker_name": name, "choices": choices}
        | fields
    )


def publish(statement, by=None, reviewer=None):
    """Submits and approves what is complete."""
    author, reviewer = by or user("anna", "annotator"), reviewer or user("roman", "reviewer")
    with acting(author):
        revision = submit(statement, by=author)
    with acting(reviewer):
        approve(revision, by=reviewer)
    return Statement.objects.get(pk=statement.pk)


def published(by=None, reviewer=None, **fields):
    """A statement that the public sees."""
    return publish(draft(by=by, **fields), by, reviewer)
