"""Why an input cannot become an article's text."""

from typing import Final, Literal

Reason = Literal["empty", "too_large", "wrong_type", "wrong_encoding", "no_text"]

MESSAGES: Final[dict[Reason, str]] = {
    "empty": "There is no text in it.",
    "too_large": "It has {size} bytes; {max_bytes} are the most that is taken.",
    "wrong_type": "It is {media_type}; give a web page (HTML) or plain text.",
    "wrong_encoding": "Its character encoding cannot be told; save it as UTF-8.",
    "no_text": "No article was found on the page; copy its text and paste it.",
}


class UnreadableArticle(ValueError):  # noqa: N818 - the name says what happened
    """An input that cannot be read.

    ``code`` says why, for a caller that words the message in another language, and ``params``
    holds what its message names: ``size`` and ``max_bytes`` (bytes) for ``too_large``,
    ``media_type`` for ``wrong_type``, nothing for the others.
    """

    def __init__(self, code: Reason, **params: str | int) -> None:
        super().__init__(code)
        self.code: Reason = code
        self.params = params

    def __str__(self) -> str:
        return MESSAGES[self.code].format(**self.params)
