"""The queue by mouse and visible text: two annotators take turns until nothing is left; an editor gives out work."""

import pytest

from tests.e2e.hands import press, ru

pytestmark = pytest.mark.e2e

TITLES = ["Первая статья", "Вторая статья", "Третья статья"]


def open_queue(page):
    page.goto("/admin/")
    page.get_by_role("link", name=ru("Articles to annotate")).first.click()
    page.get_by_role("heading", name=ru("Articles to annotate")).wait_for()


def take_next(page):
    """Opens the queue and takes the next article, whose text is open then; its title."""
    open_queue(page)
    press(page, "Next article for me")
    return title_of(page)


def title_of(page):
    """Of the article that is being annotated."""
    page.get_by_role("heading", name=ru("Text"), exact=True).wait_for()
    heading = page.get_by_role("heading", level=1).last.inner_text()
    return heading.removeprefix(ru("Annotate: %(article)s") % {"article": ""})


def open_work(page, title):
    """From the queue to the page of who works on the article."""
    open_queue(page)
    page.get_by_role("listitem").filter(has_text=title).get_by_role("link").last.click()
    page.get_by_role("heading", name=ru("Who has worked on it")).wait_for()


def see(page, text, **values):
    page.get_by_text(ru(text) % values).first.wait_for()


def test_two_annotators_take_turns_to_an_empty_queue(site, browser_for):
    site.play("articles", titles=TITLES)
    for name in ("anna", "boris"):
        site.user(name, "annotator")
    anna, boris = browser_for("anna"), browser_for("boris")

    # Nobody gets what the other has.
    assert take_next(anna) == TITLES[0]
    assert take_next(boris) == TITLES[1]

    # Boris may look at what Anna has begun, and sees that it is hers.
    open_work(boris, TITLES[0])
    boris.get_by_text("Эту статью размечает anna").wait_for()
    assert boris.get_by_role("button", name=ru("No statements here")).count() == 0

    # Anna finds nothing and goes on by herself to the third.
    open_work(anna, TITLES[0])
    press(anna, "No statements here")
    assert title_of(anna) == TITLES[2]
    see(anna, "Finished: “%(article)s”.", article=TITLES[0])

    # Boris gives his up with a reason; nothing is left for him, and Anna gets it after her own.
    open_work(boris, TITLES[1])
    boris.get_by_text(ru("Skip…")).click()
    boris.get_by_label(ru("Why:")).fill("Не моя тема.")
    press(boris, "Skip and open the next")
    see(boris, "Nothing else waits for you.")
    boris.get_by_text("Не моя тема.").wait_for()

    open_work(anna, TITLES[2])
    press(anna, "No statements here")
    assert title_of(anna) == TITLES[1]
    open_work(anna, TITLES[1])
    press(anna, "No statements here")
    see(anna, "Nothing else waits for you.")
    see(anna, "Every article is finished.")
    anna.get_by_text("Закончено 3 из 3").wait_for()

    # Finished ones never come back, to neither.
    for page in (anna, boris):
        open_queue(page)
        press(page, "Next article for me")
        see(page, "Nothing else waits for you.")


def test_an_editor_assigns_an_article_and_its_annotator_gets_it_first(site, browser_for):
    site.play("articles", titles=TITLES)
    site.user("anna", "annotator")
    site.user("elena", "editor")
    elena, anna = browser_for("elena"), browser_for("anna")

    elena.goto("/admin/articles/article/")
    elena.get_by_role("row").filter(has_text=TITLES[2]).get_by_role("checkbox").check()
    elena.get_by_label("Действие:").select_option(label=ru("Assign to…"))
    elena.get_by_role("button", name="Выполнить").click()
    elena.get_by_label(ru("Annotator")).select_option(label="anna")
    press(elena, "Assign")
    elena.get_by_text(ru("assigned to %(name)s") % {"name": "anna"}).wait_for()

    assert take_next(anna) == TITLES[2]
    open_work(anna, TITLES[2])
    press(anna, "No statements here")
    title_of(anna)

    # The editor wants another look; Anna sees why, and has it again.
    open_queue(elena)
    elena.get_by_label(ru("Show"), exact=True).select_option(label=ru("all"))
    press(elena, "Show")
    elena.get_by_role("listitem").filter(has_text=TITLES[2]).get_by_role("link").last.click()
    elena.get_by_text(ru("Reopen…")).click()
    elena.get_by_label(ru("What is still to be done:")).fill("Посмотрите конец.")
    press(elena, "Reopen")
    see(elena, "Reopened: %(name)s has it in hand again.", name="anna")
    open_work(anna, TITLES[2])
    see(anna, "Reopened for you: %(reason)s", reason="Посмотрите конец.")


def test_an_annotator_without_javascript_takes_over_and_finishes(site, browser_for):
    site.play("articles", titles=TITLES[:1])
    for name in ("anna", "boris"):
        site.user(name, "annotator")
    take_next(browser_for("anna"))
    boris = browser_for("boris", java_script_enabled=False)
    open_queue(boris)
    press(boris, "Next article for me")
    see(boris, "Nothing else waits for you.")
    open_work(boris, TITLES[0])
    press(boris, "Take over")
    title_of(boris)
    open_work(boris, TITLES[0])
    press(boris, "No statements here")
    see(boris, "Every article is finished.")
