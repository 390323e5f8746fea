"""A page in Belarusian is wholly so: besides what a record or a source says, no word of it is Russian or English."""

import re

import lxml.html
import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import reverse

from quotes.search import published as searching
from tests import world
from tests.pages.test_valid_html import addresses

pytestmark = pytest.mark.django_db

READ_ALOUD = ("title", "alt", "aria-label", "placeholder", "label")
# Letters that Belarusian does not have, and words in Latin letters.
FOREIGN = re.compile(r"\b\w*[ищъИЩЪ]\w*|\b[A-Za-z]{2,}\b")
ADDRESS = re.compile(r"(https?:/|(?<!\S)/api)/\S*|\b\w+\.by\b")
# What is called so in every language, or is typed as it stands.
INTERNATIONAL = {
    "APA", "API", "Atom", "BibTeX", "BY", "CSL", "CSV", "Ctrl", "Django", "Enter", "Esc", "Excel", "HTML", "ISO",
    "JSON", "KZ", "OR", "RIS", "RSS", "SHA", "Shift", "Unicode", "URL", "XLSX", "cookie",
}  # fmt: skip
# Parts marked as another language, and the one picture whose English name stands in Django's own template.
LEFT_OUT = """
    //script | //style | //code | //*[@lang and not(self::html) and @lang != 'be'] | //label[@for = 'searchbar']/img
"""
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|\{\w*\}")


def catalogue(language):
    path = settings.BASE_DIR / f"config/locale/{language}/LC_MESSAGES/django.po"
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))}


def in_other_languages():
    """Every sentence of the Russian catalogue and of the code as a pattern, but for those that Belarusian has, too."""
    russian, belarusian = catalogue("ru"), catalogue("be")
    other, own = set(), set()
    for key, entry in russian.items():
        translated = belarusian[key]
        other |= {entry.msgid, entry.msgid_plural or entry.msgid, entry.msgstr, *entry.msgstr_plural.values()}
        own |= {translated.msgstr, *translated.msgstr_plural.values()}
    patterns = [".+?".join(map(re.escape, PLACEHOLDER.split(" ".join(text.split())))) for text in other - own if text]
    words = [pattern for pattern in patterns if re.search(r"\w", pattern.replace(".+?", ""))]
    return re.compile("|".join(f"(?:{pattern})" for pattern in words), re.IGNORECASE)


def pieces(response):
    """What a reader of the page sees or hears, piece by piece, without the parts that are marked as another language."""
    page = lxml.html.fromstring(response.content.decode())
    for part in page.xpath(LEFT_OUT):
        part.drop_tree()
    for part in page.iter():
        texts = [part.text if isinstance(part.tag, str) else "", part.tail, *(part.get(name) for name in READ_ALOUD)]
        if part.tag == "meta" and "description" in (part.get("name") or part.get("property") or ""):
            texts.append(part.get("content"))
        if part.tag == "input" and part.get("type") in ("submit", "button"):
            texts.append(part.get("value"))
        yield from (" ".join(text.split()) for text in texts if text and text.strip())


def said_by_records():
    """All texts of the database, the longest first."""
    models = [
        model for app in ("people", "articles", "quotes", "auth") for model in apps.get_app_config(app).get_models()
    ]
    values = (value for model in models for row in model.objects.all() for value in vars(row).values())
    texts = {" ".join(value.split()) for value in values if isinstance(value, str) and len(value) > 1}
    return sorted(texts, key=len, reverse=True)


def not_belarusian(response, patterns, *, names_code=False):
    """Texts in another language, and single words of one; no words where the page `names_code` in its sentences."""
    records = said_by_records()
    for piece in pieces(response):
        if any(piece.strip("…. «»") in text for text in records):
            continue
        if patterns.fullmatch(piece):
            yield piece
        if names_code:
            continue
        rest = ADDRESS.sub("", piece)
        for text in records:
            rest = rest.replace(text, " ")
        yield from (word for word in FOREIGN.findall(rest) if word not in INTERNATIONAL)


@pytest.fixture
def belarusian():
    return Client(headers={"accept-language": "be"})


def test_the_public_pages_are_wholly_belarusian(belarusian, story, search_index, tmp_path):
    search_index()
    patterns = in_other_languages()
    foreign = {}
    for address, status in addresses(story):
        response = belarusian.get(re.sub(r"(?<=[?&])lang=\w+", "", address))
        assert response.status_code == status, address
        assert response["Content-Language"] == "be"
        foreign[address] = list(not_belarusian(response, patterns, names_code=address.startswith("/api/")))
    settings.SEARCH_INDEX_DIR = tmp_path / "none"
    searching.index.cache_clear()
    foreign["rebuilding"] = list(not_belarusian(belarusian.get("/search?q=мост"), patterns))
    assert {address: words for address, words in foreign.items() if words} == {}


def test_the_pages_of_who_works_here_are_wholly_belarusian(belarusian, story):
    waiting = world.submitted(of=story.snapshot, words=("дороги отремонтируют раньше",), kind="indirect")
    world.suggestion(story.snapshot, "Мы строим мост", speaker_name="Пётр Луговой")
    belarusian.force_login(world.user("olga", "annotator", "reviewer", "editor"))
    pages = {
        "quotes_suggestion_rules": (), "quotes_annotate": (story.snapshot.public_id,),
        "quotes_annotate_quote": (story.snapshot.public_id, story.statement.lead.public_id),
        "quotes_assignment_changelist": (), "quotes_article_work": (story.article.public_id,), "quotes_returned": (),
        "quotes_changed": (), "quotes_import": (), "quotes_review_queue": (), "quotes_review": (waiting.public_id,),
        "quotes_withdraw": (story.statement.public_id,), "quotes_statement_changelist": (),
        "quotes_topic_add": (), "articles_article_ingest": (), "articles_article_changelist": (),
        "articles_source_add": (), "articles_feed_changelist": (), "people_person_changelist": (),
        "people_person_add": (), "people_tenure_add": (), "people_office_add": (), "people_meeting_add": (),
        "people_person_merge": (story.speaker.pk,), "people_person_history": (story.speaker.pk,),
        "people_person_deleted": (), "quotes_agreement": (),
    }  # fmt: skip
    patterns = in_other_languages()
    foreign = {}
    for name, args in {"index": (), **pages}.items():
        response = belarusian.get(reverse(f"admin:{name}", args=args))
        assert response.status_code == 200, name
        foreign[name] = list(not_belarusian(response, patterns))
    assert {name: words for name, words in foreign.items() if words} == {}
