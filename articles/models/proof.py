import hashlib
from collections.abc import Iterator

from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from articles.models.snapshot import Snapshot


class Proof(models.Model):
    """What a snapshot is held to in public: one hash of all its words, of which each can be shown without the others.

    The text's lines are its paragraphs, divided by line feeds; a paragraph's words are divided by spaces. Each word has a
    salt, made of the snapshot's secret and its place, so that nobody can guess words by their hashes. The database
    makes both with the snapshot and lets nobody change them.
    """

    snapshot = models.OneToOneField(
        Snapshot, verbose_name=_("snapshot"), on_delete=models.PROTECT, related_name="proof", editable=False
    )
    secret = models.BinaryField(
        _("secret"), editable=False, db_default=Func(function="proof_secret"), help_text=_("32 random bytes.")
    )
    root = models.TextField(_("proof"), editable=False, help_text=_("The hash of all paragraphs’ hashes."))

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="proof_root_is_a_hash", condition=Q(root__regex="^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return self.root

    def salt(self, paragraph: int, word: int) -> bytes:
        """What is hashed before the word at these places, each counted from 0."""
        return hashlib.sha256(bytes(self.secret) + paragraph.to_bytes(4) + word.to_bytes(4)).digest()


def paragraphs(text: str) -> list[list[str]]:
    """The text's paragraphs as the words that are hashed; an empty one has none."""
    return [line.split(" ") if line else [] for line in text.split("\n")]


def word_hash(salt: bytes, word: str) -> bytes:
    return hashlib.sha256(salt + word.encode()).digest()


def hash_of_hashes(hashes: Iterator[bytes] | list[bytes]) -> bytes:
    """A paragraph's hash, of those of its words; the proof, of those of the paragraphs."""
    return hashlib.sha256(b"".join(hashes)).digest()
