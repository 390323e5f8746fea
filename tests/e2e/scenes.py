"""What tests have done on a running site by the application's own functions, in a process of its own.

`python -m tests.e2e.scenes` reads lines of JSON, each the name of a function and its arguments, and writes what it
answers, until there are no more lines or one fails. Tests ask it by `site.play`: so they need no Django beside the
browser in their own process.
"""

import json
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - as below
from django.db import connection  # noqa: E402 - this is a program, and models need Django set up
from django.urls import reverse  # noqa: E402 - this is a program, and models need Django set up
from django.utils import timezone  # noqa: E402 - as above

from articles.ingest import ingest, pasted  # noqa: E402 - as above
from articles.models import Feed  # noqa: E402 - this is a program, and models need Django set up
from people.acting import acting  # noqa: E402 - as above
from people.models import HistoryEntry, Person  # noqa: E402 - as above
from quotes import suggesting  # noqa: E402 - as above
from quotes.assigning import finish, next_for  # noqa: E402 - as above
from quotes.models import DoubleShare, Reading, Statement, Suggestion, Topic  # noqa: E402 - as above
from quotes.reviewing import lacking, send_back  # noqa: E402 - as above
from quotes.reviewing import submit as submit_anew  # noqa: E402 - as above
from tests import world  # noqa: E402 - as above
from tests.e2e import equality  # noqa: E402 - as above
from tests.e2e.programs import ANSWER  # noqa: E402 - as above


def demo():
    """The demo's record, with what the machine finds in its texts."""
    call_command("load_demo", stdout=sys.stderr)
    suggesting.read_waiting(1000)


def publish(topics):
    """Published statements of one speaker at one meeting in one article, each with a topic of its own of that name."""
    of, meeting, made = world.snapshot(), world.meeting(), []
    for name in topics:
        statement = world.published(of=of, meeting=meeting)
        topic = Topic.objects.create(name_ru=name)
        statement.topics.add(topic)
        made.append({"id": statement.pk, "topic": topic.pk, "address": statement.get_absolute_url()})
    return made


def to_search(each):
    """Published statements of two speakers of an article, `each` of either, in two years, and one of another wording."""
    words = ["Мост строят вдвоём", "Паром отменят весной"]
    of = world.snapshot(f"Было сказано: «{words[0]}». И ещё: «{words[1]}».")
    for number, name in enumerate(("Иван Озёрный", "Вера Луговая")):
        speaker = world.person(name)
        for _ in range(each):
            spoken = {"spoken": f"203{number + 1}-05-04", "attribution": ""}
            world.published(of=of, words=(words[0],), speaker=speaker, **spoken)
    world.published(of=of, words=(words[1],), speaker=speaker, attribution="", spoken="2033")


def submit():
    """A statement of Anna's that waits for review: its number."""
    return world.submitted(by=world.user("anna", "annotator"), of=world.snapshot()).pk


def articles(titles):
    """Articles of these titles, in this order, with a text in which nothing is quoted; the machine has read them."""
    for title in titles:
        of = world.snapshot("В городе прошёл дождь.")
        of.article.title = title
        of.article.save()
    suggesting.read_waiting(100)


def read_again():
    """As if a newer engine, which finds the same, had read every text; how many."""
    Reading.objects.update(engine=0)
    return suggesting.read_waiting(100)


def decided():
    """The states of all suggestions that somebody has decided on."""
    return sorted(Suggestion.objects.exclude(state="open").values_list("state", flat=True))


def editor(name):
    """The number of an editor's account."""
    return world.user(name, "editor").pk


def differences(formerly=(), within=90):
    """In what the index differs from the database: nothing, or what still differs after `within` seconds.

    `formerly` are words that stood in records and should no longer be found where they don't.
    """
    expected = equality.of_database(formerly)
    deadline = time.monotonic() + within
    while found := equality.compare(expected):
        if time.monotonic() > deadline:
            break
        time.sleep(0.05)
    return found


def sample_article(text):
    """The report taken in, with its day, its speaker and its occasion on record, and read by the machine; its page."""
    world.person("Александр Лукашенко")
    meeting = world.meeting("Встреча с послом Казахстана", start="2024-03-04", start_known="other")
    of = world.snapshot(text, (0, text.index("-0-")))
    type(of.article).objects.update(published="2024-03-04", published_known="address")
    suggesting.read(of.pk)
    return {"page": page_of(of), "meeting": str(meeting)}


def pasted_article(text, source, address="", is_read=False):
    """The text taken in as one that was pasted, of a source of that name; the machine has read it or not; its page."""
    of = ingest(pasted(text), method="paste", by=None, source=world.source(source), address=address).snapshot
    if is_read:
        suggesting.read(of.pk)
    return {"page": page_of(of)}


def article_at_work():
    """An article with a saved quote of Anna's and, behind it, a suggestion; the machine has read it. Its page."""
    of = world.snapshot()
    world.draft(by=world.user("anna"), of=of)
    world.suggestion(of, world.ROADS, speaker=world.person(), kind="indirect")
    note_reading(of, found=1)
    return {"page": page_of(of)}


def article_of_suggestions(words):
    """An article in which the machine suggests these words, all of one speaker; an occasion is on record. Its page."""
    of, speaker = world.snapshot(), world.person()
    world.meeting()
    for said in words:
        world.suggestion(of, said, speaker=speaker)
    note_reading(of, found=len(words))
    return {"page": page_of(of)}


def second_report():
    """A statement is published; the machine suggests what another article reports of it. That article's page."""
    speaker = world.published().speaker
    said = "Мост построят к осени"
    of = world.snapshot(f"{said}, сообщил {speaker}.\nПо материалам газеты.")
    world.suggestion(of, said, speaker=speaker, kind="indirect")
    note_reading(of, found=1)
    return {"page": page_of(of)}


