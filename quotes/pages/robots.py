"""What programs that read the whole site may fetch (RFC 9309)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from quotes.pages.reading import read_only


@read_only
def robots(request: HttpRequest) -> HttpResponse:
    """Every page, but no combinations of a search, no later pages of a list, and nothing that is for researchers.

    Drafts need no rule: they have no address that answers.
    """
    search = reverse("search")
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        f"Disallow: {search}?",
        # The longer rule holds, so that the list of all statements is read in each language.
        *(f"Allow: {search}?lang={code}$" for code in settings.SPOKEN_LANGUAGES),
        "Disallow: /*?after=",
        "Disallow: /*&after=",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
