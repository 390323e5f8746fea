"""The researcher's guide: reached from where one works, true to the words on screen, with its pictures."""

import re

import polib
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.staticfiles import finders
from django.urls import reverse

LANGUAGES = ["ru", "en"]
OTHER_KEYS = {"Esc", "Shift", "Enter"}


def text_in(language):
    return (settings.BASE_DIR / "docs" / f"guide.{language}.md").read_text(encoding="utf-8")


def spoken(text):
    """As it may stand in a sentence: on one line, with an ellipsis for what differs from time to time."""
    return re.sub(r"\s+", " ", re.sub(r"%\(\w+\)s", "…", text)).casefold()


@pytest.fixture
def annotator(client, django_user_model):
    user = django_user_model.objects.create_user("anna", is_staff=True)
    user.groups.add(Group.objects.get(name="annotator"))
    client.force_login(user)
    return client


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_calls_by_name_is_called_so_on_screen(language):
    catalogue = polib.pofile(str(settings.BASE_DIR / "config/locale/ru/LC_MESSAGES/django.po"))
    words = {spoken(text) for entry in catalogue for text in ([entry.msgid] if language == "en" else [entry.msgstr])}
    named = re.findall(r"\*\*(.+?)\*\*", text_in(language), re.DOTALL)
    assert len(named) > 30
    assert [name for name in named if spoken(name) not in words] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_it_names_is_one(language):
    annotating = (settings.BASE_DIR / "static/annotation/keys.js").read_text(encoding="utf-8")
    reviewing = (settings.BASE_DIR / "templates/admin/quotes/review.html").read_text(encoding="utf-8")
    settling = (settings.BASE_DIR / "templates/admin/quotes/_difference.html").read_text(encoding="utf-8")
    known = set(re.findall(r'key: "([^"]+)"', annotating)) | set(re.findall(r"<kbd>([^<]+)</kbd>", reviewing))
    known |= {key.upper() for keys in re.findall(r'data-keys="([\w ]+)"', settling) for key in keys.split()}
    assert set(re.findall(r"`([^`]+)`", text_in(language))) - OTHER_KEYS <= known


def test_both_languages_have_the_same_chapters_and_pictures():
    def shape(language):
        text = text_in(language).replace("-en.png", ".png")
        return re.findall(r"^#+ ", text, re.MULTILINE), re.findall(r"images/[\w-]+\.png", text)

    assert shape("ru") == shape("en")


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_one_reads_it_in_ones_language_with_its_pictures(annotator, language):
    page = annotator.get(reverse("admin:quotes_guide"), headers={"accept-language": language}).text
    title = text_in(language).partition("\n")[0].removeprefix("# ")
    assert f"<h1>{title}</h1>" in page
    assert page.count(title) > 1
    pictures = re.findall(r'<img src="/static/([^"]+)"', page)
    assert len(pictures) == text_in(language).count("](images/")
    assert all(finders.find(picture) for picture in pictures)
    for anchor in re.findall(r'href="#(h\d+)"', page):
        assert f'<h2 id="{anchor}">' in page


@pytest.mark.django_db
def test_it_is_reached_from_the_desk_and_from_the_queue(annotator):
    for place in ("admin:index", "admin:quotes_assignment_changelist"):
        assert f'href="{reverse("admin:quotes_guide")}"' in annotator.get(reverse(place)).text
