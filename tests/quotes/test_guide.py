"""The researcher's guide: reached from where one works, true to the words on screen, with its pictures."""

import re
from collections import defaultdict

import polib
import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.staticfiles import finders
from django.urls import reverse

# It is written in Russian, and there in each language that the site speaks.
LANGUAGES = [language for language, _name in settings.LANGUAGES]
TRANSLATIONS = [language for language in LANGUAGES if language != "ru"]
OTHER_KEYS = {"Esc", "Shift", "Enter"}
# Letters that Belarusian does not have, and marks that are typed for its apostrophe.
NOT_BELARUSIAN = re.compile(r"\w*(?:[ищъ]|(?<=\w)['`ʼ](?=\w))\w*", re.IGNORECASE)


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


def things(language):
    """What the guide calls by name, in its order: each name with the English of all that is called so on screen."""
    # English stands in every catalogue, as what is translated.
    translation = "ru" if language == "en" else language
    catalogue = polib.pofile(str(settings.BASE_DIR / f"config/locale/{translation}/LC_MESSAGES/django.po"))
    meant = defaultdict(set)
    for entry in catalogue:
        meant[spoken(entry.msgid if language == "en" else entry.msgstr)].add(spoken(entry.msgid))
    return [(name, meant[spoken(name)]) for name in re.findall(r"\*\*(.+?)\*\*", text_in(language), re.DOTALL)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_calls_by_name_is_called_so_on_screen(language):
    named = things(language)
    assert len(named) > 30
    assert [name for name, meant in named if not meant] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_calls_the_same_things_by_name_in_the_same_order(language):
    pairs = zip(things("ru"), things(language), strict=True)
    assert [(russian, name) for (russian, meant), (name, here) in pairs if not meant & here] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_it_names_is_one(language):
    annotating = (settings.BASE_DIR / "static/annotation/keys.js").read_text(encoding="utf-8")
    reviewing = (settings.BASE_DIR / "templates/admin/quotes/review.html").read_text(encoding="utf-8")
    settling = (settings.BASE_DIR / "templates/admin/quotes/_difference.html").read_text(encoding="utf-8")
    known = set(re.findall(r'key: "([^"]+)"', annotating)) | set(re.findall(r"<kbd>([^<]+)</kbd>", reviewing))
    known |= {key.upper() for keys in re.findall(r'data-keys="([\w ]+)"', settling) for key in keys.split()}
    assert set(re.findall(r"`([^`]+)`", text_in(language))) - OTHER_KEYS <= known


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_each_language_has_the_chapters_points_keys_and_pictures_of_the_russian_one(language):
    def shape(language):
        text = text_in(language).replace(f"-{language}.png", ".png")
        return {
            "chapters, points and rows": re.findall(r"^(?:#+|-|\d\.|\|)(?= |-)", text, re.MULTILINE),
            "keys": sorted(re.findall(r"`([^`]+)`", text)),
            "pictures": re.findall(r"images/[\w-]+\.png", text),
        }

    assert shape(language) == shape("ru")


def test_the_belarusian_one_is_russian_only_where_it_quotes():
    assert NOT_BELARUSIAN.findall(re.sub(r"«[^»]*»|`[^`]*`", "", text_in("be"))) == []


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
