import pytest
from django.db import connection
from django.urls import reverse

from people import merging
from people.acting import acting
from people.merging import CannotMerge, doubts, merge, preview
from people.models import HistoryEntry, Participant, Person, PersonName
from quotes.models import Addressee, Statement
from quotes.reviewing import approve, submit
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def elena():
    return world.user("elena", "editor")


def publish(statement):
    anna, roman = world.user("anna", "annotator"), world.user("roman", "reviewer")
    with acting(anna):
        revision = submit(statement, by=anna)
    with acting(roman):
        approve(revision, by=roman)


@pytest.fixture
def twins():
    """One person entered twice: the record to go, and the one to stay."""
    return world.person("И. Озёрный", name_en="Ivan Ozyorny"), world.person("Иван Озёрный")


def test_every_foreign_key_to_a_person_that_the_database_has_is_moved():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, attname FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid"
            " AND attnum = ANY (conkey) WHERE contype = 'f' AND confrelid = 'people_person'::regclass"
        )
        in_database = set(cursor.fetchall())
    known = {(key.model._meta.db_table, key.column) for key in merging.references()}
    assert in_database == known
    assert ("quotes_statement", "speaker_id") in known


def test_everything_that_named_the_merged_record_names_the_one_that_stays(twins, elena):
    gone, stays = twins
    tenure = world.tenure(gone, world.office())
    meeting = world.meeting()
    Participant.objects.create(meeting=meeting, person=gone, role="host")
    statement = world.draft(speaker=gone, tenure=tenure, meeting=meeting)
    merge(gone, stays, by=elena)
    gone.refresh_from_db()
    tenure.refresh_from_db()
    statement.refresh_from_db()
    assert gone.merged_into == stays
    assert (tenure.person, statement.speaker, statement.tenure) == (stays, stays, tenure)
    assert [participant.person for participant in meeting.participants.all()] == [stays]


def test_what_was_published_stays_public_with_both_speaker_and_addressee_merged(twins, elena):
    gone, stays = twins
    ambassador, double = world.person("Посол Приморья"), world.person("Посол П.")
    statement = world.draft(speaker=gone, tenure=world.tenure(gone, world.office()))
    Addressee.objects.create(statement=statement, person=double)
    publish(statement)
    merge(gone, stays, by=elena)
    merge(double, ambassador, by=elena)
    assert statement in Statement.objects.published()
    assert [addressee.person for addressee in statement.addressees.all()] == [ambassador]
    assert not statement.authorships.filter(user=elena).exists()


def test_the_names_of_the_merged_record_find_the_one_that_stays(client, twins, elena):
    gone, stays = twins
    PersonName.objects.create(person=gone, text="Озерный И. И.", language="ru")
    merge(gone, stays, by=elena)
    client.force_login(elena)
    page = reverse("admin:people_person_change", args=[stays.pk])
    for name in ("И. Озёрный", "Ivan Ozyorny", "озерный и. и."):
        assert page in client.get(reverse("admin:people_person_changelist"), {"q": name}).content.decode()
    assert set(stays.names.values_list("text", flat=True)) == {"И. Озёрный", "Ivan Ozyorny", "Озерный И. И."}


@pytest.mark.parametrize("deleted", [0, 1])
def test_a_record_deleted_meanwhile_is_told(twins, elena, deleted):
    Person.objects.filter(pk=twins[deleted].pk).delete()
    with pytest.raises(CannotMerge) as caught:
        merge(*twins, by=elena)
    assert caught.value.code == "gone"


def test_what_both_records_have_is_there_once(twins, elena):
    gone, stays = twins
    meeting = world.meeting()
    for person in twins:
        Participant.objects.create(meeting=meeting, person=person, role="guest")
        PersonName.objects.create(person=person, text="Озёрный", language="ru")
    PersonName.objects.create(person=stays, text="И. Озёрный", language="ru")
    done = merge(gone, stays, by=elena)
    assert meeting.participants.count() == 1
    assert stays.names.filter(text="Озёрный").count() == 1
    assert stays.names.filter(text="И. Озёрный").count() == 1
    assert {move.key.name: (move.moved, move.dropped) for move in done.moves} == {"person": (0, 1)}


def test_the_same_guest_in_two_roles_keeps_both(twins, elena):
    gone, stays = twins
    meeting = world.meeting()
    Participant.objects.create(meeting=meeting, person=gone, role="speaker")
    Participant.objects.create(meeting=meeting, person=stays, role="guest")
    merge(gone, stays, by=elena)
    assert sorted(meeting.participants.values_list("role", "person")) == [("guest", stays.pk), ("speaker", stays.pk)]


def test_earlier_redirects_lead_straight_to_the_record_that_stays(twins, elena):
    gone, stays = twins
    earlier = world.person("Озёрный")
    merge(earlier, gone, by=elena)
    merge(gone, stays, by=elena)
    earlier.refresh_from_db()
    assert earlier.merged_into == stays


def test_a_record_is_not_merged_into_itself_nor_twice_nor_into_a_merged_one(twins, elena):
    gone, stays = twins
    other = world.person("Пётр Лесной")
    with pytest.raises(CannotMerge) as refused:
        merge(gone, gone, by=elena)
    assert refused.value.code == "same"
    merge(gone, stays, by=elena)
    with pytest.raises(CannotMerge) as refused:
        merge(gone, other, by=elena)
    assert refused.value.code == "merged_already"
    with pytest.raises(CannotMerge) as refused:
        merge(other, gone, by=elena)
    assert refused.value.code == "into_merged"


def test_a_stale_copy_of_a_record_does_not_hide_that_it_was_merged_meanwhile(twins, elena):
    gone, stays = twins
    stale = Person.objects.get(pk=gone.pk)
    merge(gone, stays, by=elena)
    with pytest.raises(CannotMerge):
        merge(stale, world.person("Пётр Лесной"), by=elena)


def test_who_held_one_office_twice_is_merged_and_the_doubt_is_told(twins, elena):
    gone, stays = twins
    post = world.office()
    world.tenure(gone, post, "2010-01-01", "2015-01-01")
    world.tenure(stays, post, "2020-01-01", "..")
    assert doubts(gone, stays).offices == [post]
    merge(gone, stays, by=elena)
    assert stays.tenures.count() == 2


def test_the_preview_tells_what_the_merge_does_and_changes_nothing(twins, elena):
    gone, stays = twins
    world.draft(speaker=gone)
    meeting = world.meeting()
    for person in twins:
        Participant.objects.create(meeting=meeting, person=person, role="guest")
    foreseen = preview(gone, stays)
    assert doubts(gone, stays).meetings == [meeting]
    assert Statement.objects.get().speaker == gone
    assert foreseen == merge(gone, stays, by=elena)


def test_the_history_says_who_merged_and_what_moved(twins, elena):
    gone, stays = twins
    statement = world.draft(speaker=gone)
    merge(gone, stays, by=elena)
    merged = HistoryEntry.objects.filter(table_name="people_person", row_id=gone.pk).first()
    moved = HistoryEntry.objects.filter(table_name="quotes_statement", row_id=statement.pk).first()
    assert (merged.user, merged.after) == (elena, {"merged_into_id": stays.pk})
    assert (moved.user, moved.before, moved.after) == (elena, {"speaker_id": gone.pk}, {"speaker_id": stays.pk})
