"""The guideline: read in the reader's language, written as a draft, published as a version that stays."""

import pytest
from django.urls import reverse

from quotes.headed import Block, blocks
from quotes.models import Guideline
from quotes.publishing import publish
from quotes.refusals import Refused
from tests import world

pytestmark = pytest.mark.django_db
ENGLISH, RUSSIAN = {"accept-language": "en"}, {"accept-language": "ru"}
READ = "admin:quotes_guideline_read"


@pytest.fixture
def browser(client):
    def of(name, *groups):
        client.force_login(world.user(name, *groups))
        return client

    return of


def new_version(text_ru="# Мосты\n\nИначе.", text_en="# Bridges\n\nOtherwise."):
    return publish(Guideline.objects.create(text_ru=text_ru, text_en=text_en), by=world.user("elena", "editor"))


@pytest.mark.parametrize("role", ["annotator", "reviewer", "editor"])
def test_everybody_reads_it_in_their_language(browser, role):
    somebody = browser("somebody", role)
    assert "<h2>What counts as a statement</h2>" in somebody.get(reverse(READ), headers=ENGLISH).content.decode()
    assert "<h2>Что считать высказыванием</h2>" in somebody.get(reverse(READ), headers=RUSSIAN).content.decode()


def test_both_languages_have_the_same_parts():
    first = Guideline.objects.in_force()
    assert [block.kind for block in blocks(first.text_ru)] == [block.kind for block in blocks(first.text_en)]


def test_an_editor_writes_a_draft_from_the_text_in_force_and_publishes_it(browser):
    elena = browser("elena", "editor")
    form = elena.get(reverse("admin:quotes_guideline_add")).context["adminform"].form
    assert form.initial["text_ru"] == Guideline.objects.in_force().text_ru
    texts = {"text_ru": "# Мосты\nИначе.", "text_en": "# Bridges\nOtherwise."}
    elena.post(reverse("admin:quotes_guideline_add"), texts)
    draft = Guideline.objects.get(version=None)
    assert "Otherwise." not in elena.get(reverse(READ), headers=ENGLISH).content.decode()
    elena.post(reverse("admin:quotes_guideline_publish", args=[draft.pk]))
    assert "Otherwise." in elena.get(reverse(READ), headers=ENGLISH).content.decode()
    assert Guideline.objects.in_force().published_by.username == "elena"


def test_a_published_version_can_not_be_changed_nor_published_again(browser):
    published = new_version()
    elena = browser("elena", "editor")
    shown = reverse("admin:quotes_guideline_change", args=[published.pk])
    assert elena.post(shown, {"text_ru": "Так.", "text_en": "So."}).status_code == 403
    elena.post(reverse("admin:quotes_guideline_publish", args=[published.pk]))
    assert Guideline.objects.in_force().version == published.version
    with pytest.raises(Refused) as refused:
        publish(published, by=world.user("elena"))
    assert refused.value.rule == "guideline_stays_once_published"


def test_an_annotator_publishes_nothing(browser):
    draft = Guideline.objects.create(text_ru="Как", text_en="How")
    assert browser("anna", "annotator").post(
        reverse("admin:quotes_guideline_publish", args=[draft.pk])
    ).status_code == 403  # fmt: skip


def test_two_versions_are_compared_word_by_word(browser):
    new_version("Мост у реки", "A bridge at the river")
    last = new_version("Мост у ярмарки", "A bridge at the fair")
    shown = reverse("admin:quotes_guideline_version", args=[last.version])
    content = browser("anna", "annotator").get(shown, {"against": last.version - 1}, headers=ENGLISH).content.decode()
    assert "A bridge at the <del>river</del><ins>fair</ins>" in content


@pytest.mark.parametrize("against", ["0", "x", "9" * 5000])
def test_what_can_not_be_compared_shows_the_text(browser, against):
    response = browser("anna", "annotator").get(reverse(READ), {"against": against}, headers=ENGLISH)
    assert "What counts as a statement" in response.content.decode()


def test_a_quote_tells_on_its_review_page_under_which_version_it_was_made(browser):
    statement = world.submitted()
    new_version()
    content = browser("roman", "reviewer").get(
        reverse("admin:quotes_review", args=[statement.public_id]), headers=ENGLISH
    ).content.decode()  # fmt: skip
    version = statement.lead.__class__.objects.get(pk=statement.lead_id).guideline.version
    assert f"Guideline (version {version})" in content
    assert version < Guideline.objects.in_force().version


def test_plain_text_has_headings_paragraphs_and_lists():
    assert list(blocks("# Раз\nдва\nтри\n\n- четыре\n- пять\nшесть")) == [
        Block("heading", ["Раз"]),
        Block("paragraph", ["два три"]),
        Block("list", ["четыре", "пять"]),
        Block("paragraph", ["шесть"]),
    ]
