"""A spreadsheet on its way in, as the server answers: tried row by row, then all brought in or none."""

import html
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from articles.models import Article
from people.acting import acting
from people.edtf import Edtf
from people.models import Organization, Person, Tenure
from quotes.assigning import begin
from quotes.importing.columns import column_of
from quotes.importing.sheets import read_sheet
from quotes.models import DoubleShare, Quote, SheetUpload, Statement, Topic
from quotes.tasks import forget_sheets
from tests import world
from tests.quotes.importing.sheets import article, as_csv, as_xlsx, row, table

pytestmark = pytest.mark.django_db

START = "/admin/quotes/statement/import/"


@pytest.fixture
def anna(client):
    """Anna's browser, in English."""
    client.force_login(world.user("anna", "annotator"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    # For what is asked of a page's context after the answer.
    with translation.override("en"):
        yield client


def upload(client, raw, name="quotes.csv"):
    return client.post(START, {"upload": SimpleUploadedFile(name, raw)})


def tried(client, *rows):
    """The page that shows what would become of the rows."""
    answer = upload(client, as_csv(table(*rows)))
    assert answer.status_code == 302, answer.context["form"].errors
    return client.get(answer["Location"])


def press(client, report, **more):
    """The answer to the button that brings all in."""
    return client.post(report.request["PATH_INFO"], {"seen": report.context["seen"]} | more, follow=True)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)] or [
        str(message) for message in response.context["messages"]
    ]


def told(report):
    """Of each row its number, what happens, and the sentences."""
    return [(one.entry.number, one.entry.status.value, " ".join(one.told)) for one in report.context["rows"]]


def test_rows_become_drafts_of_whoever_brings_them_in(anna):
    of, speaker = article(), world.person()
    report = tried(anna, row(), row(world.ROADS, kind="indirect speech"))
    assert [state for _number, state, _told in told(report)] == ["new", "new"]
    assert not Statement.objects.exists()
    assert "Bring in all 2 rows as drafts" in report.content.decode()
    done = press(anna, report)
    assert said(done) == ["Brought in: 2 drafts."]
    bridge, roads = Statement.objects.order_by("id")
    assert (bridge.words, roads.words) == (world.BRIDGE, world.ROADS)
    assert {bridge.state, roads.state} == {"draft"}
    assert bridge.speaker == speaker
    assert (bridge.spoken, bridge.spoken_known) == ("2031-05-05", "publication")
    assert (roads.lead.kind, roads.lead.snapshot) == ("indirect", of)
    assert [one.user.username for one in bridge.authorships.all()] == ["anna"]


def test_everything_a_row_can_say_is_in_the_draft(anna):
    of, speaker, meeting = article(), world.person(), world.meeting()
    post = world.office()
    held = world.tenure(speaker, post)
    topic = Topic.objects.create(name_ru="Мосты и дороги", name_en="Bridges")
    report = tried(
        anna,
        row(
            "Работы […] уже идут",
            speaker.public_id,
            **{
                "kind": "Indirect with quoted words",
                "said on": "4 мая 2031",
                "how the date is known": "another source",
                "evidence for the date": "Дневник Заречья",
                "attribution as printed": "пояснил он",
                "occasion": "встреча С послом приморья",
                "label": "идущие работы",
                "topics": "bridges; МОСТЫ И ДОРОГИ",
                "passage": "уже идут",
                "note": "со слов корреспондента",
            },
        ),
    )
    assert told(report) == [(2, "new", "")]
    assert "со слов корреспондента" in report.content.decode()
    press(anna, report)
    statement = Statement.objects.get()
    quote = statement.lead
    assert (statement.words, quote.passage, quote.kind) == ("Работы […] уже идут", "уже идут", "mixed")
    assert (statement.speaker, statement.tenure, statement.meeting) == (speaker, held, meeting)
    assert (statement.spoken, statement.spoken_known, statement.spoken_evidence) == (
        "2031-05-04",
        "other",
        "Дневник Заречья",
    )
    assert (statement.label, [*statement.topics.all()], quote.attribution) == ("идущие работы", [topic], "пояснил он")
    assert quote.snapshot == of


