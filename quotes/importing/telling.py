"""What is said of a row in the report: why words have no place, who came into question."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Person
from quotes.importing.placing import NotPlaced
from quotes.importing.speakers import Speaker
from quotes.refusals import SENTENCES


def not_placed(reason: NotPlaced, occurrence: int = 0) -> str:
    """Why the words were not found where the row says, and what to do."""
    match reason.code:
        case "alike":
            return _("The article has these words otherwise: “%(found)s”. Copy them from it, every character.") % {
                "found": reason.found
            }
        case "outside_body":
            return str(SENTENCES["span_inside_body"])
        case "several":
            return _several(int(reason.found))
        case "no_such_occurrence":
            return ngettext(
                "The article has these words only %(n)s time, so there is no occurrence %(number)s.",
                "The article has these words only %(n)s times, so there is no occurrence %(number)s.",
                int(reason.found),
            ) % {"n": reason.found, "number": occurrence}
        case "context_nowhere":
            return _("The context does not stand in the article. Copy it from there, every character.")
        case "context_several":
            return _("The article has the context several times. Copy a longer piece.")
        case "empty":
            return str(SENTENCES["quote_has_words"])
        case _:
            return _(
                "These words do not stand in the archived text of the article. Compare them with it; if the article "
                "has changed since, take it in again."
            )


def _several(number: int) -> str:
    return ngettext(
        "The article has these words more than once. Say which is meant: its number under “which occurrence”, or the "
        "text around them under “context”.",
        "The article has these words %(n)s times. Say which is meant: its number under “which occurrence”, or the text "
        "around them under “context”.",
        number,
    ) % {"n": number}


def speaker_told_apart(speaker: Speaker) -> str:
    """The name, who that is, and the public id."""
    about = speaker.about if isinstance(speaker, Person) else speaker.country
    return f"{speaker.name} ({', '.join(filter(None, (about, speaker.public_id)))})"
