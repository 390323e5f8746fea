"""A statement's page: the words in context, then who, when, where, and the proof."""

import lxml.html
import pytest
from django.test import Client

from people.acting import acting
from quotes.models import Quote, Statement
from quotes.withdrawing import restore, withdraw
from tests import world
from tests.pages.conftest import FAR, PASSAGE, WORDS, publish

pytestmark = pytest.mark.django_db


def test_it_tells_everything_in_the_order_a_reader_needs(read, story):
    text = read(story.statement.get_absolute_url())
    order = [
        "Глава Заречья принял посла.", f"«{WORDS}»", "— сказал Иван Озёрный",
        "смешной мост a nickname, not verbatim",
        "Who Ivan Ozyorny", "Office then: Head of Zarechye, Заречье", "As printed: сказал Иван Озёрный",
        "Said 4 May 2031", "from another source: https://vymysel.example/vstrecha",
        "Встреча с послом Приморья", "Дворец на холме", "советники also present", "To whom Пётр Морской",
        "Where it is printed: 2 sources", "Заречный вестник (вымышлен)", "The leading wording", "Мост построят",
        "The live page", "Published 5 May 2031 by the source; not the day the words were said", "from the page's address",
        "Приморские известия", "переправу достроят к осени", "these are the reporter’s words",
        "Proof", "Text retrieved", story.snapshot.text_sha256,
        "–".join(map(str, (story.snapshot.text.index(WORDS), story.snapshot.text.index(WORDS) + len(WORDS)))),
        "These words on the live page", "Revision 1, approved by a second person",
        "History", "Published, as revision 1", "Cite", "Quotation", "BibTeX", "Embed", "<blockquote cite=",
        "Report an error",
    ]  # fmt: skip
    at = 0
    for part in order:
        assert part in text[at:], part
        at = text.index(part, at) + len(part)


def test_only_a_window_of_the_article_is_shown(read, story, settings):
    text = read(story.statement.get_absolute_url())
    assert FAR.strip() not in text
    assert "Встреча закончилась обедом" not in text
    settings.CONTEXT_WINDOW = 5000
    assert "Встреча закончилась обедом" in read(story.statement.get_absolute_url())


def test_words_passage_and_context_are_told_apart_in_the_page(client, story):
    page = lxml.html.fromstring(client.get(story.statement.get_absolute_url()).content)
    lead = page.xpath("//blockquote")[0]
    assert lead.get("cite") == "https://vestnik.example/most"
    assert lead.get("lang") == "ru"
    assert [each.text_content() for each in lead.find_class("passage")] == [PASSAGE]
    said = "".join(each.text_content() for each in lead.xpath(".//span[@class='words' or @class='passage']"))
    assert said == WORDS
    assert {each.get("datetime") for each in page.xpath("//time")} >= {"2031-05-04", "2031-05-05"}


def test_nobody_who_worked_on_it_is_named(client, story):
    page = client.get(story.statement.get_absolute_url()).content.decode()
    assert "anna" not in page
    assert "roman" not in page


def test_a_reporters_words_get_no_quotation_marks(read):
    of = world.snapshot("Он добавил, что дороги отремонтируют раньше, и ушёл.")
    statement = world.published(of=of, words=("дороги отремонтируют раньше",), kind="indirect", attribution="")
    text = read(statement.get_absolute_url())
    assert "Он добавил, что дороги отремонтируют раньше, и ушёл." in text
    assert "Indirect speech: these are the reporter’s words" in text
    assert "«дороги" not in read("/")


def test_english_words_get_english_marks_on_an_english_page_only(read):
    of = world.snapshot('"The harbour stays open," he said.')
    statement = world.draft(of=of, words=("The harbour stays open",), attribution="he said")
    Quote.objects.filter(statement=statement).update(language="en")
    address = publish(statement).get_absolute_url()
    assert "“The harbour stays open”, he said." in read(address)
    assert "«The harbour stays open», he said." in read(f"{address}?lang=ru")


def test_a_speaker_nobody_knows_is_said_to_be_unknown_and_the_printed_attribution_stands(read):
    of = world.snapshot("«Мост готов», — сообщили в порту.")
    statement = world.published(
        of=of, words=("Мост готов",), speaker_not_identified=True, attribution="сообщили в порту"
    )
    text = read(statement.get_absolute_url())
    assert "Speaker not identified" in text
    assert "As printed: сообщили в порту" in text


def test_what_comes_from_a_sample_source_is_marked(read, story):
    assert "this source is not a real publication" in read(story.statement.get_absolute_url())
    assert "sample" in read("/")
    assert "this source is not a real publication" in read(story.source.get_absolute_url())
    assert "this source is not a real publication" in read(story.article.get_absolute_url())


def test_what_an_article_says_is_text_and_never_markup(client):
    evil = "<script>alert(1)</script> & <b>слова</b>"
    statement = world.published(of=world.snapshot(f"Он: «{evil}»."), words=(evil,), attribution="", label="<i>x</i>")
    for address in (statement.get_absolute_url(), "/"):
        page = client.get(address).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;слова&lt;/b&gt;" in page
        assert "<script>alert" not in page
        assert "<i>x" not in page


def test_the_title_is_cut_between_characters_and_not_inside_an_escaped_one(client):
    words = "Мы & Ко" * 20
    statement = world.published(of=world.snapshot(f"Он: «{words}»."), words=(words,), attribution="")
    title = lxml.html.fromstring(client.get(statement.get_absolute_url()).content).findtext("head/title")
    assert title.startswith(f"«{words[:69]}…» · ")


def test_a_withdrawn_statement_answers_gone_with_reason_and_day_and_without_its_words(read, client, story):
    elena = world.user("elena", "editor")
    with acting(elena):
        withdrawal = withdraw(story.statement, "Слова приписаны не тому.", by=elena)
    address = f"/s/{story.statement.public_id}/whatever"
    text = read(address, 410)
    assert "Слова приписаны не тому." in text
    assert str(withdrawal.withdrawn_at.year) in text
    assert "смешн" not in text
    assert "elena" not in client.get(address).content.decode()
    assert PASSAGE not in read("/")
    with acting(elena):
        restore(withdrawal, "Проверено.", by=elena)
    assert PASSAGE in read(story.statement.get_absolute_url())


def test_a_statement_changed_since_its_approval_says_so_and_since_when(read, story):
    with acting(world.user("anna", "annotator")):
        Statement.objects.filter(pk=story.statement.pk).update(label="другое имя", lead=story.statement.lead)
    text = read(story.statement.get_absolute_url(), 404)
    assert "This statement is being revised" in text
    assert "Since:" in text
    assert "другое имя" not in text
    assert "другое имя" not in read("/")
    publish(story.statement)
    assert "Revision 2" in read(Statement.objects.get().get_absolute_url())


def test_a_draft_is_as_unknown_as_what_never_was(read):
    draft = world.draft(label="тайна")
    waiting = world.submitted(label="тайна")
    for statement in (draft, waiting):
        assert "There is no such page" in read(f"/s/{statement.public_id}/tayna", 404)


def test_a_withdrawn_draft_that_nobody_ever_saw_stays_unknown(read):
    draft = world.draft(label="тайна")
    with acting(elena := world.user("elena", "editor")):
        withdraw(draft, "Не публиковать.", by=elena)
    assert "Не публиковать" not in read(f"/s/{draft.public_id}/tayna", 404)


def test_dates_are_told_in_the_readers_language(story):
    russian = Client(headers={"accept-language": "ru"}).get(story.statement.get_absolute_url()).content.decode()
    assert "4 мая 2031" in russian
    assert "Глава Заречья" in russian
