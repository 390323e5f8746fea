"""What no field of a reference manager holds, in sentences that travel with the reference."""

from people.edtf import write
from quotes.citing.cited import Cited
from quotes.citing.phrases import PHRASES


def notes(cited: Cited) -> list[str]:
    """Whose words these are, when they were said and how that is known, where they are printed, the record's address."""
    phrases = PHRASES[cited.told_in]
    told = [phrases.notes[cited.kind]]
    who = ", ".join(filter(None, [cited.speaker, cited.office]))
    if who:
        told.append(f"{who}.")
    if cited.attribution and not cited.speaker:
        told.append(f"{phrases.not_identified} ({phrases.as_printed.format(cited.attribution)}).")
    if cited.spoken:
        how = f" ({phrases.known[cited.spoken_known]})" if cited.spoken_known else ""
        told.append(phrases.said.format(f"{write(cited.spoken, cited.told_in)}{how}"))
    how = phrases.quoted_in if cited.is_direct else phrases.reported_in
    printed = phrases.published.format(write(cited.published, cited.told_in)) if cited.published else ""
    told.append(f"{how}: {', '.join(filter(None, [cited.title, cited.source, printed]))}.")
    told.append(f"{phrases.database}: {cited.permanent}")
    return told
