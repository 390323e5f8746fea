"""The page of the data releases, and their files, of which parts can be asked for and which are never sent twice."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import register_converter
from whitenoise.middleware import WhiteNoiseFileResponse
from whitenoise.responders import StaticFile

from quotes.pages.reading import read_only
from quotes.releasing.reading import DAY, DESCRIPTION, SUMS, File, Release
from quotes.releasing.reading import releases as every_release

# A release never changes, so nobody needs to ask again.
FOR_GOOD = "public, max-age=31536000, immutable"
TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "jsonl": "application/jsonl; charset=utf-8",
    "json": "application/json",
}


class DayConverter:
    """`2031-05-04` in an address."""

    regex = DAY.pattern

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(DayConverter, "day")


@read_only
def releases(request: HttpRequest) -> HttpResponse:
    """All releases, the newest first: what is in them, what changed, under which licence, and their files."""
    return render(request, "quotes/releases.html", {"releases": every_release(settings.RELEASES_DIR)})


@read_only
def release_file(request: HttpRequest, day: str, name: str) -> HttpResponseBase:
    """A file of a release, or the part of it that is asked for."""
    release = _release(day)
    known = {file.name: file for file in release.files}
    known[SUMS] = File(SUMS, 0, "")
    if name not in known:
        raise Http404
    return _sent(request, release, known[name])


def _release(day: str) -> Release:
    folder = settings.RELEASES_DIR / day
    if not (folder / DESCRIPTION).is_file():
        raise Http404
    return Release.read(folder)


def _sent(request: HttpRequest, release: Release, file: File) -> HttpResponseBase:
    headers = {
        "Content-Type": TYPES.get(file.name.rpartition(".")[2], "text/plain; charset=utf-8"),
        "Content-Disposition": f'attachment; filename="skazano-{release.day}-{file.name}"',
        "Cache-Control": FOR_GOOD,
        "Accept-Ranges": "bytes",
    }
    if file.sha256:
        headers["ETag"] = f'"{file.sha256}"'
    static = StaticFile(str(release.folder / file.name), list(headers.items()))
    asked = dict(request.META)
    if asked.get("HTTP_IF_RANGE", static.etag) != static.etag:
        asked.pop("HTTP_RANGE", None)  # a part of what the reader has not begun to read is of no use
    answer = static.get_response(request.method, asked)
    response: HttpResponseBase = WhiteNoiseFileResponse(answer.file or (), status=answer.status)
    for header, value in answer.headers:
        response[header] = value
    return response
