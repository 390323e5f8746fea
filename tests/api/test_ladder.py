"""Nobody gets more from the API than their key says: every endpoint, asked by each of those who may ask.

The endpoints are those that the root and the description name, so that one added later is walked by itself.
"""

import io
import json
import re
import zipfile

import pytest
from django.test import Client

from people.acting import acting
from quotes.keys import give, revoke
from quotes.models import ApiKey, Topic
from quotes.reviewing import submit
from quotes.withdrawing import withdraw
from tests import world

pytestmark = pytest.mark.django_db

# A text of which the public sees what stands around the quote; the rest is for keys that read texts.
FAR = "Далёкое место текста, которого никто не цитировал."
TEXT = f"{world.TEXT[: world.BODY]} {'Прочие слова. ' * 100}{FAR}{world.TEXT[world.BODY :]}"
# Never public, to anybody: what stands in drafts and what colleagues tell each other.
HIDDEN = ("черновая кличка", "Заметка для рецензента")
JSON = "application/json, application/vnd.oai.openapi+json;q=0.9, */*;q=0.1"
ACTORS = ("stranger", "keyed", "keyed with texts", "annotator", "editor", "annotator with a key")
WRITING = ("post", "put", "patch", "delete")


@pytest.fixture
def public(search_index):
    """A published statement with all its parts, a withdrawn one, and drafts in the same text."""
    of = world.snapshot(TEXT, body=(0, TEXT.index("\nПо материалам")))
    speaker = world.person()
    held = world.tenure(speaker, world.office())
    statement = world.draft(of=of, speaker=speaker, tenure=held, meeting=world.meeting(), label="мост")
    statement.topics.add(Topic.objects.create(name_ru="Мосты"))
    world.publish(statement)
    taken_back = world.published(of=of)
    withdraw(taken_back, "Источник отозвал сообщение.", by=world.user("elena", "editor"))
    draft = world.draft(of=of, label=HIDDEN[0])
    submitted = world.draft(of=of, label=HIDDEN[0])
    with acting(anna := world.user("anna", "annotator")):
        submit(submitted, by=anna, note=HIDDEN[1])
    search_index()
    return {"statement": statement, "withdrawn": taken_back, "draft": draft, "submitted": submitted}


@pytest.fixture
def actors(public):
    """Each of those who may ask, as a client; all want English."""
    elena = world.user("elena", "editor")

    def keyed(**fields):
        key = ApiKey(name="mirror", owner="Desk", **fields)
        with acting(elena):
            return {"HTTP_AUTHORIZATION": f"Bearer {give(key, by=elena)}"}

    def logged_in(name, role, **headers):
        client = Client(HTTP_ACCEPT_LANGUAGE="en", HTTP_ACCEPT=JSON, **headers)
        client.force_login(world.user(name, role))
        return client

    simple = {"stranger": {}, "keyed": keyed(), "keyed with texts": keyed(may_read_texts=True)}
    clients = {name: Client(HTTP_ACCEPT_LANGUAGE="en", HTTP_ACCEPT=JSON, **headers) for name, headers in simple.items()}
    clients |= {role: logged_in(role, role) for role in ("annotator", "editor")}
    clients["annotator with a key"] = logged_in("anna", "annotator", **keyed())
    assert set(clients) == set(ACTORS)
    return clients


@pytest.fixture
def addresses(public):
    """Every address of the API: those of the root, of the description, and of each record that the lists name."""
    stranger = Client(HTTP_ACCEPT_LANGUAGE="en", HTTP_ACCEPT=JSON)
    lists = [path_of(one) for one in stranger.get("/api/v1/").json().values()]
    found = {"/api/v1/", "/api/v1/nope/", *lists}
    # The ids of a withdrawn and of an unpublished statement are asked for at each address.
    everywhere = {public["withdrawn"].public_id, public["draft"].public_id}
    for path in stranger.get("/api/v1/schema/").json()["paths"]:
        of, parameter, _rest = path.partition("{")
        if not parameter:
            found.add(path)
            continue
        ids = everywhere | (ids_of(stranger, of) if of in lists else set())
        found |= {re.sub(r"\{\w+\}", one, path) for one in ids}
    return sorted(found)


def ids_of(client, address):
    """The ids that a list names."""
    return {row["id"] for row in client.get(address).json()["results"]}


def path_of(address):
    return address.partition("testserver")[2] or address


def body_of(response):
    """What was answered, without the one thing that differs from moment to moment: where to go on."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return re.sub(rb'"next": ?"[^"]*"', b'"next": ""', content)


def asked(client, addresses):
    """The answers of all addresses: status and body."""
    answers = {one: client.get(one) for one in addresses}
    return {one: (response.status_code, body_of(response)) for one, response in answers.items()}


def reads_whole_texts(path):
    """Whether a key that reads texts is answered otherwise there: only these are."""
    return "/snapshots/" in path or "/evidence" in path or "/articles/" in path


def test_nobody_gets_more_than_their_key_says(actors, addresses):
    assert len(addresses) > 30
    stranger = asked(actors["stranger"], addresses)
    assert {status for status, _body in stranger.values()} >= {200, 404, 410}
    for name, client in actors.items():
        answers = asked(client, addresses) if name != "stranger" else stranger
        differ = {one for one in addresses if answers[one] != stranger[one]}
        if name == "keyed with texts":
            differ = {one for one in differ if not reads_whole_texts(one)}
        assert differ == set(), name
        for address, (_status, body) in answers.items():
            told = told_by(body)
            assert not [one for one in HIDDEN if one in told], (name, address)
            assert FAR not in told or (name == "keyed with texts" and reads_whole_texts(address)), (name, address)


def test_nobody_writes_whatever_key_they_have(actors, addresses):
    stranger = actors["stranger"]
    refused = {one for one in addresses if stranger.post(one).status_code in {404, 405}}
    # What is asked by POST since the question is long takes it from everybody.
    assert set(addresses) - refused <= {one for one in addresses if "/reconcile" in one or "/verify" in one}
    for client in actors.values():
        for method in WRITING:
            for address in ("/api/v1/", "/api/v1/statements/", "/api/v1/people/", "/api/v1/changes/"):
                assert getattr(client, method)(address).status_code == 405


def test_a_revoked_key_gets_nothing_at_any_address(actors, addresses):
    with acting(elena := world.user("elena")):
        for key in ApiKey.objects.all():
            revoke(key, by=elena)
    for name in ("keyed", "keyed with texts", "annotator with a key"):
        assert {actors[name].get(one).status_code for one in addresses} == {401}


def told_by(body):
    """The words of an answer, whatever its form: JSON may write each letter as its number."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packet:
            return "\n".join(told_by(packet.read(name)) for name in packet.namelist())
    text = body.decode(errors="replace")
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text
