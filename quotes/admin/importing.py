"""The pages on which a spreadsheet of quotes is tried, and then brought in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET
from django_stubs_ext import StrOrPromise

from people.date_telling import told
from people.dating import KnownBy
from people.models import Person
from quotes.admin.views import StatementViews
from quotes.importing.bringing import NotBroughtIn, bring_in
from quotes.importing.columns import BY_NAME, COLUMNS, column_of
from quotes.importing.entries import Entry, Status
from quotes.importing.planning import Plan, plan
from quotes.importing.sheets import MAX_BYTES, MAX_ROWS, MAX_UNPACKED, Sheet, UnreadableSheet, read_sheet
from quotes.importing.speakers import How, Speaker
from quotes.importing.template import TYPES, as_csv, as_workbook, template
from quotes.models import Quote, SheetUpload
from quotes.refusals import Refused

if TYPE_CHECKING:
    from django.urls import URLPattern

ROWS_ON_A_PAGE = 100
ROW_NUMBERS_SHOWN = 10

UNREADABLE: dict[str, StrOrPromise] = {
    "empty": gettext_lazy("There is nothing in this file. Check that it is the right one."),
    "too_large": gettext_lazy("The file is larger than %(max_bytes)s. Divide it into several."),
    "too_much_inside": gettext_lazy(
        "Unpacked, the file is larger than %(max_unpacked)s. Divide it into several, or save the sheet as CSV."
    ),
    "too_many_rows": gettext_lazy("The sheet has more than %(max_rows)s rows. Divide it into several files."),
    "old_excel": gettext_lazy(
        "This is a file of an old Excel, or one under a password. Open it and save it as XLSX without a password, or as CSV."
    ),
    "open_document": gettext_lazy("This is an OpenDocument file. Open it and save it as XLSX or CSV."),
    "damaged": gettext_lazy(
        "The file is damaged%(place)s. Open it in a spreadsheet program and save it anew as XLSX or CSV."
    ),
    "wrong_encoding": gettext_lazy(
        "Its letters can't be read: the character encoding is not known. Save it as “CSV UTF-8” or as XLSX."
    ),
    "no_headings": gettext_lazy("No headings were understood. Take those of the template: %(headings)s."),
    "heading_twice": gettext_lazy("Two columns mean the same: “%(heading)s”. Leave one of them."),
    "columns_missing": gettext_lazy("These columns are needed and missing: %(headings)s."),
}
FOUND_BY: dict[How, StrOrPromise] = {
    How.ID: gettext_lazy("by the public id"),
    How.NAME: gettext_lazy("by the name"),
    How.ALIAS: gettext_lazy("by another name on record"),
    How.FORM: gettext_lazy("by another form of the name: check that this is the one"),
}
NOT_BROUGHT_IN: dict[str, StrOrPromise] = {
    "refused_rows": gettext_lazy(
        "Nothing was brought in: some rows are refused. Correct the file and upload it again."
    ),
    "unknown_speakers": gettext_lazy(
        "Nothing was brought in: some speakers are not on record. Tick those for whom a record is to be made, or correct "
        "their names in the file."
    ),
    "nothing_new": gettext_lazy("Nothing was brought in: all rows are there already."),
    "changed": gettext_lazy(
        "Nothing was brought in: the record has changed since this page was shown. Read what would happen now."
    ),
}


class UploadForm(forms.Form):
    """A spreadsheet to try."""

    upload = forms.FileField(label=gettext_lazy("Spreadsheet"), allow_empty_file=True)

    def clean_upload(self) -> "UploadedFile[Any]":
        """A file that can be read at all, and has the columns that are needed."""
        upload: UploadedFile[Any] = self.cleaned_data["upload"]
        try:
            if upload.size and upload.size > MAX_BYTES:
                raise UnreadableSheet("too_large")
            self.content = upload.read()
            sheet = read_sheet(self.content, column_of)
            if missing := [column for column in COLUMNS if column.required and column.name not in sheet.columns]:
                raise UnreadableSheet("columns_missing", headings=_listed([column.heading for column in missing]))
            if not sheet.rows:
                raise UnreadableSheet("empty")
        except UnreadableSheet as error:
            raise forms.ValidationError(unreadable(error)) from error
        return upload


def unreadable(error: UnreadableSheet) -> str:
    """Why a file is not read, and what to do."""
    place = error.params.get("place")
    said = {
        "max_bytes": filesizeformat(MAX_BYTES),
        "max_unpacked": filesizeformat(MAX_UNPACKED),
        "max_rows": MAX_ROWS,
        "headings": _listed([column.heading for column in COLUMNS if column.required]),
        **error.params,
        "place": _(" at row %(number)s") % {"number": place} if place else "",
    }
    return str(UNREADABLE[error.code]) % said


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is not on record, with the rows that name them and those on record who share the surname."""

    name: str
    rows: str
    near: Sequence[Speaker]
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as the report shows it."""

    entry: Entry

    @property
    def found_by(self) -> StrOrPromise:
        how = self.entry.match.how
        return FOUND_BY[how] if how else ""

    @property
    def speaker_address(self) -> str:
        speaker = self.entry.speaker
        if speaker is None:
            return ""
        kind = "person" if isinstance(speaker, Person) else "organization"
        return reverse(f"admin:people_{kind}_change", args=[speaker.pk])

    @property
    def place_address(self) -> str:
        """Where the words are annotated, or would be."""
        quote, snapshot = self.entry.here, self.entry.snapshot
        if quote:
            return reverse("admin:quotes_annotate_quote", args=[quote.snapshot.public_id, quote.public_id])
        return reverse("admin:quotes_annotate", args=[snapshot.public_id]) if snapshot else ""

    @property
    def spoken(self) -> str:
        return told(self.entry.spoken)

    @property
    def known(self) -> str:
        return str(KnownBy(self.entry.known).label) if self.entry.known else ""

    @property
    def kind(self) -> str:
        return str(Quote.Kind(self.entry.kind).label)

    @property
    def occasion(self) -> str:
        if self.entry.meeting:
            return self.entry.meeting.name
        return _("not named") if self.entry.is_not_named else ""

    @property
    def told(self) -> list[str]:
        """What is said of the row, in sentences."""
        entry = self.entry
        sentences = [*([] if entry.here else entry.problems), *entry.remarks]
        if entry.twin:
            sentences.insert(0, _("The same words as in row %(number)s.") % {"number": entry.twin})
        elif entry.here:
            sentences.insert(0, _("These words are quoted from this article already; nothing changes."))
        elif entry.is_of_somebody_new:
            sentences.insert(0, _("Nobody on record is called “%(name)s”.") % {"name": entry.name})
        return sentences


class ImportingViews(StatementViews):
    """The views by which a spreadsheet of quotes comes in, hung into the statement admin."""

    def urls(self) -> "list[URLPattern]":
        """Addresses below the statement admin's."""
        view = self.site.admin_view
        return [
            path("import/", view(self.start), name="quotes_import"),
            path("import/template.<str:kind>", view(require_GET(self.template)), name="quotes_import_template"),
            path("import/<int:number>/", view(self.tried), name="quotes_import_sheet"),
            path("import/<int:number>/report.<str:kind>", view(require_GET(self.report)), name="quotes_import_report"),
        ]

    def start(self, request: HttpRequest) -> HttpResponse:
        """The template to fill in, and the form to upload it by; a POST keeps the file and goes on to its trial."""
        self._check(request)
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if request.method == "POST" and form.is_valid():
            SheetUpload.objects.too_old().delete()
            upload = SheetUpload.objects.create(
                user=request.user,  # type: ignore[misc]
                name=form.cleaned_data["upload"].name or "",
                content=form.content,
            )
            return redirect("admin:quotes_import_sheet", upload.pk)
        return self.page(
            request,
            "admin/quotes/import.html",
            title=_("Bring in a spreadsheet"),
            form=form,
            columns=COLUMNS,
            max_rows=MAX_ROWS,
            max_bytes=MAX_BYTES,
        )

    def template(self, request: HttpRequest, kind: str) -> HttpResponse:
        """The file with the headings in the reader's language."""
        self._check(request)
        if kind not in TYPES:
            raise Http404
        return _file(template(kind), kind, "skazano-quotes")

    def tried(self, request: HttpRequest, number: int) -> HttpResponse:
        """What would become of each row; a POST brings them in, if nothing else would happen than was shown."""
        self._check(request)
        upload, sheet = self._sheet(request, number)
        ticked = request.POST.getlist("new_person")
        if request.method == "POST":
            if ticked and not request.user.has_perm("people.add_person"):
                raise PermissionDenied
            try:
                made = bring_in(
                    sheet,
                    by=request.user,  # type: ignore[arg-type]
                    seen=request.POST.get("seen", ""),
                    new_people=ticked,
                    may_take_in=_may_take_in(request),
                )
            except NotBroughtIn as reason:
                messages.error(request, str(NOT_BROUGHT_IN[reason.code]))
            except Refused as refused:
                messages.error(request, str(refused))
            else:
                messages.success(
                    request,
                    ngettext("Brought in: %(n)s draft.", "Brought in: %(n)s drafts.", len(made)) % {"n": len(made)},
                )
                return redirect("admin:quotes_import_sheet", upload.pk)
        return self._shown(request, upload, plan(sheet, may_take_in=_may_take_in(request)), ticked)

    def report(self, request: HttpRequest, number: int, kind: str) -> HttpResponse:
        """The same row by row as a file, to be laid beside the sheet."""
        self._check(request)
        if kind not in TYPES:
            raise Http404
        _upload, sheet = self._sheet(request, number)
        lines = _report(plan(sheet, may_take_in=_may_take_in(request)))
        content = as_csv(lines) if kind == "csv" else as_workbook({_("Report"): lines})
        return _file(content, kind, "skazano-report")

    def _check(self, request: HttpRequest) -> None:
        if not request.user.has_perms(["quotes.add_statement", "quotes.add_quote", "quotes.add_span"]):
            raise PermissionDenied

    def _sheet(self, request: HttpRequest, number: int) -> tuple[SheetUpload, Sheet]:
        upload = get_object_or_404(SheetUpload.objects.of(request.user), pk=number)
        return upload, read_sheet(bytes(upload.content), column_of)

    def _shown(self, request: HttpRequest, upload: SheetUpload, planned: Plan, ticked: Sequence[str]) -> HttpResponse:
        counts = planned.counts
        chosen = request.GET.get("show", "")
        if chosen not in Status.values:
            chosen = ""
        entries = [entry for entry in planned.entries if not chosen or entry.status == chosen]
        pages = Paginator(entries, ROWS_ON_A_PAGE)
        page = pages.get_page(request.GET.get("page"))
        return self.page(
            request,
            "admin/quotes/import_report.html",
            title=_("What would become of “%(name)s”") % {"name": upload.name},
            upload=upload,
            sheet=planned.sheet,
            counts=[(status, counts[status]) for status in Status if counts[status]],
            chosen=chosen,
            rows=[Shown(entry) for entry in page.object_list],
            page=page,
            page_range=pages.get_elided_page_range(page.number),
            total=len(planned.entries),
            fresh=len(planned.fresh),
            refused=counts[Status.REFUSED],
            taken_in=len({entry.address for entry in planned.fresh} & planned.archive.to_take_in.keys()),
            new_people=[
                NewPerson(name, _row_numbers(named), named[0].match.near, name in ticked)
                for name, named in planned.new_people.items()
            ],
            may_add_people=request.user.has_perm("people.add_person"),
            may_take_in=_may_take_in(request),
            seen=planned.fingerprint,
        )


def _may_take_in(request: HttpRequest) -> bool:
    return request.user.has_perms(["articles.add_article", "articles.add_snapshot"])


def _row_numbers(entries: Sequence[Entry]) -> str:
    numbers = [str(entry.number) for entry in entries[:ROW_NUMBERS_SHOWN]]
    return ", ".join([*numbers, "…"] if len(entries) > ROW_NUMBERS_SHOWN else numbers)


def _report(planned: Plan) -> list[list[str]]:
    headings = [
        _("Row"),
        _("What happens"),
        _("Why"),
        *(str(BY_NAME[name].heading) for name in ("words", "speaker", "address")),
    ]
    return [headings] + [
        [
            str(entry.number),
            str(entry.status.label),
            " ".join(Shown(entry).told),
            *(entry.words, entry.speaker.name if entry.speaker else entry.name, entry.address),
        ]
        for entry in planned.entries
    ]


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    )


def _listed(headings: Sequence[Any]) -> str:
    return ", ".join(f"“{heading}”" for heading in headings)
