"""Why a text is not taken in, told to a person: one sentence that says what to do, for the command and the admin."""

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "empty": _("There is no text in it. Check that this is the right file, or copy the article's text and paste it."),
    "too_large": _(
        "It is larger than %(max_bytes)s, the most that is taken; an article's page is far smaller. "
        "Copy the article's own text alone and paste it."
    ),
    "wrong_type": _(
        "It is neither a web page nor plain text, but %(media_type)s. "
        "Save the page as HTML, or copy the article's text and paste it."
    ),
    "wrong_encoding": _(
        "Its letters can't be read: the character encoding is not known. "
        "Save it as UTF-8, or copy the article's text and paste it."
    ),
    "no_text": _("No article was found on this page. Open it in a browser, copy the article's text and paste it."),
    "address": _("“%(address)s” is not a web address. Write the whole address, from https:// on."),
    "source_needed": _("Who published it? Choose the source, or add it."),
    "source_of_host": _("No source has the site %(host)s yet. Choose the source, or add it with this site."),
    "source_unknown": _(
        "No source is called “%(name)s”. Check the spelling, write its site instead, or add the source first."
    ),
    "source_ambiguous": _(
        "Several sources are called “%(name)s”. Write the id or the site of the one you mean: %(sources)s."
    ),
    "source_unclear": _("This very text is here from several sources. Choose the one that is meant."),
    "other_source": _(
        "The article at this address is on record as one of “%(source)s”. Choose that source, or correct the address."
    ),
    "language": _("“%(language)s” is not a language's code. Write two small letters, for example ru."),
    "date_unexplained": _("Say how the date of publication is known."),
    # What came of fetching a page.
    "fetch_scheme": _("Only addresses that begin with https:// or http:// are fetched. Check the address."),
    "fetch_credentials": _(
        "The address holds a name or a password, so it is not fetched. Take them out; a page behind a password can be "
        "saved in the browser and given as a file."
    ),
    "fetch_port": _(
        "The address names a port of its own on %(host)s; only the usual ones of web sites are visited. "
        "Save the page in the browser and give the file."
    ),
    "fetch_private": _(
        "“%(host)s” is not a place on the public internet, so it is not fetched. "
        "Save the page in the browser and give the file."
    ),
    "fetch_no_host": _("There is no site “%(host)s”. Check the spelling of the address."),
    "fetch_unreachable": _(
        "The site %(host)s does not answer. Try again later, or save the page in the browser and give the file."
    ),
    "fetch_too_slow": _(
        "The site %(host)s did not send the page within %(seconds)s seconds. "
        "Try again later, or save the page in the browser and give the file."
    ),
    "fetch_insecure": _(
        "The site %(host)s did not prove that it is the one it says it is: its certificate is not valid. "
        "Look at it in the browser; if it is the right one, save the page and give the file."
    ),
    "fetch_broken": _(
        "The site %(host)s sent something that can't be read. "
        "Try again later, or save the page in the browser and give the file."
    ),
    "fetch_status": _(
        "The site %(host)s answered with the error %(status)s. "
        "Try again later, or save the page in the browser and give the file."
    ),
    "fetch_busy": _("The site %(host)s asks to wait (%(status)s). Try again in some minutes."),
    "fetch_denied": _(
        "The site %(host)s does not give this page to us (%(status)s): it wants a login, a payment or a person. "
        "Open it in the browser, copy the article's text and paste it."
    ),
    "fetch_gone": _(
        "There is no such page any more on %(host)s. Check the address; an archive of the web may have kept the page, "
        "to be saved and given as a file."
    ),
    "fetch_loop": _(
        "The address leads on from page to page without end, lately on %(host)s. "
        "Open it in the browser, and give the address where it ends or the saved page."
    ),
    "fetch_front_page": _(
        "The address leads to the front page of %(host)s: the article is not there any more, or has moved. "
        "Look for it on the site, and give the address you find."
    ),
    "fetch_login": _(
        "The address leads to a page of %(host)s that asks to log in. "
        "Open the article in the browser, copy its text and paste it."
    ),
    "fetch_challenge": _(
        "The site %(host)s wants to see that a person is asking. "
        "Open the article in the browser, copy its text and paste it."
    ),
    "fetch_paywall": _(
        "This page says that its article is not free to read, so it may be cut short. "
        "Open it where you are subscribed, copy the whole text and paste it."
    ),
    "fetch_robots": _(
        "The site %(host)s asks programs not to visit this page (robots.txt). "
        "A person may still take the article in by hand."
    ),
    "fetch_robots_unknown": _(
        "The site %(host)s does not say which of its pages programs may visit: its robots.txt can't be had. "
        "It is tried again later."
    ),
    "no_feed": _("There is no feed (RSS or Atom) at this address. Look for its address on the site."),
    "worker_died": _(
        "It failed each time in a way that nobody foresaw, and was never finished. Tell the maintainer the address."
    ),
}

# The form's field that a refusal is about; all others are about the text or the file itself.
FIELDS = {
    "address": "address",
    "source_needed": "source",
    "source_of_host": "source",
    "source_unknown": "source",
    "source_ambiguous": "source",
    "source_unclear": "source",
    "other_source": "source",
    "language": "language",
    "date_unexplained": "published_known",
}


class NotTakenIn(Exception):  # noqa: N818 - the name says what happened
    """Nothing was stored; `str()` is a sentence in the reader's language that says what to do.

    `code` says why (a key of `SENTENCES`); `field` names the part of the input that it is about: address, source,
    language, published_known, or "" for the text itself.
    """

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return str(SENTENCES[self.code]) % self.params

    @property
    def field(self) -> str:
        return "address" if self.code.startswith("fetch_") else FIELDS.get(self.code, "")


def too_large(max_bytes: int) -> NotTakenIn:
    """The refusal of what is larger than `max_bytes`."""
    return NotTakenIn("too_large", max_bytes=filesizeformat(max_bytes))
