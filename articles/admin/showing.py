"""How the admin shows a snapshot: its body's bounds, its text, the way to its annotation."""

from django.conf import settings
from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Snapshot
from people.date_telling import told
from people.edtf import Edtf


def annotation_address(snapshot_id: str | None) -> str:
    """The page on which the snapshot of this public id is annotated; "" where the site has none.

    That page belongs to an app above this one, which names it in the settings.
    """
    try:
        return reverse(settings.INGESTED_URL_NAME, args=[snapshot_id])
    except NoReverseMatch:
        return ""


def annotation_link(snapshot_id: str | None) -> str:
    """“Annotate”, leading to that page; a dash where there is none."""
    address = annotation_address(snapshot_id)
    return format_html('<a href="{}">{}</a>', address, _("Annotate")) if address else "—"


def doubt_about(article: Article) -> str:
    """A sentence about a date of publication that is still to come; "" where there is no such doubt."""
    if article.published and Edtf.of(article.published).is_after(timezone.localdate()):
        date = {"date": told(article.published)}
        return _("Its date of publication is still to come: %(date)s. Correct it if that is a slip.") % date
    return ""


class ShowsSnapshots:
    """Columns that the list of snapshots and the page of their article share."""

    @admin.display(description=gettext_lazy("body"))
    def body_range(self, snapshot: Snapshot) -> str:
        """The body's bounds in code points, the end exclusive."""
        return f"{snapshot.body_start}–{snapshot.body_end}"

    @admin.display(description=gettext_lazy("hash of the bytes"))
    def short_hash(self, snapshot: Snapshot) -> SafeString:
        """Enough of the SHA-256 to tell two snapshots apart, the whole of it as a hint."""
        return format_html('<code title="{}">{}…</code>', snapshot.raw_sha256, snapshot.raw_sha256[:12])

    @admin.display(description=gettext_lazy("annotation"))
    def annotate(self, snapshot: Snapshot) -> str:
        return annotation_link(snapshot.public_id)


def marked_text(snapshot: Snapshot) -> SafeString:
    """The text, escaped, with the body told apart from what stands around it."""
    return format_html(
        '<div class="snapshot-text"><span class="outside">{}</span><mark>{}</mark><span class="outside">{}</span></div>',
        snapshot.text[: snapshot.body_start],
        snapshot.body,
        snapshot.text[snapshot.body_end :],
    )
