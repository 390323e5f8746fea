"""The demo: what `manage.py load_demo` makes, that it does so once, and that real people get only their printed words."""

import re
import shutil
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Snapshot, Source
from people.models import HistoryEntry, Meeting, Office, Organization, Person, PersonName, Tenure
from quotes.demo import files
from quotes.demo.files import DATA
from quotes.demo.words import WordsError, find, find_passage
from quotes.models import Assignment, Quote, Span, Statement, Topic

pytestmark = pytest.mark.django_db

PASSWORDS = {
    "DEMO_ANNOTATOR_PASSWORD": "annotators-own",
    "DEMO_REVIEWER_PASSWORD": "reviewers-own",
    "DEMO_EDITOR_PASSWORD": "editors-own",
}
# Where the real quotations stand in the sample of the real report; code points, end exclusive.
PRINTED = ((278, 950), (1651, 1973), (2067, 2181))
REAL_PEOPLE = {"Александр Лукашенко", "Ерлан Байжанов"}


def load(*options):
    out = StringIO()
    call_command("load_demo", *options, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def passwords(monkeypatch):
    for name, value in PASSWORDS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="class")
def demo(django_db_setup, django_db_blocker):
    """The lines that the loader printed; loaded once for a class of tests, each of which undoes what it changes."""
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        for name, value in PASSWORDS.items():
            patch.setenv(name, value)
        yield load()
        transaction.set_rollback(True)


def state_of_all():
    """How many rows each table of ours has, and the newest history entry: any write changes one of them."""
    models = [
        model for app in ("people", "articles", "quotes", "auth") for model in apps.get_app_config(app).get_models()
    ]
    rows = {model._meta.label: list(model.objects.order_by("pk").values_list("pk", flat=True)) for model in models}
    return rows, HistoryEntry.objects.order_by("-id").first()


def words_of(quote):
    return [span.exact for span in quote.spans.all()]


def statements(**of):
    return Statement.objects.filter(**of).for_states()


def by(name):
    return statements(speaker__name_ru=name)