@pytest.mark.parametrize("change", [{}, {"speaker": "ИВАНА ОЗЕРНОГО"}, {"words": f"«{world.BRIDGE}»"}])
def test_the_same_rows_again_change_nothing_however_the_file_looks(anna, change):
    article()
    world.person()
    press(anna, tried(anna, row(), row(world.ROADS)))
    again = as_xlsx(table(row(world.ROADS), row(**change)))
    report = anna.get(upload(anna, again, "other.xlsx")["Location"])
    assert [state for _number, state, _told in told(report)] == ["here", "here"]
    assert "nothing to bring in" in report.content.decode()
    assert said(press(anna, report)) == ["Nothing was brought in: all rows are there already."]
    assert Statement.objects.count() == 2


def test_what_the_record_says_otherwise_is_told_and_left(anna):
    article()
    world.person()
    press(anna, tried(anna, row()))
    petr = world.person("Пётр Луговой")
    Statement.objects.update(speaker=petr, tenure=None)
    ((_number, state, sentences),) = told(tried(anna, row(topics="Нет такой")))
    assert state == "here"
    assert "left as it is: speaker." in sentences
    assert "Нет такой" not in sentences
    assert Statement.objects.get().speaker == petr


def test_words_whose_bounds_somebody_has_moved_since_are_still_there(anna):
    of = article()
    world.draft(of=of, words=("Мост будет построен к осен",))
    ((_number, state, sentences),) = told(tried(anna, row()))
    assert state == "here"
    assert "words" in sentences


def test_a_newer_snapshot_of_the_article_makes_no_second_quote(anna):
    of = article()
    world.person()
    press(anna, tried(anna, row()))
    world.snapshot(f"Обновлено. {world.TEXT}", article=of.article)
    first, second = told(tried(anna, row(), row(world.ROADS)))
    assert (first[1], second[1]) == ("here", "new")


def test_the_same_words_twice_in_a_file_are_one_quote_and_of_two_speakers_refused(anna):
    article()
    world.person()
    world.person("Пётр Луговой")
    report = tried(anna, row(), row(), row(speaker="Пётр Луговой"))
    assert [state for _number, state, _told in told(report)] == ["new", "here", "refused"]
    assert "Row 2 has the same words with another speaker" in told(report)[2][2]


REFUSED = [
    ({"words": ""}, "The cell “words” is empty"),
    ({"speaker": ""}, "The cell “speaker” is empty"),
    ({"article's address": ""}, "The cell “article's address” is empty"),
    ({"article's address": "в газете"}, "“в газете” is not a web address"),
    ({"article's address": "https://vestnik.example.org/nowhere"}, "Take the article in first"),
    ({"words": "Мост будет построен к осени."}, "otherwise: “Мост будет построен к осени”"),
    ({"words": "Ничего такого никто не говорил"}, "do not stand in the archived text"),
    ({"words": "Завтра в Заречье откроется ярмарка"}, "outside the article"),
    ({"words": "Иван Озёрный"}, "2 times"),
    ({"words": "Иван Озёрный", "which occurrence": "3"}, "only 2 times"),
    ({"which occurrence": "второе"}, "does not count anything"),
    ({"context": "Ничего такого"}, "The context does not stand"),
    ({"kind": "спетое"}, "Write one of these: direct speech"),
    ({"said on": "давным-давно"}, "is not understood"),
    ({"said on": "2031-05-04"}, "Say how the date is known"),
    ({"said on": "2031-05-04", "how the date is known": "another source"}, "name that source"),
    ({"said on": "2031-05-09", "how the date is known": "stated in the text"}, "before it was said"),
    ({"how the date is known": "stated in the text"}, "but not the date"),
    ({"attribution as printed": "сказала Анна"}, "The attribution must stand in the text"),
    ({"passage": "дороги"}, "The passage must lie inside"),
    ({"occasion": "Встреча, которой не было"}, "No occasion “Встреча, которой не было”"),
    ({"topics": "Тема, которой нет"}, "No topic “Тема, которой нет”"),
    ({"speaker": "Павел Ключевой"}, "Several are called"),
]


