"""What may change at any moment is asked for again."""

import pytest

from quotes.withdrawing import withdraw
from tests import world

pytestmark = pytest.mark.django_db


def test_no_answer_about_a_statement_is_kept_without_asking_again(client):
    statement = world.published(label="осенний мост")
    address = statement.get_absolute_url()
    answers = [client.get(address), client.get(f"/s/{statement.public_id}/old-name"), client.get("/s/zzzzzzzz/x")]
    withdraw(statement, "Источник отозвал сообщение.", by=world.user("elena", "editor"))
    answers.append(client.get(address))
    assert [answer.status_code for answer in answers] == [200, 301, 404, 410]
    assert {answer["Cache-Control"] for answer in answers} == {"no-cache"}
