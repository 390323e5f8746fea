"""What the engine proposes: statements found in a text, each with its reasons, none of it certain."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["direct", "indirect", "mixed"]
SpeakerType = Literal["person", "organization", "group", "unknown"]
# Below this confidence nobody is named as the speaker.
THRESHOLD = 0.6


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A range of the text in Unicode code points, `end` exclusive."""

    start: int
    end: int

    def __contains__(self, other: "Span | int") -> bool:
        if isinstance(other, int):
            return self.start <= other < self.end
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is proposed: a code that the interface puts into words, and what those words are about."""

    code: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who may be the speaker. `key` is the registry's, None for one whom only the text names."""

    name: str
    key: str | None
    type: SpeakerType
    confidence: float
    reasons: tuple[Reason, ...]
    unverified: bool = False
    """The way to this one leads through a row of the registry that nobody has verified."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that the text may report.

    `spans` are the words themselves, as the annotation has them: without outer quotation marks, complementiser, cue
    and speaker. `choices` are all who came into question as its speaker, likeliest first. `confidence`, from 0 to 1,
    is that this is a statement with these spans; the speaker's own stands in the choice.
    """

    spans: tuple[Span, ...]
    kind: Kind
    rule: str
    confidence: float
    cue: Span | None = None
    mention: Span | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def speaker(self) -> Choice | None:
        """The likeliest choice; None where even that one does not pass the threshold."""
        return self.choices[0] if self.choices and self.choices[0].confidence >= THRESHOLD else None

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end