@pytest.mark.parametrize(("change", "sentence"), REFUSED, ids=[sentence for _change, sentence in REFUSED])
def test_a_mistake_is_told_with_what_to_do_and_keeps_the_whole_file_out(anna, change, sentence):
    article()
    world.person()
    world.person("Павел Ключевой", about="мэр Заречья")
    world.person("Павел Ключевой", about="художник")
    report = tried(anna, row(world.ROADS), row() | change)
    good, bad = told(report)
    assert good[1] == "new"
    assert bad[1] == "refused"
    assert sentence in bad[2]
    assert "as a draft" not in report.content.decode()
    assert said(press(anna, report)) == [
        "Nothing was brought in: some rows are refused. Correct the file and upload it again."
    ]
    assert not Statement.objects.exists()


def test_an_unreadable_date_is_not_shown_as_another_one(anna):
    article()
    world.person()
    (shown,) = tried(anna, row(**{"said on": "давным-давно"})).context["rows"]
    assert (shown.spoken, shown.known) == ("", "")


@pytest.mark.parametrize(
    ("typed", "day", "in_words"),
    [
        ("вчера", "2031-05-04", "4 May 2031"),
        ("3 мая", "2031-05-03", "3 May 2031"),
        ("в прошлом году", "2030", "2030"),
        ("1–3 мая", "2031-05", "May 2031"),
    ],
)
def test_a_date_counts_from_the_articles_day(anna, typed, day, in_words):
    article()
    world.person()
    report = tried(anna, row(**{"said on": typed, "how the date is known": "stated in the text"}))
    ((_number, state, sentences),) = told(report)
    assert state == "new"
    assert f"“{typed}” is {in_words}, counted from the article's day." in sentences
    press(anna, report)
    assert Statement.objects.get().spoken == day


def test_a_date_counts_from_nothing_where_the_articles_day_is_not_known(anna):
    article()
    Article.objects.update(published=None, published_known="")
    world.person()
    ((_number, state, sentences),) = told(tried(anna, row(**{"said on": "вчера"})))
    assert state == "refused"
    assert "counts from the day of publication, which is not known" in sentences


def test_of_a_refused_row_the_unknown_speaker_is_told_at_once(anna):
    article()
    assert "Nobody on record is called" in told(tried(anna, row("Нет таких слов")))[0][2]


def test_namesakes_are_told_apart_by_the_public_id(anna):
    article()
    mayor = world.person("Павел Ключевой", about="мэр Заречья")
    world.person("Павел Ключевой", about="художник")
    ((_number, _state, sentences),) = told(tried(anna, row(speaker="Павел Ключевой")))
    assert f"Павел Ключевой (мэр Заречья, {mayor.public_id})" in sentences
    press(anna, tried(anna, row(speaker=mayor.public_id)))
    assert Statement.objects.get().speaker == mayor


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ("Иван Озёрный", "by the name"),
        ("иван  озерный", "by the name"),
        ("Дед Иван", "by another name on record"),
        ("Ивана Озёрного", "by another form of the name"),
        ("Озёрный Иван", "by another form of the name"),
        ("Ivan Ozyorny", "by the name"),
    ],
)
def test_a_speaker_is_found_by_any_name_and_the_page_says_how(anna, typed, how):
    article()
    speaker = world.person(name_en="Ivan Ozyorny")
    speaker.names.create(text="Дед Иван")
    report = tried(anna, row(speaker=typed))
    (shown,) = report.context["rows"]
    assert shown.entry.speaker == speaker
    assert str(shown.found_by).startswith(how)
    assert reverse("admin:people_person_change", args=[speaker.pk]) in report.content.decode()


def test_an_organization_speaks_and_a_merged_id_leads_to_the_person_who_stands(anna):
    article()
    council = Organization.objects.create(name_ru="Совет Заречья", aliases=["Совет"])
    stands = world.person()
    merged = world.person("И. Озёрный", merged_into=stands)
    press(anna, tried(anna, row(speaker="Совет"), row(world.ROADS, speaker=merged.public_id)))
    first, second = Statement.objects.order_by("id")
    assert (first.speaker_organization, second.speaker) == (council, stands)


def test_nobody_in_particular_is_written_in_words(anna):
    article()
    press(anna, tried(anna, row(speaker="Not identified", **{"attribution as printed": "сказал Иван Озёрный"})))
    assert Statement.objects.get().speaker_not_identified