class TestTheDemo:
    """Loaded once; each test sees it as it was loaded."""

    # --- Once and for all ---------------------------------------------------------------------------------------------

    def test_a_second_run_changes_nothing_and_says_so(self, demo):
        before = state_of_all()
        with CaptureQueriesContext(connection) as queries:
            said = load()
        assert state_of_all() == before
        assert len(said) == 1
        assert len(queries) < 15

    def test_what_people_changed_since_stays(self, demo):
        Source.objects.filter(host="vestnik.example").update(name_ru="Вестник", host="other.example")
        article = Article.objects.get(address="https://vestnik.example/2032/04/raspisanie")
        Article.objects.filter(pk=article.pk).update(address="", byline="", title="Иначе")
        Person.objects.filter(name_ru="Пётр Шаблонов").update(name_ru="Пётр Лекалов")
        Topic.objects.filter(name_ru="Погода").update(name_ru="Погода и климат")
        Statement.objects.filter(label="снег сверху вниз").update(label="снегопад")
        Meeting.objects.filter(kind="call").update(name_ru="Звонок")
        before = state_of_all()
        load()
        assert state_of_all() == before
        article.refresh_from_db()
        assert (article.address, article.byline, article.title) == ("", "", "Иначе")

    def test_an_article_that_is_here_already_is_not_doubled(self, demo):
        Statement.objects.filter(label="смешной миллиард").update(label="миллиард")
        load()
        assert Article.objects.filter(source__name_ru__startswith="Образец").count() == 1
        assert by("Александр Лукашенко").count() == 3

    def test_each_thing_made_has_a_line(self, demo):
        made = sum(
            model.objects.count()
            for model in (Organization, Person, Office, Tenure, Meeting, Source, Topic, Article, Statement)
        )
        assert len(demo) == made + 3

    # --- Accounts -----------------------------------------------------------------------------------------------------

    @pytest.mark.parametrize("name", ["annotator", "reviewer", "editor"])
    def test_each_account_can_log_in_and_is_in_the_group_of_its_name(self, demo, client, name):
        assert client.login(username=name, password=PASSWORDS[f"DEMO_{name.upper()}_PASSWORD"])
        user = client.get("/admin/", follow=True).wsgi_request.user
        assert user.is_staff
        assert not user.is_superuser
        assert [group.name for group in user.groups.all()] == [name]

    def test_new_passwords_are_taken_only_when_asked_for(self, demo, monkeypatch, client):
        monkeypatch.setenv("DEMO_EDITOR_PASSWORD", "another")
        load()
        assert client.login(username="editor", password="editors-own")
        load("--reset-passwords")
        assert not client.login(username="editor", password="editors-own")
        assert client.login(username="editor", password="another")

    # --- Real people, and only their printed words ----------------------------------------------------------------------

    def test_real_people_get_exactly_the_three_quotations_that_were_printed(self, demo, shared_dir):
        text = (shared_dir / "samples" / "belta-turnover.txt").read_text(encoding="utf-8")
        printed = [text[start:end] for start, end in PRINTED]
        said = by("Александр Лукашенко")
        given = [words_of(quote) for statement in said for quote in statement.quotes.all()]
        assert sorted(given) == sorted([words] for words in printed)
        assert {quote.kind for statement in said for quote in statement.quotes.all()} == {"direct"}
        assert not by("Ерлан Байжанов").exists()

    def test_the_texts_share_no_phrase_with_the_report_beyond_the_quotations(self, demo, shared_dir):
        text = (shared_dir / "samples" / "belta-turnover.txt").read_text(encoding="utf-8")
        printed = [text[start:end] for start, end in PRINTED]

        def phrases(of):
            for words in printed:
                of = of.replace(words, "\n")
            lines = (re.findall(r"\w+", line.lower()) for line in of.split("\n"))
            return {tuple(words[place : place + 4]) for words in lines for place in range(len(words) - 3)}

        ours = "\n".join(path.read_text(encoding="utf-8") for path in DATA.rglob("*.t*"))
        # Who is who: the name of an office is nobody's wording. «президент беларуси александр лукашенко» is not in ours.
        assert phrases(ours) & phrases(text) == {("посол", "казахстана", "в", "беларуси")} & phrases(text)

    def test_only_one_article_and_one_meeting_name_the_real_people(self, demo):
        names = re.compile("Лукашенк|Лукашэнк|Lukashenk|Байжан|Baizhan")
        assert [one.article.source.name_ru for one in Snapshot.objects.all() if names.search(one.text)] == [
            "Образец: пересказ по БелТА"
        ]
        meetings = Meeting.objects.filter(participants__person__name_ru__in=REAL_PEOPLE).distinct()
        assert [(one.start, one.place) for one in meetings] == [("2024-03-04", "Минск")]

    def test_every_source_is_marked_as_a_sample_and_its_site_is_nobodys(self, demo):
        assert {source.kind for source in Source.objects.all()} == {"sample"}
        assert all(source.host == "" or source.host.endswith(".example") for source in Source.objects.all())
        assert all(article.address == "" or ".example/" in article.address for article in Article.objects.all())

    def test_what_is_invented_lies_in_years_to_come_and_nowhere(self, demo):
        invented = Statement.objects.exclude(speaker__name_ru__in=REAL_PEOPLE)
        people = Person.objects.exclude(name_ru__in=REAL_PEOPLE)
        dates = {statement.spoken for statement in invented} | {article.published for article in Article.objects.all()}
        dates |= {date for tenure in Tenure.objects.filter(person__in=people) for date in (tenure.start, tenure.end)}
        dates |= {meeting.start for meeting in Meeting.objects.exclude(participants__person__name_ru__in=REAL_PEOPLE)}
        assert {date[:3] for date in dates - {None, ".."}} == {"203"}
        assert all("вымышлен" in person.about for person in people)
        countries = {row.country for model in (Organization, Office, Source) for row in model.objects.all()}
        assert countries <= {"BY", "KZ", "XP", "XO", ""}

    def test_the_nickname_goes_with_the_words_it_comes_from(self, demo):
        statement = Statement.objects.published().get(label="смешной миллиард")
        assert statement.lead.passage == (
            "тот миллиард, который мы достигли в товарообороте, после этого визита окажется просто смешным"
        )
        assert str(statement.tenure) == "Александр Лукашенко, Президент Республики Беларусь"
        assert (statement.spoken, statement.spoken_known) == ("2024-03-04", "other")
        assert "senno.by/04032024" in statement.spoken_evidence
        assert [str(addressee) for addressee in statement.addressees.all()] == ["Ерлан Байжанов"]
        assert "Торговля" in {topic.name_ru for topic in statement.topics.all()}

    def test_the_ambassadors_dates_are_left_open(self, demo):
        tenure = Tenure.objects.get(person__name_ru="Ерлан Байжанов")
        assert (tenure.start, tenure.end) == (None, None)

    # --- Something for every page ---------------------------------------------------------------------------------------

    def test_every_span_is_what_stands_in_the_body_and_nowhere_else_in_it(self, demo):
        assert Span.objects.exists()
        for span in Span.objects.select_related("quote__snapshot"):
            snapshot = span.quote.snapshot
            assert snapshot.text[span.start : span.end] == span.exact
            assert snapshot.body.count(span.exact) == 1

    def test_every_state_is_there(self, demo):
        states = Counter(statement.state for statement in statements())
        assert states.pop("published") > 20
        assert states == {"submitted": 2, "returned": 1, "draft": 1, "withdrawn": 1}
        returned = statements().get(current_revision__returned__isnull=False)
        assert returned.current_revision.returned.comment
        assert Statement.objects.withdrawn().get().withdrawals.get().reason

    def test_what_its_author_still_has_in_hand_is_left_in_the_queue_and_the_rest_is_finished(self, demo):
        left = set(Assignment.objects.left())
        unsubmitted = {
            quote.snapshot.article
            for quote in Quote.objects.filter(
                statement__in=[one for one in Statement.objects.for_states() if one.is_with_its_authors]
            )
        }
        assert left == unsubmitted
        assert 0 < len(left) < Assignment.objects.finished().count()

    def test_who_writes_approves_and_withdraws_are_three(self, demo):
        for statement in Statement.objects.published().select_related("current_revision__approval__approved_by"):
            assert [one.user.username for one in statement.authorships.all()] == ["annotator"]
            assert statement.current_revision.approval.approved_by.username == "reviewer"
        assert Statement.objects.withdrawn().get().withdrawals.get().withdrawn_by.username == "editor"

    def test_everything_was_added_by_somebody_who_may_add_it(self, demo):
        tables = {model._meta.db_table: model._meta for model in apps.get_models()}
        # What the database writes itself, and the acts of review and of the queue, which have permissions of their own.
        ours = (
            set(tables)
            - {
                f"quotes_{name}"
                for name in ("authorship", "revision", "approval", "return", "withdrawal", "assignment")
            }
            - {"articles_proof"}
        )
        # The first guideline is there before anybody.
        added = HistoryEntry.objects.filter(action="INSERT", table_name__in=ours).exclude(
            table_name="quotes_guideline", user=None
        )
        acts = set(added.order_by().values_list("user__username", "table_name"))
        assert {"annotator", "editor"} == {username for username, _table in acts}
        for username, table in acts:
            meta = tables[table]
            user = User.objects.get(username=username)
            assert user.has_perm(f"{meta.app_label}.add_{meta.model_name}"), (username, table)

    def test_every_kind_language_and_precision_is_there(self, demo):
        published = Statement.objects.published()
        quotes = Quote.objects.filter(statement__in=published)
        assert {quote.kind for quote in quotes} == {"direct", "indirect", "mixed"}
        assert Counter(quote.language for quote in quotes)["en"] >= 2
        assert {"ru", "be", "en"} == {quote.language for quote in quotes}
        known = {(len(one.spoken), one.spoken_known) for one in published}
        quarters = {one.spoken for one in published if re.fullmatch(r"\d{4}-3[3-6]", one.spoken)}
        assert {(10, "text"), (7, "address"), (7, "publication"), (4, "publication"), (10, "other")} <= known
        assert quarters == {"2031-35"}

    def test_unusual_speakers_and_occasions_are_there(self, demo):
        published = Statement.objects.published()
        assert published.filter(speaker_organization__isnull=False).exists()
        assert published.filter(speaker_not_identified=True).get().speaker_name.startswith("Собеседник")
        assert published.filter(occasion_not_named=True).exists()
        assert sorted({meeting.kind for meeting in Meeting.objects.all()}) == [
            "call", "interview", "meeting", "press_conference", "session", "speech",
        ]  # fmt: skip
        assert Meeting.objects.exclude(end=None).exists()

    def test_one_quotation_has_two_parts_and_a_second_report_in_other_words(self, demo):
        statement = Statement.objects.published().get(label="приблизительный мост")
        lead, other = statement.lead, statement.quotes.exclude(pk=statement.lead.pk).get()
        assert lead.words == (
            "Мост готов ровно настолько, насколько мы обещали […] До другого берега осталось четыре метра, и к осени мы их найдём"
        )
        assert (lead.kind, other.kind) == ("direct", "indirect")
        assert lead.snapshot.article.source != other.snapshot.article.source

    def test_one_person_held_two_offices_one_after_the_other(self, demo):
        held = Tenure.objects.filter(person__about__contains="министр мостов").order_by("start")
        assert [tenure.office.name_ru for tenure in held] == [
            "Начальник Управления мостов",
            "Министр мостов и паромов Примерии",
        ]
        precisions = {len(tenure.start) for tenure in Tenure.objects.all() if tenure.start}
        assert precisions == {4, 7, 10}

    def test_namesakes_are_told_apart(self, demo):
        namesakes = Person.objects.filter(name_ru="Иван Примеров")
        assert len({person.about for person in namesakes}) == 2

    def test_the_catalogue_is_large_enough_for_lists(self, demo):
        invented = Person.objects.exclude(name_ru__in=REAL_PEOPLE)
        assert invented.count() >= 8
        assert Source.objects.count() >= 5
        assert Organization.objects.count() >= 3
        assert Office.objects.filter(tenures__person__in=invented).distinct().count() >= 6
        assert Article.objects.count() >= 9
        assert Topic.objects.exclude(parent=None).exists()
        assert PersonName.objects.filter(text="Аляксандр Рыгоравіч Лукашэнка", language="be").exists()

    def test_articles_have_what_a_wire_prints_around_its_texts(self, demo):
        credits_ = [article.credit for article in Article.objects.all()]
        assert sum(bool(line) for line in credits_) >= 8
        assert any("Читайте также" in snapshot.lines_outside for snapshot in Snapshot.objects.all())
        assert sum(snapshot.body.endswith("-0-") for snapshot in Snapshot.objects.all()) >= 3
        assert {article.language for article in Article.objects.all()} == {"ru", "be", "en"}


