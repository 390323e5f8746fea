"""Nothing unpublished, withheld or internal is in any answer of the site, whatever addresses it has.

The addresses are read from the API's own root and schema, and from the site's list of them, so that those which come later
are walked as well.
"""

import io
import re
import zipfile
from collections import deque
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.core.management import call_command

from articles.models import Article
from config.api.urls import router
from people.acting import acting
from people.models import Organization, Person
from quotes import urls
from quotes.models import Quote, Statement, Suggestion, Topic
from quotes.reporting import report
from quotes.reviewing import send_back, submit
from quotes.withdrawing import withdraw
from tests import world

pytestmark = pytest.mark.django_db
MARK = "Тайн"  # in all that must not be read anywhere
MOST = 2_000  # answers

OUTSIDE = f"{MARK}ое начало статьи. " + "Слова вокруг. " * 60
AFTER = " Слова вокруг." * 60 + f" {MARK}ый конец."
HIDDEN_WORDS = f"{MARK}ые слова"


@pytest.fixture
def secrets(record, search_index):
    """Beside what is published, everything that isn't, with the mark in it: what may be read of it is its id at most."""
    anna, elena = world.user("anna", "annotator"), world.user("elena", "editor")
    anna.first_name, anna.email = f"{MARK}ая", "anna@secret.example"
    anna.save()
    speaker, meeting = record[0].speaker, record[0].meeting
    public = world.snapshot(OUTSIDE + world.TEXT.replace("\nПо материалам", f"{AFTER}\n{MARK}ый хвост\nПо материалам"))
    shown = world.published(of=public, speaker=speaker, meeting=meeting)

    def hidden(make, number):
        """A statement with records of its own, in a text of its own, beside what everybody knows."""
        article = Article.objects.create(source=world.source(f"{MARK}ый вестник {number}"), title=f"{MARK}ая статья")
        of = world.snapshot(f"{HIDDEN_WORDS}. {world.TEXT}{number}", article=article)
        person = Person.objects.create(name_ru=f"{MARK}ый Человек {number}", about=f"{MARK}ое")
        ministry = Organization.objects.create(name_ru=f"{MARK}ое ведомство {number}")
        held = world.tenure(person, world.office(f"{MARK}ый пост {number}", organization=ministry))
        occasion = world.meeting(f"{MARK}ая встреча {number}")
        occasion.participants.create(person=person, role="host")
        made = make(
            of=of, words=(HIDDEN_WORDS,), speaker=person, tenure=held, meeting=occasion, label=f"{MARK}ый ярлык"
        )
        made.topics.add(Topic.objects.create(name_ru=f"{MARK}ая тема {number}"))
        return made

    hidden(world.draft, 1)
    submitted = hidden(world.draft, 2)
    with acting(anna):
        revision = submit(submitted, by=anna, note=f"{MARK}ая заметка")
    with acting(world.user("roman", "reviewer")):
        send_back(revision, f"{MARK}ое замечание", by=world.user("roman"))
    withdrawn, revised = hidden(world.published, 3), hidden(world.published, 4)
    search_index()  # it lags behind what follows
    with acting(elena):
        withdraw(withdrawn, "Причина для всех.", by=elena)
        Statement.objects.filter(pk=revised.pk).update(label=f"{MARK}ый новый ярлык")
    # Beside what is published: drafts of the same text, person and occasion; what the machine proposed; a report.
    world.draft(of=public, words=(world.ROADS,), kind="indirect", speaker=speaker, meeting=meeting, label=f"{MARK}ый")
    world.suggestion(public, speaker_name=f"{MARK}ое имя")
    report(shown.current_revision, kind="date", text=f"{MARK}ый читатель", contact="r@secret.example", sender="x")
    return [withdrawn, revised]


def questions(schema):
    """Every operation that reads, with the questions that show most of what it has."""
    for path, operations in schema["paths"].items():
        if "get" in operations:
            parameters = {each["name"]: each for each in operations["get"].get("parameters", [])}
            needed = {name: each for name, each in parameters.items() if each["in"] == "query" and each.get("required")}
            every = {
                name: ",".join(parameters[name]["schema"]["items"]["enum"])
                for name in ("expand", "facets")
                if name in parameters
            }
            for words in (MARK, HIDDEN_WORDS, world.BRIDGE) if needed else ("",):
                given = dict.fromkeys(needed, words)
                yield path, given
                yield path, given | every
            if "q" in parameters:
                yield from ((path, every | {"q": words}) for words in (f"{MARK}ый", "тайная", HIDDEN_WORDS, "мост"))


def filled(path):
    """The path with the ids of all records of its list, public or not; of every record there is, where it has no list."""
    if "{" not in path:
        return [path]
    before, _brace, rest = path.partition("{")
    views = {f"/api/v1/{prefix}/": view for prefix, view, _name in router.registry}
    models = [views[before].serializer_class.Meta.model] if before in views else apps.get_models()
    kinds = [model for model in models if hasattr(model, "public_id")]
    ids = {public_id for model in kinds for public_id in model._base_manager.values_list("public_id", flat=True)}
    return [f"{before}{public_id}{rest.partition('}')[2]}" for public_id in sorted(ids)]


