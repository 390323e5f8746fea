"""The one hash that a snapshot is held to: the database and Python compute the same, and nobody else can guess by it."""

import hashlib

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Proof
from articles.models.proof import hash_of_hashes, paragraphs, word_hash
from articles.text import normalise
from tests import world

pytestmark = pytest.mark.django_db


def computed(text, proof):
    return hash_of_hashes(
        [
            hash_of_hashes([word_hash(proof.salt(at, place), word) for place, word in enumerate(words)])
            for at, words in enumerate(paragraphs(text))
        ]
    ).hex()


def test_a_snapshot_has_a_proof_from_its_first_moment():
    of = world.snapshot()
    assert len(of.proof.secret) == 32
    assert of.proof.root == computed(of.text, of.proof)


@given(st.text(st.sampled_from("аЁ. \n\t\u00a0«🙂"), max_size=40))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_and_python_hash_any_text_alike(text):
    text = normalise(text)
    proof = Proof(secret=bytes(range(32)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT snapshot_proof(%s, %s)", [text, proof.secret])
        assert cursor.fetchone()[0] == computed(text, proof)


def test_the_same_text_has_another_proof_each_time():
    one, other = world.snapshot(), world.snapshot(article=None, address="https://vestnik.example/2")
    assert one.text == other.text
    assert one.proof.root != other.proof.root


def test_whatever_is_written_into_a_proof_the_database_computes_it_itself():
    of = world.snapshot()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE articles_proof DISABLE TRIGGER proof_never_changes")
        cursor.execute("DELETE FROM articles_proof")
        cursor.execute("INSERT INTO articles_proof (snapshot_id, secret, root) VALUES (%s, 'known', 'chosen')", [of.pk])
    proof = Proof.objects.get(snapshot=of)
    assert len(proof.secret) == 32
    assert proof.root == computed(of.text, proof)


def test_a_word_can_not_be_guessed_by_its_hash_alone():
    of = world.snapshot()
    shown = hashlib.sha256(b"".join([of.proof.salt(0, 0), b"x"])).hexdigest()
    assert hashlib.sha256("Глава".encode()).hexdigest() != word_hash(of.proof.salt(0, 0), "Глава").hex() != shown
    assert word_hash(of.proof.salt(0, 0), "Глава") != word_hash(of.proof.salt(0, 1), "Глава")
