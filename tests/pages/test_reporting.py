"""Reporting an error: the form that every statement's page leads to, and the page on which its reader finds the answer."""

import datetime

import lxml.html
import pytest
from django.test import Client
from django.utils import timezone

from people.acting import acting
from people.models import HistoryEntry
from quotes.models import ErrorReport
from quotes.reporting import answer, forget_senders, sender_of
from quotes.withdrawing import withdraw
from tests import world
from tests.pages.conftest import publish

pytestmark = pytest.mark.django_db

TEXT = "Он сказал «мосты», а не «мост».\nСм. запись: https://zapis.example/1"


def form_of(statement):
    return f"/s/{statement.public_id}/report"


@pytest.fixture
def statement():
    return world.published()


@pytest.fixture
def send(client, statement):
    """Sends the form as a browser does; the answer."""

    def post(by="192.0.2.1", of=statement, **fields):
        given = {"kind": "words", "text": TEXT, "contact": "", "website": "", "revision": "1"} | fields
        return client.post(form_of(of), {name: value for name, value in given.items() if value}, REMOTE_ADDR=by)

    return post


def text_of(response):
    body = lxml.html.fromstring(response.content.decode()).find("body")
    return " ".join(body.text_content().split())


class TestTheForm:
    def test_is_one_click_from_the_statement_and_shows_what_it_is_about(self, client, read, statement):
        page = client.get(statement.get_absolute_url()).content.decode()
        assert f'href="{form_of(statement)}"' in page
        text = read(form_of(statement))
        assert f"«{world.BRIDGE}»" in text
        assert "the words differ from the source" in text

    def test_leads_to_the_page_of_the_answer_which_only_its_address_opens(self, client, send):
        response = send(contact="reader@reader.example")
        made = ErrorReport.objects.get()
        assert (response.status_code, response["Location"]) == (302, f"/r/{made.token}")
        assert made.text == TEXT
        assert made.contact == "reader@reader.example"
        page = client.get(response["Location"])
        assert "Your report is with the editors" in text_of(page)
        assert "no e-mail will tell you" in text_of(page)
        assert "Он сказал «мосты»" in text_of(page)
        assert "reader@reader.example" not in text_of(page)
        assert '<meta name="robots" content="noindex">' in page.content.decode()
        assert "no-store" in page["Cache-Control"]
        assert client.get(f"/r/{made.token[:-1]}").status_code == 404

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"kind": ""}, "Choose what is wrong."),
            ({"kind": "weather"}, "weather is not one of the available choices"),
            ({"contact": "reader"}, "Enter a valid email address."),
            ({"website": "https://casino.example"}, "Empty the field that says"),
        ],
    )
    def test_that_is_not_taken_says_why_and_keeps_the_text(self, send, fields, said):
        response = send(**fields)
        assert response.status_code == 422
        assert said in text_of(response)
        typed = lxml.html.fromstring(response.content.decode()).xpath("//textarea")[0].text
        assert typed.strip().splitlines() == TEXT.splitlines()
        assert not ErrorReport.objects.exists()

    @pytest.mark.parametrize(("text", "said"), [("  ", "Say what is wrong."), ("я" * 4001, "at most 4000 characters")])
    def test_wants_a_text_of_some_length(self, send, text, said):
        response = send(text=text)
        assert response.status_code == 422
        assert said in text_of(response)

    def test_takes_a_text_as_long_as_it_says_however_the_browser_ends_its_lines(self, send):
        assert send(text="я\r\n" * 1999 + "яя").status_code == 302
        assert len(ErrorReport.objects.get().text) == 4000

    def test_sent_twice_is_kept_once(self, send):
        assert send()["Location"] == send()["Location"]
        assert ErrorReport.objects.count() == 1

    def test_speaks_of_the_revision_that_the_reader_saw(self, client, send, statement):
        page = client.get(form_of(statement)).content.decode()
        assert 'name="revision" value="1"' in page
        with acting(world.user("anna", "annotator")):
            type(statement).objects.filter(pk=statement.pk).update(label="мост")
        publish(statement)
        send(revision="1")
        send(revision="999", text="Другое.")
        assert list(ErrorReport.objects.order_by("id").values_list("revision__number", flat=True)) == [1, 2]

    def test_without_its_cookie_is_refused_in_words(self, statement):
        careful = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
        response = careful.post(form_of(statement), {"kind": "words", "text": TEXT})
        assert response.status_code == 403
        assert "The form was not taken" in text_of(response)

    def test_of_what_is_not_public_answers_as_the_statement_does(self, client, statement):
        with acting(elena := world.user("elena", "editor")):
            withdraw(statement, "Слова приписаны не тому.", by=elena)
        assert client.get(form_of(statement)).status_code == 410
        assert client.post(form_of(statement), {"kind": "words", "text": TEXT}).status_code == 410
        assert client.get(form_of(world.draft())).status_code == 404

    def test_keeps_the_language_that_was_chosen(self, client, statement):
        page = client.get(f"{form_of(statement)}?lang=be").content.decode()
        assert f'action="{form_of(statement)}?lang=be"' in page