class TestSomebodyNew:
    def test_is_added_only_when_ticked_and_once(self, anna):
        article()
        world.person()
        report = tried(anna, row(speaker="Пётр Озёрный"), row(world.ROADS, speaker="петр озерный"), row("Работы"))
        (new,) = report.context["new_people"]
        assert (new.name, new.rows, [one.name for one in new.near]) == ("Пётр Озёрный", "2, 3", ["Иван Озёрный"])
        assert "some speakers are not on record" in said(press(anna, report))[0]
        assert not Statement.objects.exists()
        press(anna, report, new_person=["Пётр Озёрный"])
        petr = Person.objects.get(name_ru="Пётр Озёрный")
        assert [one.speaker for one in Statement.objects.order_by("id")[:2]] == [petr, petr]

    def test_who_was_not_asked_for_is_not_made(self, anna):
        article()
        report = tried(anna, row(speaker="Пётр Луговой"))
        press(anna, report, new_person=["Пётр Луговой", "Кто-то Ещё"])
        assert [one.name_ru for one in Person.objects.all()] == ["Пётр Луговой"]

    def test_is_not_added_by_somebody_who_may_not(self, anna):
        article()
        anna.force_login(some := world.user("vera"))
        some.user_permissions.set(permissions("add_statement", "add_quote", "add_span"))
        report = tried(anna, row(speaker="Пётр Луговой"))
        assert "You may not add people" in report.content.decode()
        assert press(anna, report, new_person=["Пётр Луговой"]).status_code == 403
        assert not Person.objects.exists()


class TestAnArticleThatComesWithTheSheet:
    @pytest.fixture(autouse=True)
    def source(self):
        return world.source(host="vestnik.example.org")

    def test_is_taken_in_with_its_quotes(self, anna):
        world.person()
        address = "https://vestnik.example.org/most"
        text = "Глава Заречья принял посла. «Мост будет построен к осени», — сказал Иван Озёрный. Всё.\n"
        report = tried(
            anna,
            row(address=address, **{"article's text": text, "article published on": "5 мая 2031"}),
            row("Глава Заречья принял посла", address=address, kind="indirect speech"),
        )
        assert [state for _number, state, _told in told(report)] == ["new", "new"]
        assert "1 article is taken in with them" in report.content.decode()
        assert not Article.objects.exists()
        assert said(press(anna, report)) == ["Brought in: 2 drafts."]
        taken = Article.objects.get()
        assert (taken.address, taken.published, taken.published_known) == (address, "2031-05-05", "publication")
        assert {one.spoken for one in Statement.objects.all()} == {"2031-05-05"}
        assert [state for _number, state, _told in told(tried(anna, row(address=address)))] == ["here"]

    def test_is_known_by_its_text_where_it_came_without_an_address(self, anna):
        of = world.snapshot()
        world.person()
        press(anna, tried(anna, row(address="https://vestnik.example.org/most", **{"article's text": world.TEXT})))
        of.article.refresh_from_db()
        assert of.article.address == "https://vestnik.example.org/most"
        assert Statement.objects.get().lead.snapshot == of

    def test_of_a_site_that_no_source_has_is_refused(self, anna):
        address = "https://other.example.org/most"
        ((_number, state, sentences),) = told(tried(anna, row(address=address, **{"article's text": world.TEXT})))
        assert state == "refused"
        assert "No source has the site other.example.org yet" in sentences

    def test_of_two_texts_is_refused(self, anna):
        rows = [
            row(address="https://vestnik.example.org/most", **{"article's text": t}) for t in (world.TEXT, "Другой.")
        ]
        assert "another text for the same article" in told(tried(anna, *rows))[1][2]

    def test_is_refused_to_somebody_who_may_not_take_in(self, anna):
        some = world.user("vera")
        some.user_permissions.set(permissions("add_statement", "add_quote", "add_span"))
        anna.force_login(some)
        one = row(address="https://vestnik.example.org/most", **{"article's text": world.TEXT})
        assert "you may not take articles in" in told(tried(anna, one))[0][2]


def permissions(*names):
    return Permission.objects.filter(codename__in=names)


