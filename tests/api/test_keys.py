"""Keys of the API: whoever shows one is known by it, and one that does not work is never taken for none."""

import datetime
import html
import logging
import re

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from people.acting import acting
from people.models import HistoryEntry
from quotes.keys import PREFIX, give, hash_of, revoke
from quotes.models import ApiKey
from tests import world

pytestmark = pytest.mark.django_db

ADD = "/admin/quotes/apikey/add/"
ADDRESS = "/api/v1/people/"
YESTERDAY = """
    INSERT INTO quotes_apikey (key_hash, ending, name, owner, may_read_texts, expires_on, made_on, made_by_id)
    VALUES (%s, 'abcd', 'old', 'old', false, current_date - 2, current_date - 9, %s)
"""


@pytest.fixture
def elena():
    return world.user("elena", "editor")


@pytest.fixture
def editor(client, elena):
    client.force_login(elena)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def given(elena, **fields):
    """A new key and its secret."""
    key = ApiKey(**{"name": "mirror of the news", "owner": "Desk, desk@news.example"} | fields)
    with acting(elena):
        return key, give(key, by=elena)


def ask(client, secret, address=ADDRESS, scheme="Bearer"):
    return client.get(address, headers={"authorization": f"{scheme} {secret}", "accept-language": "en"})


def form(**fields):
    day = (timezone.localdate() + datetime.timedelta(days=30)).isoformat()
    return {"name": "mirror", "owner": "Desk", "expires_on": day} | fields


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(answer.content.decode())).split())


def test_an_editor_gives_a_key_that_is_shown_once_and_kept_as_a_hash(editor, client):
    page = editor.post(ADD, form(may_read_texts="on"))
    (secret,) = set(re.findall(rf"{PREFIX}[\w-]{{43}}", page.content.decode()))
    assert "no-store" in page["Cache-Control"]
    assert secret not in str(page.cookies)
    key = ApiKey.objects.get()
    assert (key.key_hash, key.ending) == (hash_of(secret), secret[-4:])
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(k)::text FROM quotes_apikey AS k")
        assert secret not in cursor.fetchone()[0]
    for address in (reverse("admin:quotes_apikey_changelist"), reverse("admin:quotes_apikey_change", args=[key.pk])):
        assert secret not in editor.get(address).content.decode()
    assert ask(client, secret).status_code == 200
    assert key.may_read_texts
    assert key.texts_allowed_by.username == "elena"


@pytest.mark.parametrize("role", ["annotator", "reviewer"])
def test_nobody_but_editors_gives_sees_or_revokes_keys(client, elena, role):
    key, _secret = given(elena)
    client.force_login(world.user(role, role))
    change = reverse("admin:quotes_apikey_change", args=[key.pk])
    assert client.get(reverse("admin:quotes_apikey_changelist")).status_code == 403
    assert client.post(ADD, form()).status_code == 403
    assert client.get(change).status_code == 403
    assert client.post(change, form(revoke="on")).status_code == 403
    assert client.get(reverse("admin:quotes_apikey_history", args=[key.pk])).status_code == 403
    assert "apikey" not in client.get("/admin/").content.decode()


def test_a_key_says_what_it_is_for_and_whose_it_is(editor):
    page = editor.post(ADD, form(name=" ", owner=""))
    assert page.status_code == 200
    assert "This field is required." in text_of(page)
    assert "before the day" in text_of(editor.post(ADD, form(expires_on="2020-01-01")))
    assert not ApiKey.objects.exists()


def test_a_revoked_key_is_refused_from_the_next_request_on_and_for_good(editor, client, elena):
    key, secret = given(elena)
    assert ask(client, secret).status_code == 200
    change = reverse("admin:quotes_apikey_change", args=[key.pk])
    assert "Revoke it now" in text_of(editor.get(change))
    editor.post(change, form(revoke="on"))
    assert ask(client, secret).status_code == 401
    key.refresh_from_db()
    assert (key.state, key.revoked_by) == (ApiKey.State.REVOKED, elena)
    after = editor.get(change)
    assert "Revoke it now" not in text_of(after)
    assert editor.post(change, form()).status_code == 403


def test_an_editor_takes_back_that_a_key_reads_texts(editor, elena):
    key, _secret = given(elena, may_read_texts=True)
    editor.post(reverse("admin:quotes_apikey_change", args=[key.pk]), form(name="renamed"))
    key.refresh_from_db()
    assert (key.name, key.may_read_texts, key.texts_allowed_by) == ("renamed", False, None)