class TestTheLimit:
    def test_of_an_hour_is_told_with_the_text_kept(self, send, settings):
        for number in range(settings.REPORTS_PER_HOUR):
            assert send(text=f"Сообщение {number}").status_code == 302
        response = send(text="Ещё одно")
        assert response.status_code == 429
        assert response["Retry-After"] == "3600"
        assert "send it in an hour" in text_of(response)
        assert "Ещё одно" in response.content.decode()
        assert send(by="192.0.2.2", text="Ещё одно").status_code == 302

    def test_of_an_hour_ends_with_it(self, send, settings, monkeypatch):
        begin = datetime.datetime(2031, 5, 4, 12, tzinfo=datetime.UTC)
        monkeypatch.setattr(timezone, "now", lambda: begin)
        for number in range(settings.REPORTS_PER_HOUR):
            send(text=f"Сообщение {number}")
        assert send(text="Сразу").status_code == 429
        monkeypatch.setattr(timezone, "now", lambda: begin + datetime.timedelta(minutes=61))
        assert send(text="Потом").status_code == 302

    def test_of_a_day_is_another(self, send, settings, monkeypatch):
        settings.REPORTS_PER_DAY = 3
        begin = datetime.datetime(2031, 5, 4, 1, tzinfo=datetime.UTC)
        for hours in range(3):
            later = begin + datetime.timedelta(hours=2 * hours)
            monkeypatch.setattr(timezone, "now", lambda later=later: later)
            assert send(text=f"Сообщение {hours}").status_code == 302
        response = send(text="Четвёртое")
        assert (response.status_code, response["Retry-After"]) == (429, "86400")
        assert "send it tomorrow" in text_of(response)

    def test_of_all_senders_together_says_where_else_to_write_and_keeps_all_that_was_typed(
        self, send, settings, monkeypatch
    ):
        settings.REPORTS_PER_HOUR_OF_ALL, settings.OPERATOR_EMAIL = 2, "archive@zarechye.example"
        begin = datetime.datetime(2031, 5, 4, 12, tzinfo=datetime.UTC)

        def send_after(minutes, **fields):
            monkeypatch.setattr(timezone, "now", lambda: begin + datetime.timedelta(minutes=minutes))
            return send(by=f"192.0.2.{minutes}", **fields)

        assert send_after(1, text="Одно").status_code == 302
        assert send_after(21, text="Другое").status_code == 302
        response = send_after(31, text="Третье", contact="reader@reader.example", kind="date")
        assert (response.status_code, response["Retry-After"]) == (503, "1800")
        assert "send it in an hour, or write it to the editors now: archive@zarechye.example" in text_of(response)
        page = lxml.html.fromstring(response.content.decode())
        assert page.xpath("//a[@href='mailto:archive@zarechye.example']")
        assert page.xpath("//textarea/text()")[0].strip() == "Третье"
        assert page.xpath("//input[@name='contact']/@value") == ["reader@reader.example"]
        assert page.xpath("//input[@name='kind'][@checked]/@value") == ["date"]
        # The same one sent twice is still one, and an hour after the first there is room for one more.
        assert send_after(21, text="Другое")["Location"]
        assert send_after(61, text="Третье").status_code == 302
        settings.OPERATOR_EMAIL = ""
        response = send_after(62, text="Четвёртое")
        assert response.status_code == 503
        assert "from all sides. Your text is still here: send it in an hour." in text_of(response)
        settings.REPORTS_PER_HOUR_OF_ALL = 0
        assert send_after(62, text="Четвёртое").status_code == 302

    def test_counts_a_household_as_one(self, send, settings):
        settings.REPORTS_PER_HOUR = 1
        assert send(by="2001:db8:1:2::1", text="Одно").status_code == 302
        assert send(by="2001:db8:1:2:ffff::9", text="Другое").status_code == 429
        assert send(by="2001:db8:1:3::1", text="Третье").status_code == 302

    def test_counts_by_what_our_own_proxy_saw_and_not_by_what_anybody_claims(self, client, statement, settings):
        settings.REPORTS_PER_HOUR, settings.PROXIES = 1, 1

        def send(claimed, text):
            headers = {"X-Forwarded-For": claimed}
            given = {"kind": "words", "text": text}
            return client.post(form_of(statement), given, headers=headers, REMOTE_ADDR="10.0.0.1").status_code

        assert send("198.51.100.7, 192.0.2.1", "Одно") == 302
        assert send("198.51.100.8, 192.0.2.1", "Другое") == 429
        assert send("192.0.2.1, 192.0.2.2", "Третье") == 302

    def test_keeps_no_address_and_forgets_after_a_day_by_what_it_counted(self, send, monkeypatch):
        send(by="192.0.2.77")
        kept = str(ErrorReport.objects.values().get())
        assert "192.0.2.77" not in kept
        assert ErrorReport.objects.get().sender
        assert forget_senders() == 0
        later = timezone.now() + datetime.timedelta(hours=25)
        monkeypatch.setattr(timezone, "now", lambda: later)
        assert forget_senders() == 1
        assert ErrorReport.objects.get().sender == ""

    def test_stands_for_an_address_by_another_code_each_day(self):
        days = [datetime.date(2031, 5, day) for day in (4, 4, 5)]
        codes = [sender_of("192.0.2.1", day) for day in days]
        assert codes[0] == codes[1] != codes[2]
        assert sender_of("::ffff:192.0.2.1", days[0]) == codes[0]
        assert sender_of("", days[0]) == sender_of("unix:", days[0])


