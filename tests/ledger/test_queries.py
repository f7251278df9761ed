"""What a query may do, and what it may not."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pytest
from making import account, bare

from sayso.errors import LedgerError
from sayso.ledger import Ledger, Selection


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """Return a ledger of two reports, which no query changes."""
    ledger = Ledger(tmp_path_factory.mktemp("queries") / "ledger", create=True)
    ledger.append([account(), bare("Another report.", title="another")])
    return ledger


@pytest.mark.parametrize(
    "query",
    [
        "SELECT title FROM documents WHERE title LIKE 'S%'",
        "  select title from documents where publisher = 'The Herald' -- a comment; with a semicolon",
        "WITH d AS (SELECT * FROM documents) SELECT title FROM d WHERE publisher IS NOT NULL;",
        "FROM documents SELECT title WHERE publisher IS NOT NULL",
        "SELECT DISTINCT d.title FROM documents AS d JOIN events USING (document)",
        "(SELECT title FROM documents WHERE publisher IS NOT NULL) UNION ALL SELECT title FROM documents WHERE false",
    ],
)
def test_a_select_of_any_form_is_answered(filled: Ledger, query: str) -> None:
    assert list(filled.sql(query).rows()) == [{"title": "Shells on El Fasher"}]


def test_parameters_are_values_and_nothing_else(filled: Ledger) -> None:
    query = "SELECT count(*) AS n FROM documents WHERE title = $title"
    for title, found in {"another": 1, "' OR true --": 0, "x\0y": 0}.items():
        assert filled.sql(query, {"title": title}).arrow().to_pylist() == [{"n": found}]


@pytest.mark.parametrize(
    "query",
    [
        "",
        ";",
        "-- nothing",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP VIEW documents",
        "COPY documents TO 'out.csv'",
        "ATTACH 'out.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET threads = 1",
        "RESET threads",
        "PRAGMA database_size",
        "CALL pragma_version()",
        "EXPLAIN ANALYZE SELECT 1",
        "PREPARE p AS SELECT 1",
        "EXPORT DATABASE 'out'",
        "CREATE TABLE t AS SELECT 1",
        "CREATE OR REPLACE VIEW documents AS SELECT 1",
        "INSERT INTO live SELECT * FROM live",
        "UPDATE live SET id = 'x'",
        "DELETE FROM live",
        "DROP TABLE live",
        "BEGIN",
        "CHECKPOINT",
        "USE temp",
    ],
)
def test_anything_but_one_select_is_refused(filled: Ledger, query: str) -> None:
    with pytest.raises(LedgerError, match="a query is one SELECT"):
        filled.sql(query)
    assert filled.documents().count() == 2


@pytest.mark.parametrize(
    "query",
    [
        "WITH gone AS (DELETE FROM live RETURNING *) SELECT * FROM gone",
        "WITH new AS (INSERT INTO live SELECT * FROM live RETURNING *) SELECT * FROM new",
        "WITH new AS (UPDATE live SET copies = 7 RETURNING *) SELECT * FROM new",
    ],
)
def test_a_select_that_changes_something_is_refused(filled: Ledger, query: str) -> None:
    with pytest.raises(LedgerError, match="read-only"):
        filled.sql(query).arrow()
    assert filled.documents().count() == 2
    assert {row["copies"] for row in filled.documents()} == {0}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM read_blob('{file}')",
        "SELECT * FROM read_json('{file}')",
        "SELECT * FROM read_parquet('{file}')",
        "SELECT * FROM parquet_metadata('{file}')",
        "SELECT * FROM sniff_csv('{file}')",
        "SELECT * FROM '{file}'",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM read_parquet('{ledger}/records/*.parquet')",
        "SELECT * FROM query('SELECT * FROM read_text(''{file}'')')",
        "SELECT (SELECT content FROM read_text('{file}')) FROM documents",
        "SELECT * FROM 'http://127.0.0.1:9/x.parquet'",
        "SELECT * FROM duckdb_secrets()",
        "SELECT getenv('HOME')",
        "SELECT * FROM enable_logging('QueryLog', storage = 'file', storage_path = '{folder}/out')",
        "SELECT * FROM enable_profiling('json', save_location = '{folder}/out')",
        "SELECT * FROM table_of_the_program",
    ],
)
def test_a_query_sees_nothing_of_the_machine(filled: Ledger, tmp_path: Path, query: str) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("a,b\n1,2\n")
    table_of_the_program = pa.table({"a": [1]})
    assert table_of_the_program.num_rows == 1
    with pytest.raises(LedgerError, match="cannot be answered"):
        filled.sql(query.format(file=file, folder=tmp_path, ledger=filled.path)).arrow()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("SELECT", "cannot be answered"),
        ("SELECT nothing FROM documents", "nothing"),
        ("SELECT * FROM nowhere", "nowhere"),
        ("SELECT $name", "name"),
        ("SELECT CAST(title AS INTEGER) FROM documents", "Could not convert"),
        ("SELECT CASE WHEN i = 150000 THEN error('late') END FROM range(200000) AS t(i)", "late"),
        ("SELECT '\ud800'", "no text in UTF-8"),
    ],
)
def test_a_query_that_fails_early_or_late_says_why(filled: Ledger, query: str, problem: str) -> None:
    for read in (Selection.arrow, lambda s: list(s.rows()), lambda s: list(s.batches(100)), Selection.to_pandas):
        with pytest.raises(LedgerError, match=problem):
            read(filled.sql(query))


def test_an_answer_comes_in_all_forms(filled: Ledger) -> None:
    selection = filled.sql("SELECT title, characters FROM documents ORDER BY title")
    rows = list(selection.rows())
    assert [row["title"] for row in rows] == ["Shells on El Fasher", "another"]
    assert selection.count() == 2
    assert list(selection) == rows
    assert selection.arrow().to_pylist() == rows
    assert selection.to_pandas().to_dict("records") == rows
    assert selection.pl().to_dicts() == rows
    assert [row for batch in selection.batches(1) for row in batch.to_pylist()] == rows
    assert selection.reader().schema.names == ["title", "characters"]


def test_an_empty_answer_has_its_columns(ledger: Ledger) -> None:
    selection = ledger.events()
    assert selection.count() == 0
    assert list(selection.rows()) == []
    assert "voucher_name" in selection.arrow().schema.names
    assert "voucher_name" in selection.to_pandas().columns
    assert "voucher_name" in selection.pl().columns


def test_several_answers_are_read_at_once(filled: Ledger) -> None:
    one, other = filled.documents().rows(), filled.events().rows()
    assert next(one)["title"] is not None or next(one)
    assert next(other)["type"] == "ASSAULT"
    assert filled.documents().count() == 2
    assert len(list(one)) == 1


def test_large_answers_come_in_pieces(filled: Ledger) -> None:
    sizes = [batch.num_rows for batch in filled.sql("SELECT * FROM range(25000)").batches(10_000)]
    assert sum(sizes) == 25_000
    assert max(sizes) <= 10_000


def test_a_library_that_is_not_there_is_named(filled: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(LedgerError, match=r"this needs pandas: pip install pandas, or take \.arrow\(\)"):
        filled.documents().to_pandas()
    with pytest.raises(LedgerError, match="this needs polars"):
        filled.documents().pl()


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "spill"))
    os.mkdir(tmp_path / "spill")
    ledger = Ledger(tmp_path / "ledger", create=True)
    ledger.append([account()])
    assert ledger.documents().count() == 1
    ledger.append([bare("More.")])
    assert ledger.documents().count() == 2
    ledger.close()
    assert list((tmp_path / "spill").iterdir()) == []
