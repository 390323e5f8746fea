"""What a card in a list tells of a statement before anybody opens it."""

import lxml.html
import pytest

from people.acting import acting
from quotes.models import Quote
from tests import world
from tests.pages.conftest import PASSAGE, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(client):
    """The text of the first page's only card, its spaces made one."""

    def text():
        [found] = lxml.html.fromstring(client.get("/").content.decode()).find_class("card")
        return " ".join(found.text_content().split())

    return text


def test_a_card_has_the_passage_first_then_who_in_what_office_when_on_what_occasion(card, story):
    text = card()
    parts = (
        f"… {PASSAGE} …", "The whole quotation", "Known as смешной мост a nickname, not verbatim",
        "Ivan Ozyorny, Head of Zarechye", "4 May 2031", "Встреча с послом Приморья", "Direct speech",
        "Заречный вестник (вымышлен) sample", "2 sources", "Мосты",
    )  # fmt: skip
    at = 0
    for part in parts:
        assert part in text[at:], part
        at = text.index(part, at) + len(part)


def test_sources_are_counted_and_not_articles(card):
    statement = world.draft(of=world.snapshot())
    again = world.snapshot(f"Ещё раз: «{world.BRIDGE}».")
    with acting(world.user("anna", "annotator")):
        world.write_quote(statement, Quote(snapshot=again, kind="direct"), world.anchors(again, world.BRIDGE))
    publish(statement)
    assert "sample 1 source" in card()


@pytest.mark.parametrize(("kind", "said"), [("indirect", "Indirect speech"), ("mixed", "Indirect with quoted words")])
def test_what_is_not_direct_speech_has_a_badge_and_no_quotation_marks(card, kind, said):
    world.published(words=(world.ROADS,), kind=kind)
    assert said in card()
    assert f"«{world.ROADS}" not in card()


@pytest.mark.parametrize(
    ("spoken", "known", "said"),
    [
        ("2031-05-04", "publication", "4 May 2031 by the date of publication"),
        ("2031-35", "text", "third quarter of 2031"),
        ("2031", "publication", "2031 by the date of publication"),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known_and_how_where_it_was_inferred(card, spoken, known, said):
    world.published(spoken=spoken, spoken_known=known)
    assert said in card()


def test_the_statements_page_says_how_far_a_date_is_known(read):
    for spoken, said in (("2031-35", "quarter"), ("2031-05", "month"), ("2031", "year")):
        statement = world.published(spoken=spoken)
        assert f"Known to the {said}, not to the day" in read(statement.get_absolute_url())
    assert "not to the day" not in read(world.published().get_absolute_url())
