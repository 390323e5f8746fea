import hashlib
from typing import Self

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.text import text_sha256
from people.public_ids import public_id

# Columns that a list does without.
HEAVY = ("raw", "text")


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def light(self) -> Self:
        """Snapshots without their bytes and text, for lists; with their proofs, without those's secrets."""
        return self.select_related("proof").defer(*HEAVY, "proof__secret")

    def for_names(self) -> Self:
        """With what `str()` of them reads."""
        return self.light().select_related("article")

    def of(self, raw: bytes, text: str) -> Self:
        """Snapshots of these very bytes, or of bytes that gave the same text.

        A page whose counters or advertisements alone have changed, and a text that was pasted here and came from a
        file there, say nothing new. A line end after the last line is no difference: editors add it.
        """
        bare = text.rstrip("\n")
        same_texts = {text_sha256(each) for each in (text, bare, f"{bare}\n")}
        return self.filter(Q(raw_sha256=hashlib.sha256(raw).hexdigest()) | Q(text_sha256__in=same_texts))


class Snapshot(models.Model):
    """An article's text as retrieved once. Bytes, text and hashes never change; the database sees to that.

    Every offset, here and in quotes, counts the Unicode code points of `text`, the end exclusive. The body is the range
    that is the article itself: teasers, credits and menus lie outside.
    """

    class Method(models.TextChoices):
        FILE = "file", _("from a file")
        PASTE = "paste", _("pasted text")
        UPLOAD = "upload", _("uploaded page")
        FETCH = "fetch", _("fetched from its address")

    public_id = public_id("snapshot")
    article = models.ForeignKey(Article, verbose_name=_("article"), on_delete=models.PROTECT, related_name="snapshots")
    method = models.TextField(_("how it came"), choices=Method.choices)
    retrieved_at = models.DateTimeField(_("retrieved"), help_text=_("When the text was taken in, by our clock."))
    raw = models.BinaryField(_("bytes"), help_text=_("What was taken in, unchanged."))
    raw_sha256 = models.GeneratedField(
        verbose_name=_("SHA-256 of the bytes"),
        expression=Func(
            Func(F("raw"), function="sha256"), function="encode", template="%(function)s(%(expressions)s, 'hex')"
        ),
        output_field=models.TextField(),
        db_persist=True,
    )
    media_type = models.TextField(_("type"), help_text=_("text/plain or text/html."))
    encoding = models.TextField(_("encoding"))
    extractor = models.TextField(_("extractor"), help_text=_("What made the text out of the bytes, with its version."))
    text = models.TextField(_("text"), help_text=_("Normalised once: NFC, line ends LF, no NUL."))
    text_sha256 = models.GeneratedField(
        verbose_name=_("SHA-256 of the text"),
        expression=Func(F("text"), function="text_sha256"),
        output_field=models.TextField(),
        db_persist=True,
    )
    body_start = models.PositiveIntegerField(_("body from"))
    body_end = models.PositiveIntegerField(_("body to"))

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ("-id",)
        indexes = [
            # A text that comes without an address is recognised by them.
            models.Index(fields=["raw_sha256"], name="snapshot_by_bytes"),
            models.Index(fields=["text_sha256"], name="snapshot_by_text"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="snapshot_bytes_once",
                fields=["article", "raw_sha256"],
                violation_error_message=_("This article already has a snapshot of these very bytes."),
            ),
            models.CheckConstraint(
                name="snapshot_body_is_inside",
                condition=Q(body_start__gte=0, body_start__lt=F("body_end"), body_end__lte=Length("text")),
                violation_error_message=_("The body must be a part of the text and not empty."),
            ),
            models.CheckConstraint(
                name="snapshot_method_is_known", condition=Q(method__in=["file", "paste", "upload", "fetch"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}, {self.retrieved_at:%Y-%m-%d %H:%M}"

    @property
    def body(self) -> str:
        """The article itself, without what stands around it."""
        return self.text[self.body_start : self.body_end]

    @property
    def lines_outside(self) -> list[str]:
        """What stands around the body, line by line, without blank lines."""
        around = f"{self.text[: self.body_start]}\n{self.text[self.body_end :]}"
        return [line.strip() for line in around.split("\n") if line.strip()]