# --- On an empty database


def test_a_run_that_fails_leaves_nothing_and_names_the_words_at_fault(passwords, monkeypatch, tmp_path):
    data = Path(shutil.copytree(DATA, tmp_path / "data"))
    last = data / "articles" / "10-measures.txt"
    last.write_text(last.read_text(encoding="utf-8").replace("вежливость", "учтивость"), encoding="utf-8")
    monkeypatch.setattr(files, "DATA", data)
    before = state_of_all()
    with pytest.raises(
        WordsError, match="politeness in 10-measures: “Точность — это вежливость линейки” stands 0 times"
    ):
        load()
    assert state_of_all() == before


@pytest.mark.parametrize("missing", [None, "", "unset"])
def test_a_missing_password_is_asked_for_by_the_name_of_its_variable(passwords, monkeypatch, missing):
    if missing is None:
        monkeypatch.delenv("DEMO_REVIEWER_PASSWORD")
    elif missing == "":
        monkeypatch.setenv("DEMO_REVIEWER_PASSWORD", "")
    else:
        for name in PASSWORDS:
            monkeypatch.delenv(name)
    with pytest.raises(CommandError, match="DEMO_REVIEWER_PASSWORD") as refused:
        load()
    assert refused.value.returncode == 1


# --- Words are found, never counted ---------------------------------------------------------------------------------

TEXT = "Сказано: «раз, два, раз». Тизер: три…"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("раз", "stands 2 times"),
        ("четыре", "stands 0 times"),
        ("три", "stands 0 times"),
        ("", "stands 0 times"),
        ("«раз, два, раз»", "has quotation marks"),
        (" два", "white space"),
    ],
)
def test_words_that_do_not_stand_once_in_the_body_are_refused(words, why):
    with pytest.raises(WordsError, match=why):
        find(TEXT, (0, TEXT.index(" Тизер")), words)


def test_words_that_overlap_themselves_are_not_taken_for_one_place():
    with pytest.raises(WordsError, match="stands 2 times"):
        find("тук-тук-тук", (0, 11), "тук-тук")


def test_a_passage_is_found_within_one_span():
    span = find(TEXT, (0, 25), "раз, два, раз")
    start, end = find_passage([span], "два")
    assert TEXT[start:end] == "два"
    assert find_passage([span], "") == (None, None)
    with pytest.raises(WordsError, match="0 of the quote"):
        find_passage([span], "Сказано")
