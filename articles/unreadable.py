"""Why an input cannot become an article's text."""

from typing import Literal

Reason = Literal["empty", "wrong_type", "wrong_encoding", "no_text"]


class UnreadableArticle(ValueError):  # noqa: N818 - the name says what happened
    """An input that cannot be read; `articles.refusals` words it for people.

    ``code`` says why, and ``params`` holds what the words name: ``media_type`` for ``wrong_type``, nothing for the
    others.
    """

    def __init__(self, code: Reason, **params: str) -> None:
        super().__init__(code)
        self.code: Reason = code
        self.params = params
