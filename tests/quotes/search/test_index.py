import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quotes.search import schema
from quotes.search.index import Index, IndexLocked, IndexUnavailable, Position
from quotes.search.query import parse
from tests.quotes.search.conftest import START, fill, found, statement

ROOT = Path(__file__).resolve().parents[3]
LATER = Position("first", 200, 7)


@pytest.fixture
def other_process():
    """Starts a Python that writes to the index; what it prints says how far it is."""
    started = []

    def start(path, body):
        code = (
            "import sys; from pathlib import Path\n"
            "from quotes.search.index import *\n"
            "from tests.quotes.search.conftest import START, statement\n"
            f"index = Index(Path({str(path)!r}))\n" + body
        )
        child = subprocess.Popen(
            [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        started.append(child)
        return child

    yield start
    for child in started:
        child.kill()
        child.communicate()


def generations(path):
    return [child.name for child in path.iterdir() if child.is_dir()]


def write_after_deleting(writer, path):
    shutil.rmtree(path)
    writer.replace([statement(9, "в никуда")], [], LATER)


def test_replacing_changes_what_is_found_and_keeps_one_of_each(filled):
    with filled.writer() as writer:
        writer.replace([statement(1, "Совсем другое"), statement(4, "Новое слово")], [2], LATER)
    assert found(filled, "миллиард") == []
    assert found(filled, "другое") == [1]
    assert sorted(found(filled, "")) == [1, 3, 4]
    assert filled.position() == LATER


def test_the_same_document_twice_in_one_call_is_there_once(filled):
    with filled.writer() as writer:
        writer.replace([statement(5, "первое"), statement(5, "второе")], [5], LATER)
    assert found(filled, "первое") == []
    assert found(filled, "второе") == [5]


def test_the_position_is_committed_with_the_documents(filled):
    assert filled.position() == START

    def broken():
        yield statement(6, "не должно попасть")
        raise RuntimeError("the source of documents broke")

    with filled.writer() as writer:
        with pytest.raises(RuntimeError):
            writer.replace(broken(), [2], LATER)
        assert filled.position() == writer.position() == START
        assert sorted(found(filled, "")) == [1, 2, 3]
        writer.replace([], [1], LATER)
    assert filled.position() == LATER
    assert sorted(found(filled, "")) == [2, 3]


def test_the_position_is_never_a_hit(filled):
    assert sorted(found(filled, "-миллиард")) == [2, 3]


def test_a_statement_whose_texts_hold_no_word_is_still_one(index):
    fill(index, statement(1, ("…", ""), label="🙂"))
    assert found(index, "") == [1]


def test_an_index_without_statements_is_an_index(index):
    fill(index)
    assert not index.needs_rebuild()
    assert found(index, "") == []


def test_where_no_index_is_a_search_says_what_to_do(index):
    assert index.needs_rebuild()
    with pytest.raises(IndexUnavailable, match="start the indexer"):
        found(index, "миллиард")
    with pytest.raises(IndexUnavailable, match="rebuilt"), index.writer():
        pass


def test_the_old_index_answers_until_the_new_one_is_whole(filled, tmp_path):
    with filled.rebuild() as writer:
        writer.replace([statement(8, "новый миллиард")], [], LATER)
        assert found(filled, "миллиард") == [1]
        writer.replace([statement(9, "ещё один миллиард")], [], LATER)
    assert sorted(found(filled, "миллиард")) == [8, 9]
    assert len(generations(tmp_path / "index")) == 1


def test_a_rebuild_that_fails_leaves_the_old_index(filled, tmp_path):
    with pytest.raises(ZeroDivisionError), filled.rebuild() as writer:
        writer.replace((statement(number, "миллиард", speaker=1 // (8 - number)) for number in (7, 8)), [], LATER)
    assert found(filled, "миллиард") == [1]
    assert len(generations(tmp_path / "index")) == 1
    with pytest.raises(IndexUnavailable, match="position"), filled.rebuild():
        pass


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("many", [0, 50_000])
def test_the_next_ones_are_found_however_far_away_their_days_are(index, tmp_path, monkeypatch, order, many):
    monkeypatch.setattr("quotes.search.index.MANY", many)
    days = ["2001-05-01", "2024-03-04", "2024-03-04", "2024-03-05", "2024-04-04", "2024-04-05", "2024-04-06", None]
    fill(index, *(statement(number, "мост", day=day) for number, day in enumerate(days, 1)))
    every = found(index, "мост", order=order, limit=100)
    assert sorted(every) == [1, 2, 3, 4, 5, 6, 7, 8]
    walked, after = [], None
    while True:
        page = index.search(parse("мост"), order=order, after=after, limit=2)
        assert (page.start, page.total) == (len(walked), 8)
        # Whoever comes here from elsewhere is told the same as who turned the pages.
        assert Index(tmp_path / "index").search(parse("мост"), order=order, after=after, limit=2) == page
        walked += [hit.id for hit in page.hits]
        if page.next_after is None:
            break
        after = page.next_after
    assert walked == every


def test_another_analysis_needs_a_rebuild_and_is_read_meanwhile(filled, monkeypatch):
    monkeypatch.setattr("quotes.search.index.VERSION", f"{schema.SCHEMA_VERSION}.next")
    assert filled.needs_rebuild()
    assert found(filled, "миллиард") == [1]
    with pytest.raises(IndexUnavailable), filled.writer():
        pass


def test_another_schema_cannot_be_read(filled, tmp_path):
    pointer = tmp_path / "index" / "CURRENT"
    pointer.write_text(json.dumps(json.loads(pointer.read_text()) | {"version": "0.1"}))
    assert filled.needs_rebuild()
    with pytest.raises(IndexUnavailable, match="another version"):
        found(filled, "миллиард")


def test_a_deleted_index_is_missed_at_once_and_can_be_rebuilt(filled, tmp_path):
    assert found(filled, "миллиард") == [1]
    shutil.rmtree(tmp_path / "index")
    with pytest.raises(IndexUnavailable):
        found(filled, "миллиард")
    assert filled.needs_rebuild()
    fill(filled, statement(1, "снова миллиард"))
    assert found(filled, "миллиард") == [1]


@pytest.mark.parametrize("part", ["meta.json", "CURRENT"])
@pytest.mark.parametrize("content", ["", '{"half'])
def test_a_half_written_index_is_told_and_can_be_rebuilt(filled, tmp_path, part, content):
    [file] = (tmp_path / "index").rglob(part)
    file.write_text(content)
    fresh = Index(tmp_path / "index")
    with pytest.raises(IndexUnavailable):
        found(fresh, "миллиард")
    assert fresh.needs_rebuild()
    fill(fresh, statement(1, "снова миллиард"))
    assert found(fresh, "миллиард") == found(filled, "миллиард") == [1]


@pytest.mark.parametrize("ending", ["idx", "term", "fast", "pos", "fieldnorm", "store"])
def test_a_truncated_part_of_the_index_is_told_and_can_be_rebuilt(filled, tmp_path, ending):
    for file in (tmp_path / "index").rglob(f"*.{ending}"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    fresh = Index(tmp_path / "index")
    assert fresh.needs_rebuild()
    with pytest.raises(IndexUnavailable):
        found(fresh, "миллиард")


# Not the positions: a segment without that file is one without phrases for tantivy.
@pytest.mark.parametrize("ending", ["idx", "term", "fast", "fieldnorm", "store"])
def test_a_part_that_goes_while_the_index_is_open_is_missed(filled, tmp_path, ending):
    assert found(filled, "миллиард") == [1]
    for file in (tmp_path / "index").rglob(f"*.{ending}"):
        file.unlink()
    assert filled.needs_rebuild()
    with pytest.raises(IndexUnavailable), filled.writer():
        pass


def test_a_writer_whose_folder_was_deleted_notices(filled, tmp_path):
    with filled.writer() as writer:
        shutil.rmtree(tmp_path / "index")
        with pytest.raises(IndexUnavailable, match="rebuild"):
            writer.replace([statement(9, "в никуда")], [], LATER)


def test_a_rebuild_whose_folder_was_deleted_notices(index, tmp_path):
    with pytest.raises(IndexUnavailable, match="rebuild"), index.rebuild() as writer:
        write_after_deleting(writer, tmp_path / "index")
    assert index.needs_rebuild()


def test_an_index_deleted_behind_its_pointer_is_told(filled, tmp_path):
    assert found(filled, "миллиард") == [1]
    for name in generations(tmp_path / "index"):
        shutil.rmtree(tmp_path / "index" / name)
    with pytest.raises(IndexUnavailable, match="rebuild"):
        found(filled, "миллиард")
    assert filled.needs_rebuild()


def test_what_a_killed_rebuild_left_is_swept_away(filled, tmp_path):
    left = [tmp_path / "index" / "CURRENT.generation-of-old", tmp_path / "index" / "generation-of-old"]
    left[0].touch()
    left[1].mkdir()
    with filled.writer():
        assert not any(path.exists() for path in left)
    assert found(filled, "миллиард") == [1]


def test_a_writer_whose_folder_was_replaced_leaves_the_new_one_alone(filled, tmp_path):
    with filled.writer() as writer:
        shutil.rmtree(tmp_path / "index")
        fill(Index(tmp_path / "index"), statement(1, "новый миллиард"))
        with pytest.raises(IndexUnavailable, match="rebuild"):
            writer.replace([statement(9, "старый миллиард")], [], LATER)
    assert found(filled, "миллиард") == [1]
    assert filled.position() == START


def test_a_second_writer_is_told_that_there_is_one(filled, tmp_path, other_process):
    with filled.writer():
        with pytest.raises(IndexLocked, match="Another indexer"), Index(tmp_path / "index").rebuild():
            pass
        child = other_process(
            tmp_path / "index",
            "try:\n    with index.writer(): pass\nexcept IndexLocked as locked: print(locked)\n",
        )
        assert "Another indexer" in child.communicate(timeout=120)[0]


def test_a_killed_writer_leaves_no_lock_and_half_of_nothing(filled, tmp_path, other_process):
    child = other_process(
        tmp_path / "index",
        "with index.rebuild() as writer:\n"
        "    writer.replace([statement(9, 'недописанный миллиард')], [], START)\n"
        "    print('half', flush=True); sys.stdin.read()\n",
    )
    assert child.stdout.readline() == "half\n"
    with pytest.raises(IndexLocked), filled.writer():
        pass
    child.send_signal(signal.SIGKILL)
    child.wait(timeout=120)
    assert found(filled, "миллиард") == [1]
    with filled.writer() as writer:
        writer.replace([statement(4, "другой миллиард")], [], LATER)
    assert sorted(found(filled, "миллиард")) == [1, 4]
    assert len(generations(tmp_path / "index")) == 1


def test_what_another_process_commits_is_found_at_the_next_search(filled, tmp_path, other_process):
    child = other_process(
        tmp_path / "index",
        "with index.writer() as writer:\n"
        "    for line in sys.stdin:\n"
        "        writer.replace([statement(int(line), 'срочный миллиард')], [], START)\n"
        "        print('done', flush=True)\n",
    )
    for number in (21, 22, 23):
        child.stdin.write(f"{number}\n")
        child.stdin.flush()
        assert child.stdout.readline() == "done\n"
        assert number in found(filled, "срочный")


def test_a_search_never_fails_while_another_process_rebuilds(filled, tmp_path, other_process):
    child = other_process(
        tmp_path / "index",
        "for turn in range(12):\n"
        "    with index.rebuild() as writer:\n"
        "        writer.replace([statement(1, f'миллиард {turn}')], [], START)\n"
        "print('done', flush=True)\n",
    )
    searches = 0
    while child.poll() is None:
        assert found(filled, "миллиард") == [1]
        searches += 1
        time.sleep(0.0005)
    assert child.returncode == 0
    assert searches > 20
    assert found(filled, "миллиард 11") == [1]