def reports():
    """Of every statement the words of all its quotes."""
    return [sorted(quote.words for quote in one.quotes.all()) for one in Statement.objects.all()]


def article_of_a_stranger(name, on_record):
    """The machine suggests a statement of somebody it finds no record of; one person is on record. Its page."""
    world.person(on_record)
    of = world.snapshot()
    world.suggestion(of, speaker_name=name)
    note_reading(of, found=1)
    return {"page": page_of(of)}


def speakers():
    """The names of all people on record, in the alphabet's order."""
    return sorted(one.name_ru for one in Person.objects.all())


def long_article(words=20_000, spans=300):
    """An invented article of so many words, half of its spans saved as quotes, the others suggested; its page."""
    sentence = "Мост номер {} через реку построят к осени, а дороги возле него отремонтируют ещё раньше"
    length = len(sentence.split())
    lines = [f"«{sentence.format(number)}», — сказал Иван Озёрный.\n" for number in range(words // (length + 3) + 1)]
    speaker, anna = world.person(), world.user("anna", "annotator")
    of = world.snapshot("".join(lines))
    for number in range(spans):
        said = sentence.format(number)
        if number % 2:
            world.draft(by=anna, of=of, words=(said,), speaker=speaker, attribution="")
        else:
            world.suggestion(of, said, speaker=speaker, kind=("direct", "indirect", "mixed")[number % 3])
    note_reading(of, found=spans // 2)
    return {"page": page_of(of), "words": len(of.text.split())}


def note_reading(of, found):
    """As if the machine had just read the text and found so many suggestions."""
    now = timezone.now()
    told = {"language": "ru", "published": "2031-05-05", "body_start": of.body_start, "body_end": of.body_end}
    Reading.objects.create(snapshot=of, engine=suggesting.ENGINE, started_at=now, finished_at=now, found=found, **told)


def article_for_reading():
    """An invented article with its speaker on record; the machine has a suggestion for it."""
    world.person()
    of = world.snapshot()
    world.suggestion(of, "Работы", speaker_name="Мария Машинова")
    return {"title": of.article.title}


def read_by_two():
    """Anna and Boris have read an article independently: they agree on the bridge, and differ on the roads."""
    of, anna, boris = world.snapshot(), world.user("anna", "annotator"), world.user("boris", "annotator")
    DoubleShare.objects.create(pk=DoubleShare.THE_ONE, percent=100)
    for user, kind in ((anna, "indirect"), (boris, "mixed")):
        with acting(user):
            next_for(user)
        world.draft(by=user, of=of)
        world.draft(by=user, of=of, words=(world.ROADS,), kind=kind)
    for user in (anna, boris):
        with acting(user):
            finish(of.article, "annotated", by=user)


def everything(name, text):
    """Something of each kind for the account of that name to look at in the admin: addresses by what is there."""
    user, anna, roman = world.user(name), world.user("anna", "annotator"), world.user("roman", "reviewer")
    sample, empty = sample_article(text), world.snapshot("В городе прошёл дождь.")
    waits = world.submitted(by=anna, label="смешной мост")
    other = {"by": user, "occasion_not_named": True}
    returned = world.submitted(of=world.snapshot(), **other)
    with acting(roman):
        send_back(returned.current_revision, "Какой мост?", by=roman)
    changed = world.published(of=world.snapshot(), reviewer=roman, **other)
    with acting(anna):
        Statement.objects.filter(pk=changed.pk).update(label="мост у ярмарки")
        submit_anew(changed, by=anna)
    source = empty.article.source
    Feed.objects.create(source=source, address="https://vymysel.example/rss", title="Лента «Вымысла»")
    person = world.person("Пётр Лесной")
    first = HistoryEntry.objects.filter(table_name="people_person", row_id=person.pk).values_list("pk", flat=True)[0]
    with acting(anna):
        type(person).objects.filter(pk=person.pk).update(about="лесник")
    world.person("Лишний").delete()
    return {
        "suggestions": sample["page"],
        "empty": page_of(empty),
        "review": reverse("admin:quotes_review", args=[waits.public_id]),
        "returned statement": reverse("admin:quotes_review", args=[returned.public_id]),
        "changed statement": reverse("admin:quotes_review", args=[changed.public_id]),
        "work": reverse("admin:quotes_article_work", args=[empty.article.public_id]),
        "source": reverse("admin:articles_source_change", args=[source.pk]),
        "feed": reverse("admin:articles_feed_change", args=[source.feeds.get().pk]),
        "history": reverse("admin:people_person_history", args=[person.pk]),
        "restore": reverse("admin:people_person_restore", args=[person.pk, first]),
        "history of a statement": reverse("admin:quotes_statement_history", args=[changed.pk]),
    }


def page_of(of):
    return reverse("admin:quotes_annotate", args=[of.public_id])


def drafts():
    """Of every draft of the record: its words' places, its kind, speaker, day and occasion, and what it lacks."""
    return [
        {
            "parts": [[span.start, span.end] for span in one.lead.spans.all()],
            "kind": one.lead.kind,
            "speaker": one.speaker_name,
            "spoken": one.spoken,
            "meeting": str(one.meeting or ""),
            "lacking": [str(sentence) for sentence in lacking(one)],
        }
        for one in Statement.objects.order_by("lead__spans__start")
    ]


if __name__ == "__main__":
    for line in sys.stdin:
        name, arguments = json.loads(line)
        answer = globals()[name](**arguments)
        # By the next line the database may be another one of the same name.
        connection.close()
        connection.close_pool()
        sys.stdout.write(f"{ANSWER}{json.dumps(answer)}\n")
        sys.stdout.flush()