@pytest.mark.parametrize(
    "told",
    [
        "Bearer skz_wrong",
        "Bearer ",
        "Bearer",
        "",
        "Token {}",
        "Api-Key {}",
        "{}",
        "Basic dXNlcjpwYXNz",
        "Bearer {} {}",
        "Bearer {}x",
        "Bearer ключ",
        "Bearer " + "x" * 10_000,
    ],
)
def test_what_is_no_working_key_is_never_taken_for_none(client, elena, told):
    _key, secret = given(elena)
    response = client.get(ADDRESS, headers={"authorization": told.replace("{}", secret), "accept-language": "en"})
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"] == 'Bearer realm="Skazano API", error="invalid_token"'
    body = response.json()
    assert (body["status"], body["title"]) == (401, "Unauthorized")
    assert "This is no key of ours" in body["detail"]
    assert secret not in response.content.decode()


def test_a_revoked_key_and_an_expired_one_are_refused_alike(client, elena):
    key, secret = given(elena)
    with acting(elena):
        revoke(key, by=elena)
    with connection.cursor() as cursor:
        cursor.execute(YESTERDAY, [hash_of("skz_old"), elena.pk])
    assert ask(client, secret).status_code == 401
    assert ask(client, "skz_old").status_code == 401
    assert ask(client, secret).json() == ask(client, "skz_old").json() == ask(client, "skz_never").json()


def test_a_key_works_through_its_last_day(client, elena):
    _key, secret = given(elena, expires_on=timezone.localdate())
    assert ask(client, secret).status_code == 200


def test_the_scheme_may_be_written_in_any_case(client, elena):
    _key, secret = given(elena)
    assert ask(client, secret, scheme="bearer").status_code == 200


@pytest.mark.parametrize("address", ["/api/v1/nope/", "/api/v1/people", "/api/v1/schema/", "/api/v1/people/?foo=1"])
def test_a_key_that_does_not_work_is_refused_at_every_address_of_the_api(client, address):
    assert ask(client, "skz_wrong", address).status_code == 401


def test_pages_take_no_notice_of_keys(client):
    world.published()
    assert client.get("/", headers={"authorization": "Bearer skz_wrong"}).status_code == 200


def test_the_day_of_the_last_use_is_noted_once_and_in_no_history(client, elena):
    key, secret = given(elena)
    entries = HistoryEntry.objects.count()
    ask(client, secret)
    ask(client, secret)
    key.refresh_from_db()
    assert key.last_used_on == timezone.localdate()
    assert HistoryEntry.objects.count() == entries


def test_the_history_tells_who_gave_and_revoked_a_key_and_has_no_hash(elena):
    key, _secret = given(elena)
    with acting(elena):
        revoke(key, by=elena)
    made, revoked = HistoryEntry.objects.filter(table_name="quotes_apikey").order_by("id")
    assert made.user == revoked.user == elena
    assert "revoked_at" in revoked.after
    assert key.key_hash not in str([made.before, made.after, revoked.before, revoked.after])


def test_no_key_stands_in_a_log(client, elena, caplog, settings):
    settings.API_REQUESTS_PER_MINUTE_WITH_KEY = 1
    _key, secret = given(elena)
    caplog.set_level(logging.DEBUG)
    for told in (secret, secret, "skz_wrong-but-secret", secret + "x"):
        ask(client, told)
    assert [record for record in caplog.records if "429" in record.getMessage() or "Too Many" in record.getMessage()]
    written = caplog.text + "".join(str(vars(record)) for record in caplog.records)
    assert secret not in written
    assert "skz_wrong-but-secret" not in written
    assert secret not in repr(ApiKey.objects.get())


def test_who_is_answered_by_a_key_is_answered_for_themselves(client, elena):
    _key, secret = given(elena)
    keyed, anybody = ask(client, secret), client.get(ADDRESS)
    assert "private" in keyed["Cache-Control"]
    assert "private" not in anybody["Cache-Control"]
    for response in (keyed, anybody):
        assert "Authorization" in response["Vary"]


def test_the_schema_tells_of_keys(client):
    schema = client.get("/api/v1/schema/", headers={"accept": "application/vnd.oai.openapi+json"}).json()
    scheme = schema["components"]["securitySchemes"]["key"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert schema["paths"]["/api/v1/people/"]["get"]["security"] == [{"key": []}, {}]


def test_the_list_shows_the_state_of_each_key(editor, elena):
    given(elena)
    over, _secret = given(elena, name="old mirror")
    with acting(elena):
        revoke(over, by=elena)
    address = reverse("admin:quotes_apikey_changelist")
    assert "revoked" in text_of(editor.get(address))
    working = text_of(editor.get(f"{address}?state=working"))
    assert "mirror of the news" in working
    assert "old mirror" not in working
    assert "old mirror" in text_of(editor.get(f"{address}?state=over"))
