"""The forms in which statements are exported: what each file begins and ends with, and what it has of a statement."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quotes.api.shapes import StatementShape
from quotes.citing.bibtex import bibtex
from quotes.citing.cited import Cited
from quotes.citing.csl import csl
from quotes.citing.ris import ris
from quotes.exporting.annotations import CONTEXT, annotation, around
from quotes.exporting.tables import QUOTES, header, lines, quotes_of, rows_of
from quotes.models import Statement
from quotes.pages.citing import cited
from quotes.pages.linked_data import Site, statement_node

Write = Callable[[Sequence[Statement], HttpRequest], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Form:
    """A file of statements: its name, the type that it is sent as, what it is, and how a batch is written.

    The file is `head`, all pieces of all batches with `between` between them, and `tail`.
    """

    name: str
    media_type: str
    about: Promise
    write: Write
    head: str = ""
    between: str = ""
    tail: str = ""


def as_json(value: Any) -> str:
    """On one line, in letters as they are."""
    return json.dumps(value, ensure_ascii=False)


def site_of(request: HttpRequest) -> Site:
    return Site(request.build_absolute_uri)


def _records(statements: Sequence[Statement], request: HttpRequest) -> Iterator[str]:
    shaped = StatementShape(statements, many=True, context={"request": request}).data
    return (f"{as_json(record)}\n" for record in shaped)


def _rows(statements: Sequence[Statement], request: HttpRequest) -> Iterator[str]:
    site = site_of(request)
    return (lines(rows_of(statement, site), QUOTES) for statement in statements)


def _nodes(statements: Sequence[Statement], request: HttpRequest) -> Iterator[str]:
    site = site_of(request)
    return (as_json(statement_node(statement, site)) for statement in statements)


def _annotations(statements: Sequence[Statement], request: HttpRequest) -> Iterator[str]:
    return (as_json(without_context(each)) for each in annotations(statements, request))


def annotations(statements: Sequence[Statement], request: HttpRequest) -> Iterator[dict[str, Any]]:
    """Those of all quotes of the statements, each with its context; one query."""
    site = site_of(request)
    pairs = [(statement, quote) for statement in statements for quote in quotes_of(statement)]
    beside = around(quote for _statement, quote in pairs)
    return (annotation(statement, quote, beside, site) for statement, quote in pairs)


def without_context(node: dict[str, Any]) -> dict[str, Any]:
    """A node inside of a document that says the context once."""
    return {name: value for name, value in node.items() if name != "@context"}


def _citing(write: Callable[[Cited], str]) -> Write:
    def written(statements: Sequence[Statement], request: HttpRequest) -> Iterator[str]:
        return (write(cited(request, statement, quotes_of(statement)[0])) for statement in statements)

    return written


FORMS: Final = (
    Form("statements.jsonl", "application/jsonl; charset=utf-8", _("Statements as the API tells them, one on each line."), _records),
    Form("quotes.csv", "text/csv; charset=utf-8; header=present", _("Quotes as rows of a table."), _rows, head=header(QUOTES)),
    Form(
        "statements.csl.json", "application/vnd.citationstyles.csl+json", _("Citations of the leading quotes, CSL-JSON."),
        _citing(lambda told: as_json(csl(told))), "[\n", ",\n", "\n]\n",
    ),
    Form("statements.bib", "application/x-bibtex; charset=utf-8", _("Citations, BibTeX."), _citing(bibtex), between="\n"),
    Form("statements.ris", "application/x-research-info-systems; charset=utf-8", _("Citations, RIS."), _citing(ris), between="\r\n"),
    Form(
        "statements.jsonld", "application/ld+json", _("Statements in schema.org’s vocabulary, JSON-LD."),
        _nodes, '{"@context": "https://schema.org", "@graph": [\n', ",\n", "\n]}\n",
    ),
    Form(
        "annotations.jsonld", f'application/ld+json; profile="{CONTEXT}"', _("Quotes as W3C Web Annotations."),
        _annotations, f'{{"@context": "{CONTEXT}", "type": "AnnotationPage", "items": [\n', ",\n", "\n]}\n",
    ),
)  # fmt: skip
