"""`manage.py rebuild_index` in the hands of a maintainer."""

import pytest
from django.core.management import CommandError, call_command

from quotes.pages.summaries import summaries
from quotes.search import published
from quotes.search.published import find, index
from tests import world

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("no_search_index")
def test_an_index_is_made_where_none_was(capsys):
    statement = world.published()
    call_command("rebuild_index")
    assert capsys.readouterr().out == "1 statements indexed\n"
    assert [found.id for found in find("мост", read=summaries).statements] == [statement.pk]


def test_a_running_indexer_is_told_of_in_a_sentence(search_index):
    search_index()
    with index().writer(), pytest.raises(CommandError, match=r"Another indexer .* stop it first"):
        call_command("rebuild_index")


def test_a_folder_that_can_not_be_made_is_told_in_a_sentence(client, settings, tmp_path):
    (tmp_path / "taken").write_text("")
    settings.SEARCH_INDEX_DIR = tmp_path / "taken" / "index"
    published.index.cache_clear()
    with pytest.raises(CommandError, match=r"can't be read .*taken"):
        call_command("rebuild_index")
    assert client.get("/search?q=мост").status_code == 503
    assert client.get("/health/ready").status_code == 503
    published.index.cache_clear()
