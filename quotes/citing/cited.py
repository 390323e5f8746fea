"""What a citation says, and nothing more: one quote of a statement as one article prints it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from people.date_words import Language
from people.edtf import Edtf

Kind = Literal["direct", "indirect", "mixed"]
KnownBy = Literal["", "text", "address", "publication", "other"]


@dataclass(frozen=True, slots=True)
class Cited:
    """A quote with all that a citation needs; texts are empty and dates None where the record has none.

    Names are in the reader's language, `told_in`; `spans` are as printed, in their own `language`. The label is not
    here on purpose: a nickname must never be taken for words that were said.
    """

    public_id: str
    permanent: str
    kind: Kind
    spans: tuple[str, ...]
    language: str
    told_in: Language
    speaker: str = ""
    attribution: str = ""
    office: str = ""
    spoken: Edtf | None = None
    spoken_known: KnownBy = ""
    occasion: str = ""
    title: str = ""
    byline: str = ""
    source: str = ""
    published: Edtf | None = None
    published_known: KnownBy = ""
    address: str = ""
    retrieved: date | None = None

    @property
    def is_direct(self) -> bool:
        """Whether the words are the speaker's own, so that quotation marks around them are true."""
        return self.kind == "direct"

    @property
    def accessed(self) -> date | None:
        """The day on which the article stood at its address; None for a text that came without one."""
        return self.retrieved if self.address else None