def text_of(response):
    """What the answer says; of a zip file what its files say."""
    content = b"".join(response)
    if response.headers.get("Content-Type") == "application/zip":
        with zipfile.ZipFile(io.BytesIO(content)) as packet:
            content = b"\n".join(packet.read(name) for name in packet.namelist())
    return content.decode(errors="replace")


def refuse_leaks(address, text):
    """The mark in small letters is what was asked for."""
    assert MARK not in text, (address, text[max(text.find(MARK) - 200, 0) :][:400])
    assert "secret.example" not in text, address
    assert not {"anna", "elena", "roman"} & set(text.replace('"', " ").split()), address


def test_no_answer_has_anything_that_is_not_public(client, record, secrets):
    schema = client.get("/api/v1/schema.json", headers={"accept-language": "en"}).json()
    root = client.get("/api/v1/").json()
    waiting = deque(root.values())
    for path, question in questions(schema):
        waiting += [f"{each}?{urlencode(question)}" if question else each for each in filled(path)]
    walked, answered = set(), set()
    while waiting:
        address = waiting.popleft().removeprefix("http://testserver")
        if address in walked:
            continue
        walked.add(address)
        assert len(walked) <= MOST
        response = client.get(address, follow=True)
        assert response.status_code in {200, 400, 404, 410}, address
        refuse_leaks(address, text_of(response).replace(urlencode({"": MARK})[1:], ""))
        if response.status_code == 200:
            answered.add(address.partition("?")[0])
        if "json" in response["Content-Type"] and response.status_code == 200 and not response.streaming:
            told = response.json()
            waiting += [link for link in (told.get("next") if isinstance(told, dict) else None,) if link]
    # Each operation has answered somebody.
    for path in schema["paths"]:
        begin, _brace, end = path.partition("{")
        assert any(each.startswith(begin) and each.endswith(end.partition("}")[2]) for each in answered), path


def site_addresses(release):
    """Every address that the site has for everybody, those of records with all ids, public or not."""
    kinds = {model.__name__.lower(): model for model in apps.get_models() if hasattr(model, "public_id")}
    files = [file.name for file in release.iterdir()]
    for pattern in urls.urlpatterns:
        route = str(pattern.pattern)
        kind = urls.RECORDS.get(route.partition("/")[0], ("", None))[0]
        ids = kinds[kind]._base_manager.values_list("public_id", flat=True) if kind else [""]
        # A report is told to whom it was given the address alone; slugs lead to the address without one.
        if "slug" in route:
            continue
        for public_id in ids:
            address = re.sub("<public_id:.*?>", public_id, route)
            if "<section:" in address:
                yield from (re.sub("<section:.*?>", section, address) for section in ("statements", "people", "pages"))
            elif "<str:name>" in address:
                yield from (f"data/{release.name}/{name}" for name in files)
            else:
                yield address


@pytest.mark.django_db(transaction=True)
def test_no_page_feed_file_or_release_has_anything_that_is_not_public(client, secrets, settings, tmp_path):
    settings.RELEASES_DIR, settings.SITE_ADDRESS = tmp_path / "releases", "http://testserver"
    settings.DATA_LICENCE, settings.DATA_LICENCE_ADDRESS = "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"
    call_command("release", verbosity=0)
    (release,) = settings.RELEASES_DIR.iterdir()
    answered = set()
    words = ["", "q=тайная", "q=мост", "q=тайные+слова+о+мосте+через+реку"]
    statements = Statement.objects.values_list("public_id", flat=True)
    questions = {
        "search": words,
        "search.atom": words,
        "oembed": [f"url=http://testserver/s/{each}" for each in statements],
    }
    for address in site_addresses(release):
        for question in questions.get(address, [""]):
            response = client.get(f"/{address}?{question}", follow=True)
            assert response.status_code in {200, 404, 410}, address
            refuse_leaks(address, text_of(response))
            if response.status_code == 200:
                answered.add(re.sub("/[0-9a-z]{8}(?=/|$)", "", address))
    assert answered >= {"", *questions, "feed.atom", "s", "p", "m", "o", "a", "t", "s/embed", "s/report"}
    assert {f"data/{release.name}/{name}" for name in ("statements.jsonl", "statements.csv", "people.csv")} <= answered


def test_the_walk_would_meet_a_leak(client, record, secrets):
    """Once the same is published, the mark is in the answers."""
    draft = Statement.objects.get(label=f"{MARK}ый")
    world.publish(draft)
    assert MARK in client.get("/api/v1/statements/").content.decode()
    assert MARK not in client.get("/api/v1/snapshots/").content.decode()
    assert Quote.objects.filter(statement=draft).exists()
    assert Suggestion.objects.exists()