def test_all_rows_come_in_or_none(anna, monkeypatch):
    """The database refuses the last row only; the drafts and the person made before it are gone with it."""
    article()
    report = tried(anna, row(), row(world.ROADS, speaker="Пётр Луговой", **{"attribution as printed": "добавил"}))
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " PERFORM refuse('quote_attribution_is_printed', 'for this test'); END $$;"
            " CREATE TRIGGER zz_no BEFORE INSERT ON quotes_span FOR EACH ROW"
            f" WHEN (NEW.exact = '{world.ROADS}') EXECUTE FUNCTION pg_temp.no()"
        )
    answer = press(anna, report, new_person=["Иван Озёрный", "Пётр Луговой"])
    assert said(answer) == ["The attribution must stand in the text exactly so. Copy it from there."]
    assert [model.objects.count() for model in (Statement, Quote, Person)] == [0, 0, 0]


def test_what_has_changed_since_it_was_shown_is_shown_again_first(anna):
    article()
    ivan = world.person()
    report = tried(anna, row())
    ivan.name_ru = "Иван Морской"
    ivan.save()
    answer = press(anna, report)
    assert said(answer) == [
        "Nothing was brought in: the record has changed since this page was shown. Read what would happen now."
    ]
    assert not Statement.objects.exists()
    assert told(answer)[0][1] == "unknown"


def test_the_words_are_shown_marked_in_their_place(anna):
    article()
    world.person()
    page = tried(anna, row("Работы […] уже идут")).content.decode()
    assert "раньше. «<mark>Работы</mark>, — пояснил он, — <mark>уже идут</mark>»." in page


class TestWhoMay:
    @pytest.mark.parametrize("role", ["reviewer", "editor", "stranger"])
    def test_bring_in_nobody_but_those_who_add_quotes(self, client, role):
        client.force_login(world.user(role, role))
        for address in ("", "template.csv", "template.xlsx", "1/", "1/report.csv"):
            assert client.get(START + address).status_code == 403
        assert upload(client, b"x").status_code == 403
        assert not SheetUpload.objects.exists()
        if role != "stranger":
            assert START not in client.get("/admin/quotes/statement/").content.decode()

    def test_open_a_file_nobody_but_its_user(self, anna):
        article()
        report = tried(anna, row())
        anna.force_login(world.user("boris", "annotator"))
        assert anna.get(report.request["PATH_INFO"]).status_code == 404
        assert press(anna, report).status_code == 404

    def test_find_the_page_on_the_list_of_statements(self, anna):
        assert START in anna.get("/admin/quotes/statement/").content.decode()


def test_a_file_is_kept_for_an_hour_and_gone_with_the_next_one(anna, monkeypatch):
    article()
    first = upload(anna, as_csv(table(row())))["Location"]
    monkeypatch.setattr(SheetUpload, "LASTS", timedelta(0))
    assert anna.get(first).status_code == 404
    upload(anna, as_csv(table(row())))
    assert SheetUpload.objects.count() == 1
    forget_sheets(0)
    assert not SheetUpload.objects.exists()


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "There is nothing in this file"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "save it as XLSX"),
        (b"PK\x03\x04broken", "The file is damaged."),
        ("слова,кто\r\nа,б\r\n".encode(), "missing: “article's address”"),
        ('слова,кто,ссылка\r\n"а,б\r\n'.encode(), "damaged at row 2"),
        ("слова,кто,ссылка\r\n".encode(), "There is nothing in this file"),
        ("что-то,ещё\r\n".encode(), "Take those of the template: “words”, “speaker”, “article's address”"),
    ],
)
def test_a_file_that_is_not_read_is_told_why_and_not_kept(anna, raw, sentence):
    answer = upload(anna, raw)
    assert sentence in html.unescape(answer.content.decode())
    assert not SheetUpload.objects.exists()


def test_no_file_at_all_is_asked_for(anna):
    assert "This field is required" in anna.post(START, {}).content.decode()