class TestTheAnswer:
    def test_stands_on_the_readers_page_and_names_nobody(self, client, send):
        address = send()["Location"]
        with acting(elena := world.user("elena", "editor")):
            answer(ErrorReport.objects.get(), decision="corrected", words="Вы правы, исправлено.", by=elena)
        text = text_of(client.get(address))
        assert "Your report is answered" in text
        assert "Corrected" in text
        assert "Вы правы, исправлено." in text
        assert "elena" not in text

    def test_that_corrected_something_is_in_the_statements_history(self, read, send, statement):
        send()
        assert "Corrected after" not in read(statement.get_absolute_url())
        with acting(elena := world.user("elena", "editor")):
            answer(ErrorReport.objects.get(), decision="corrected", words="Исправлено: секрет.", by=elena)
        text = read(statement.get_absolute_url())
        assert "Corrected after a reader’s report" in text
        assert "секрет" not in text

    def test_is_there_when_the_statement_is_gone(self, client, send, statement):
        address = send()["Location"]
        with acting(elena := world.user("elena", "editor")):
            withdraw(statement, "Слова приписаны не тому.", by=elena)
        assert client.get(address).status_code == 200

    def test_takes_the_readers_address_with_it_and_leaves_it_in_no_history(self, send):
        send(contact="reader@reader.example")
        with acting(elena := world.user("elena", "editor")):
            answer(ErrorReport.objects.get(), decision="right", words="Сверено.", by=elena)
        assert ErrorReport.objects.get().contact == ""
        entries = HistoryEntry.objects.filter(table_name="quotes_errorreport")
        assert entries.count() == 2
        assert not [one for one in entries if "reader.example" in f"{one.before}{one.after}" or TEXT in str(one.after)]
