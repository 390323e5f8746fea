"""What tests of the API share: the routes, and a small published record with everything in it."""

import pytest

from people.models import Organization
from quotes.models import Topic
from tests import world


@pytest.fixture
def record(search_index):
    """Three published statements: direct and telling all, indirect of an imprecise date, and an organization's of two spans."""
    ministry = Organization.objects.create(name_ru="Министерство мостов", aliases=["Минмост"], country="BY")
    speaker = world.person(about="глава Заречья")
    speaker.names.create(text="Озёрный И.")
    held = world.tenure(speaker, world.office(organization=ministry, epithets=["глава Заречья"]))
    broad = Topic.objects.create(name_ru="Транспорт")
    topic = Topic.objects.create(name_ru="Мосты", parent=broad)
    meeting = world.meeting()
    meeting.participants.create(person=speaker, role="host")
    of = world.snapshot(address="https://vestnik.example/most")
    first = world.draft(of=of, speaker=speaker, tenure=held, meeting=meeting, label="осенний мост")
    first.topics.add(topic)
    first.addressees.create(in_words="журналисты")
    second = world.draft(of=of, words=(world.ROADS,), kind="indirect", speaker=speaker, spoken="2031-35")
    third = world.draft(
        of=world.snapshot(world.TEXT + " ", source=world.source("Другой вестник (вымышлен)")),
        words=("Работы", "уже идут"),
        kind="mixed",
        speaker_organization=ministry,
        spoken="2030",
    )
    made = [world.publish(one) for one in (first, second, third)]
    search_index()
    return made