def test_long_sheets_are_shown_page_by_page_and_by_what_happens(anna):
    article()
    world.person()
    rows = [row(f"Нет таких слов {n}") for n in range(150)]
    report = tried(anna, row(), *rows)
    assert len(report.context["rows"]) == 100
    second = anna.get(report.request["PATH_INFO"], {"page": 2, "show": "refused"})
    assert second.context["rows"][0].entry.number == 103
    assert len(second.context["rows"]) == 50
    assert "page=1" in second.content.decode()
    assert anna.get(report.request["PATH_INFO"], {"page": "x", "show": "nonsense"}).status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_template_and_report_come_as_files(anna, kind):
    article()
    world.person()
    template = anna.get(f"{START}template.{kind}")
    assert f"skazano-quotes.{kind}" in template["Content-Disposition"]
    report = tried(anna, row(), row("=Нет таких"))
    got = anna.get(f"{report.request['PATH_INFO']}report.{kind}")
    rows = read_sheet(got.content, column_of).rows
    assert [one.number for one in rows] == [2, 3]
    assert rows[1].values["words"] == "=Нет таких"
    assert anna.get(f"{START}template.pdf").status_code == 404
    assert anna.get(f"{report.request['PATH_INFO']}report.pdf").status_code == 404


def test_queries_do_not_grow_with_the_rows(anna):
    of = world.source()
    world.person()

    def queries(number, name):
        rows = []
        for n in range(number):
            address = f"https://vestnik.example.org/{name}/{n % 5}"
            article(f"«Слово {name} {n}», — сказал Иван. " * 1, f"{address}-{n}", source=of)
            rows.append(row(f"Слово {name} {n}", address=f"{address}-{n}"))
        report = tried(anna, *rows)
        with CaptureQueriesContext(connection) as trying:
            anna.get(report.request["PATH_INFO"])
        with CaptureQueriesContext(connection) as bringing:
            press(anna, report)
        return len(trying), len(bringing)

    few = queries(3, "a")
    assert queries(40, "b") == few
    assert Statement.objects.count() == 43


def test_the_office_is_the_only_one_that_the_database_thinks_possible(anna):
    """With several tenures, dates of every precision, and open ends."""
    article()
    speaker = world.person()
    for post, start, end in (
        ("Глава", "2030-01-01", "2031-05-04"),
        ("Посол", "2031-05", ".."),
        ("Мэр", "2029", "2030"),
    ):
        world.tenure(speaker, world.office(post), start, end)
    for spoken in ("2029", "2030-06-01", "2031-05-04", "2031-05", "2031-05-05", "2031", "2031-34"):
        Statement.objects.all().delete()
        answer = press(anna, tried(anna, row(**{"said on": spoken, "how the date is known": "stated in the text"})))
        assert said(answer) == ["Brought in: 1 draft."]
        date = Edtf.of(spoken)
        possible = list(Tenure.objects.filter(person=speaker).possibly_on(date.first, date.last))
        assert Statement.objects.get().tenure == (possible[0] if len(possible) == 1 else None), spoken


def test_words_quoted_from_another_article_are_pointed_at(anna):
    article()
    elsewhere = world.draft()
    ((_number, state, sentences),) = told(tried(anna, row()))
    assert state == "new"
    assert f"statement {elsewhere.public_id}" in sentences


def test_words_that_overlap_another_quote_are_pointed_at(anna):
    of = article()
    world.draft(of=of, words=("построен",))
    ((_number, state, sentences),) = told(tried(anna, row()))
    assert (state, sentences) == ("new", "The words overlap another quote of this article.")


class TestAnArticleThatTwoReadBlind:
    """It takes nothing in before it is settled, and a trial tells nothing of what is marked in it."""

    @pytest.fixture
    def of(self):
        of, boris = article(), world.user("boris", "annotator")
        with acting(boris):
            DoubleShare.objects.create(pk=DoubleShare.THE_ONE, percent=100)
            world.user("anna", "annotator")
            begin(of.article, by=boris)
        self.marked = world.draft(by=boris, of=of)
        return of

    @pytest.mark.usefixtures("of")
    def test_is_refused_with_a_sentence(self, anna):
        report = tried(anna, row(), row(words=world.ROADS))
        sentence = "This article is annotated twice, independently. Bring its quotes in when that is settled."
        assert [(state, sentences) for _number, state, sentences in told(report)] == [("refused", sentence)] * 2
        press(anna, report)
        assert Quote.objects.count() == 1

    def test_is_not_told_of_as_another_article_with_the_same_words(self, anna, of):
        article(address="https://vestnik.example.org/2031/05/06/most")
        ((_number, state, sentences),) = told(tried(anna, row(address="https://vestnik.example.org/2031/05/06/most")))
        assert (state, self.marked.public_id in sentences) == ("new", False)
