"""A spreadsheet brought in by mouse: the template filled in, tried, put right, tried again, brought in; and once more."""

import io
import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.e2e.hands import ru

pytestmark = pytest.mark.e2e

ADDRESS = "https://vestnik.example.org/2031/05/05/most"
BRIDGE, ROADS = "Мост будет построен к осени", "дороги отремонтируют раньше"
TEXT = (
    f"Глава Заречья Иван Озёрный принял посла Приморья. «{BRIDGE}», — сказал Иван Озёрный.\n"
    f"Он добавил, что {ROADS}. «Работы, — пояснил он, — уже идут»."
)


@pytest.fixture(autouse=True)
def complaints_that_belong_to_the_job(troubles):
    troubles.expect("favicon")


@pytest.fixture
def anna(site, browser_for):
    """Anna's browser, on a site that has the article."""
    site.user("anna", "annotator")
    site.play("pasted_article", text=TEXT, source="Заречный вестник (вымышлен)", address=ADDRESS)
    return browser_for("anna")


def downloaded_template(page):
    """The workbook that the button gives."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=ru("Template for Excel (XLSX)")).click()
    assert waiting.value.suggested_filename == "skazano-quotes.xlsx"
    return load_workbook(io.BytesIO(waiting.value.path().read_bytes()))


def filled(book, *rows):
    """The workbook with the rows below its headings, in the order of these headings."""
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    for at, values in enumerate(rows, start=2):
        for heading, value in values.items():
            sheet.cell(at, headings.index(ru(heading)) + 1, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row(words, speaker="Иван Озёрный", **more):
    return {"words": words, "speaker": speaker, "article's address": ADDRESS} | more


def upload(page, name, content):
    page.get_by_label(ru("Spreadsheet")).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    page.get_by_role("button", name=ru("Show what would happen")).click()
    page.get_by_role("heading", name=re.compile(name)).wait_for()


def line(page, number):
    """The report's row on the sheet's row of that number."""
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=str(number), exact=True))


def test_a_sheet_is_tried_put_right_and_brought_in_once(anna):
    anna.goto("/admin/quotes/statement/")
    anna.get_by_role("link", name=ru("Bring in a spreadsheet")).click()
    anna.get_by_text(ru("What goes where")).click()
    anna.get_by_text(ru("Ivan Ozyorny (invented)")).first.wait_for()
    book = downloaded_template(anna)

    # A full stop that the text does not have: refused, with what the text has.
    upload(anna, "old.xlsx", filled(book, row(f"{BRIDGE}."), row(ROADS, kind=ru("indirect speech"))))
    expect(line(anna, 2)).to_contain_text(ru("refused"))
    expect(line(anna, 2)).to_contain_text(f"«{BRIDGE}»")
    expect(anna.get_by_role("button", name=re.compile("Внести"))).to_have_count(0)

    # Put right; the speaker is nobody on record yet.
    anna.get_by_role("link", name=ru("Upload another file")).click()
    right = filled(book, row(BRIDGE), row(ROADS, kind=ru("indirect speech")))
    upload(anna, "right.xlsx", right)
    expect(line(anna, 2).locator("mark")).to_have_text(BRIDGE)
    expect(line(anna, 2)).to_contain_text(ru("speaker to be added"))
    anna.get_by_label("Иван Озёрный").check()
    anna.get_by_role("button", name="Внести все 2 строки черновиками").click()
    anna.get_by_text("Внесено 2 черновика.").wait_for()

    # The same page now says of each row that it is there, and leads to its place and its speaker.
    expect(line(anna, 2)).to_contain_text(ru("already there"))
    expect(line(anna, 3)).to_contain_text(ru("by the name"))
    line(anna, 3).get_by_role("link", name="Глава Заречья").click()
    anna.get_by_role("heading", name=ru("Chosen words")).or_(anna.get_by_text(ROADS).first).first.wait_for()

    # The same file again changes nothing.
    anna.goto("/admin/quotes/statement/import/")
    upload(anna, "right.xlsx", right)
    anna.get_by_text(ru("All rows are there already: there is nothing to bring in.")).wait_for()
    expect(anna.get_by_role("button", name=re.compile("Внести"))).to_have_count(0)
    anna.goto("/admin/quotes/statement/")
    expect(anna.get_by_role("row").filter(has_text=ru("draft"))).to_have_count(2)


def test_without_javascript_a_sheet_comes_in_all_the_same(site, anna, browser_for):
    site.user("vera", "annotator")
    vera = browser_for("vera", java_script_enabled=False)
    vera.goto("/admin/quotes/statement/import/")
    upload(vera, "list.csv", f"Цитата;Автор;Ссылка\r\n{BRIDGE};Иван Озёрный;{ADDRESS}\r\n".encode("cp1251"))
    vera.get_by_label("Иван Озёрный").check()
    vera.get_by_role("button", name="Внести 1 строку черновиком").click()
    vera.get_by_text("Внесён 1 черновик.").wait_for()
