"""What a search finds, and how the index keeps up with the ledger."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from making import SENTENCE, account, bare, failed, story

from sample_damage import DAMAGES, Damage, garbage
from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.ledger.search import Found, search
from sayso.ledger.search_index import SearchIndex, snippets


def fill(ledger: Ledger) -> Ledger:
    ledger.append(
        [
            account(),
            account(
                f"{SENTENCE}\n\nWheat is dear. {story('k')}",
                title="Wheat",
                publisher="The Courier",
                published="2024-10-25",
                statement={"act": "deny"},
                event={"type": "CONSULT", "mode": None, "confidence": 0.9},
            ),
            bare("Wheat is cheap, says nobody.", title="Markets", published="2024-11-01", language="en"),
            failed("wheat.txt"),
        ]
    )
    return ledger


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    return fill(ledger)


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """Return a ledger as ``filled``, for tests that only search."""
    return fill(Ledger(tmp_path_factory.mktemp("search") / "ledger", create=True))


def titles(found: Found) -> list[str | None]:
    return [hit.document["title"] for hit in found.hits]


def indexed(ledger: Ledger) -> int:
    with closing(sqlite3.connect(SearchIndex(ledger.path).path)) as database:
        return int(database.execute("SELECT count(*) FROM known").fetchone()[0])


def test_words_find_documents_the_best_first(unchanged: Ledger) -> None:
    found = search(unchanged, "wheat")
    assert found.total == 2
    assert set(titles(found)) == {"Wheat", "Markets"}
    assert [hit.score for hit in found.hits] == sorted((hit.score or 0 for hit in found.hits), reverse=True)
    assert all("[Wheat] is" in hit.snippet for hit in found.hits)
    assert found.hits[0].statements == []
    assert search(unchanged, "barley").hits == []
    assert titles(search(unchanged, '"wheat is cheap"')) == ["Markets"]
    assert titles(search(unchanged, "wheat -cheap")) == ["Wheat"]


def test_a_title_counts_for_more_than_a_text(ledger: Ledger) -> None:
    ledger.append([bare("Nothing on barley.", title="One"), bare("Nothing on anything.", title="Barley")])
    assert titles(search(ledger, "barley")) == ["Barley", "One"]


def test_without_words_the_newest_come_first_and_the_undated_last(unchanged: Ledger) -> None:
    found = search(unchanged)
    assert titles(found) == ["Markets", "Wheat", "Shells on El Fasher", None]
    assert {hit.score for hit in found.hits} == {None}
    assert {hit.snippet for hit in found.hits} == {""}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"speaker": "NOR"}, ["Wheat", "Shells on El Fasher"]),
        ({"speaker": "NOR", "act": "deny"}, ["Wheat"]),
        ({"act": ["say", "deny"]}, ["Wheat", "Shells on El Fasher"]),
        ({"act": "say", "actor": "SDN"}, ["Shells on El Fasher"]),
        ({"act": "say", "actor": "SDN", "type": "CONSULT"}, []),
        ({"actor": "Army of Sudan", "type": "CONSULT", "act": "deny", "publisher": "The Courier"}, ["Wheat"]),
        ({"recipient": "SDN"}, []),
        ({"type": "assault", "mode": "artillery", "place": "El Fasher", "country": "SDN"}, ["Shells on El Fasher"]),
        ({"category": "Siege", "quad": 4, "factuality": "CT+", "mode": "artillery"}, ["Shells on El Fasher"]),
        ({"voucher": "Anna Berg"}, ["Wheat", "Shells on El Fasher"]),
        ({"min_confidence": 0.85, "actor": "SDN"}, ["Wheat"]),
        ({"publisher": "the courier"}, ["Wheat"]),
        ({"language": "en", "publisher": "The Herald"}, ["Shells on El Fasher"]),
        ({"since": "2024-10-25", "until": "2024-10"}, ["Wheat"]),
        ({"since": "2024-11"}, ["Markets"]),
        ({"since": "2024-10-22", "actor": "SDN"}, []),
        ({"until": "2024-10-21", "actor": "SDN"}, ["Wheat", "Shells on El Fasher"]),
        ({"since": "2024-10-25", "speaker": "Anna Berg"}, ["Wheat"]),
    ],
)
def test_filters_hold_together_with_each_other_and_with_words(
    unchanged: Ledger, given: dict[str, str], found: list[str]
) -> None:
    assert titles(search(unchanged, **given)) == found
    with_words = search(unchanged, "wheat", **given)
    assert set(titles(with_words)) == set(found) & {"Wheat", "Markets"}
    assert with_words.total == len(with_words.hits)


def test_the_items_that_fit_come_with_the_document(unchanged: Ledger) -> None:
    [hit] = search(unchanged, "wheat", act="deny", actor="SDN").hits
    assert [(row["act"], row["content"]) for row in hit.statements] == [("deny", "the army of Sudan shelled El Fasher")]
    assert [(row["type"], row["actor_names"]) for row in hit.events] == [("CONSULT", ["Army of Sudan"])]
    [hit] = search(unchanged, act="say").hits
    assert (len(hit.statements), hit.events) == (1, [])


@pytest.mark.parametrize("given", [{"nonsense": "x"}, {"failed": True, "actor": "x"}, {"act": "say", "y": 1}])
def test_an_unknown_filter_is_an_error(unchanged: Ledger, given: dict[str, str]) -> None:
    with pytest.raises(LedgerError, match="have no filter"):
        search(unchanged, **given)


def test_pages_hold_every_document_once(ledger: Ledger) -> None:
    ledger.append(
        [bare(f"Wheat report {story(letter)}", published="2024-10-25", title=letter) for letter in "abcdefghij"]
    )
    for words in ("wheat", ""):
        whole = titles(search(ledger, words, limit=100))
        paged = [title for offset in range(0, 12, 3) for title in titles(search(ledger, words, limit=3, offset=offset))]
        assert paged == whole
        assert sorted(filter(None, whole)) == list("abcdefghij")
        assert search(ledger, words, limit=3, offset=100).total == 10


def test_copies_are_found_only_where_they_are_asked_for(ledger: Ledger) -> None:
    text = f"{SENTENCE}\n\n{story('abc')}"
    ledger.append([account(text), account(text, title="Echo", publisher="Echo", published="2024-10-23")])
    assert titles(search(ledger, "shelled", actor="SDN")) == ["Shells on El Fasher"]
    assert set(titles(search(ledger, "shelled", actor="SDN", copies=True))) == {"Shells on El Fasher", "Echo"}
    assert search(ledger, "shelled", publisher="Echo").total == 0
    assert search(ledger, "shelled", publisher="Echo", copies=True).total == 1


def test_what_is_retracted_or_coded_anew_is_found_as_it_is_now(filled: Ledger) -> None:
    assert search(filled, "cheap").total == 1
    markets = bare("Wheat is cheap, says nobody.")
    filled.append([account(title="Mortars on El Fasher")])
    assert titles(search(filled, "mortars")) == ["Mortars on El Fasher"]
    assert search(filled, "wheat", act="say").total == 0
    filled.retract(markets.id, "wrong")
    assert search(filled, "cheap").total == 0
    assert search(Ledger(filled.path, as_of=1), "cheap").total == 1
    assert search(Ledger(filled.path, as_of=1), "mortars").total == 0
    filled.restore(markets.id, "right")
    assert search(filled, "cheap").total == 1


def test_an_older_version_does_not_find_what_came_later(filled: Ledger) -> None:
    filled.append([bare("Barley is dear.")])
    assert search(filled, "barley").total == 1
    assert search(Ledger(filled.path, as_of=1), "barley").total == 0
    assert search(Ledger(filled.path, as_of=0), "wheat").total == 0


def test_the_index_is_made_again_where_it_was_deleted(filled: Ledger) -> None:
    before = titles(search(filled, "wheat"))
    index = SearchIndex(filled.path).path
    assert index.is_relative_to(filled.path)
    index.unlink()
    assert titles(search(filled, "wheat")) == before


def test_an_index_of_another_kind_is_made_again(filled: Ledger) -> None:
    before = titles(search(filled, "wheat"))
    with closing(sqlite3.connect(SearchIndex(filled.path).path)) as database:
        database.execute("PRAGMA user_version = 99")
    assert titles(search(filled, "wheat")) == before


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_index_is_made_again_and_says_so_once(
    filled: Ledger, damage: Damage, logged: pytest.LogCaptureFixture
) -> None:
    before = titles(search(filled, "wheat"))
    index = SearchIndex(filled.path).path
    damage(index)
    assert titles(search(filled, "wheat")) == before
    assert indexed(filled) == 4
    assert logged.messages == [f"{index} is damaged; it is made again"]


def test_who_only_matches_makes_a_damaged_index_again_too(filled: Ledger) -> None:
    search(filled, "wheat")
    index = SearchIndex(filled.path)
    garbage(index.path)
    assert index.matching("wheat", filled.store.files()).num_rows == 2


def test_a_data_file_that_is_missing_is_named_and_the_index_stays_sound(filled: Ledger) -> None:
    file = Path(filled.store.files()[0])
    filled.documents().count()
    file.rename(file.with_suffix(".away"))
    with pytest.raises(LedgerError, match=r"\.parquet cannot be read .* sayso ledger verify tells what is wrong"):
        search(filled, "wheat")
    file.with_suffix(".away").rename(file)
    assert search(filled, "wheat").total == 2


def test_compaction_doubles_nothing_in_the_index(filled: Ledger) -> None:
    filled.append([bare("Barley is dear.")])
    search(filled, "wheat")
    assert indexed(filled) == 5
    filled.store.compact()
    again = Ledger(filled.path)
    assert search(again, "wheat").total == 2
    assert search(again, "barley").total == 1
    assert indexed(again) == 5


def test_a_ledger_that_cannot_be_written_to_is_indexed_in_the_cache(
    filled: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("os.access", lambda *_: False)
    assert search(filled, "wheat").total == 2
    assert SearchIndex(filled.path).path.is_relative_to(tmp_path / "cache" / "sayso")
    assert not Path(filled.path, "index").exists()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    (tmp_path / "file").write_text("x")
    with pytest.raises(LedgerError, match="the index cannot be written"):
        search(filled, "wheat")


def test_a_user_without_a_home_is_told_what_to_set(filled: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr("os.access", lambda *_: False)
    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(LedgerError, match="set XDG_CACHE_HOME to a folder"):
        search(filled, "wheat")


def test_several_processes_make_the_index_together(filled: Ledger) -> None:
    program = (
        "import sys; from sayso.ledger import Ledger; from sayso.ledger.search import search; "
        "print(search(Ledger(sys.argv[1]), 'wheat').total)"
    )
    searching = [
        subprocess.Popen([sys.executable, "-c", program, filled.path], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    assert [process.communicate(timeout=60) for process in searching] == [(b"2\n", b"")] * 4
    assert indexed(filled) == 4


def test_snippets_show_the_words_around_and_are_harmless() -> None:
    texts = [("", "one two three"), ("two", "nothing"), ("", "x\0y two\r\n\tz \x1b[31m"), ("", "two " * 500)]
    around = snippets('"two"', texts)
    assert around[0] == "one [two] three"
    assert around[1] == "nothing"
    assert "[two] z" in around[2]
    assert len(around[3]) < 300
    assert snippets('"none"', [("", "one")]) == [""]
