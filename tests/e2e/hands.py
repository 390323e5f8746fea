"""What a person does in the admin by mouse, keyboard and visible text."""

import re

from django.utils import translation

SOURCE = "Сенненская районка"
# Words of the sample that lie outside its body.
TEASER = "подтвердили планы по поставке"
FIND = re.compile("…")


def ru(text):
    """The interface's words as a Russian reader sees them."""
    with translation.override("ru"):
        return translation.gettext(text)


def label(text):
    """A field's label as the admin shows it."""
    words = ru(text)
    return re.compile(rf"^{re.escape(words[0].upper() + words[1:])}:?$")


def add_beside(page, field, fill):
    """Makes a record in the window that the plus sign beside a field opens, and comes back with it chosen."""
    row = page.locator(".form-row").filter(has=page.get_by_text(label(field)))
    with page.expect_popup() as opened:
        row.get_by_role("link", name="Добавить").first.click()
    window = opened.value
    fill(window)
    with window.expect_event("close"):
        window.get_by_role("button", name="Сохранить", exact=True).click()


def choose(page, field, typed, shown):
    """Picks a record in a field that searches as one types."""
    row = page.locator(".form-row").filter(has=page.get_by_text(label(field)))
    row.get_by_role("combobox").click()
    page.keyboard.type(typed)
    page.get_by_role("option", name=shown).first.click()


def paste(page, sample):
    """Takes the text in; the page to annotate it on is open."""
    page.goto("/admin/")
    page.get_by_role("link", name=ru("Take in an article")).first.click()
    page.get_by_label(label("Text")).fill(sample)
    add_beside(page, "Source", lambda window: window.get_by_label(label("name in Russian")).fill(SOURCE))
    page.get_by_role("button", name=ru("Take in and annotate")).click()
    wait_for_keys(page)


def open_pasted(site, page, sample, **more):
    """The same, where how the text was taken in is not what the test is about; the machine has read it if `is_read`."""
    page.goto(site.play("pasted_article", text=sample, source=SOURCE, **more)["page"])
    wait_for_keys(page)


def wait_for_keys(page):
    """The page to annotate an article on takes keys."""
    page.get_by_role("button", name=ru("Save the quote")).wait_for()
    # Shown by the page's script once it does.
    page.get_by_label(FIND).wait_for()


def select_by_typing(page, words):
    page.get_by_label(FIND).fill(words)
    page.keyboard.press("Enter")


def search_until_found(page, words, shown):
    """A stranger searches for the words until what is to be shown is: the index is a moment behind."""
    for _ in range(300):
        page.goto(f"/search?q={words}")
        if page.get_by_text(shown).first.is_visible():
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"{shown} was not found")


def press(page, name):
    page.get_by_role("button", name=ru(name), exact=True).click()
