"""The flat views as DuckDB sees them, over the data files of one version of the ledger.

Which entries count is worked out once for a version and kept in the table ``live``: the newest account of each
document that is not retracted, with what it is a copy of. All else is a view over the data files, so that a query reads
the columns that it needs and no others.

Each view shows originals; its twin ``all_...`` shows copies too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.ledger.columns import LEDGER_COLUMNS, VIEWS, Column, View

TWIN = "all_"
"""What the name of a view begins with that shows copies too."""


def over_files(files: Sequence[str]) -> str:
    """Return the SQL that names the rows of data files, of which there must be one."""
    listed = ", ".join(_quoted(file) for file in files)
    return f"read_parquet([{listed}], union_by_name=true)"


def entries(rows: str) -> str:
    """Return the SQL that makes ``entries`` of the rows of a ledger, as SQL names them."""
    return f"CREATE VIEW entries AS SELECT * FROM {rows}"


def statements() -> Iterator[str]:
    """Yield the SQL that makes the views over ``entries``."""
    yield "CREATE TABLE headings AS SELECT row, entry, id, generation, copy_of FROM entries"
    yield f"CREATE TABLE live AS {LIVE}"
    yield "DROP TABLE headings"
    for view in VIEWS:
        yield f"CREATE VIEW {TWIN}{view.name} AS {_select(view)}"
        yield f"CREATE VIEW {view.name} AS SELECT * FROM {TWIN}{view.name} WHERE copy_of IS NULL"


def columns_of(view: View) -> tuple[Column, ...]:
    """Return all columns of a view, the ledger's own included."""
    return view.columns + LEDGER_COLUMNS


# An entry is later than another if its generation is; of two that were made at once, not knowing of each other, the
# number of the row decides, so that everybody sees the same. What a document is a copy of, its newest entry says,
# null included; a copy whose original is hidden stands for itself.
LIVE = """
WITH newest AS (
    SELECT id, arg_max(row, (generation, row)) AS row, max(generation) AS generation
    FROM headings WHERE entry = 'record' GROUP BY id
), hidden AS (
    SELECT id FROM headings WHERE entry IN ('retraction', 'restoration')
    GROUP BY id HAVING arg_max(entry, (generation, row)) = 'retraction'
), shown AS (
    SELECT newest.* FROM newest ANTI JOIN hidden USING (id)
), links AS (
    SELECT id, arg_max({'copy_of': copy_of}, (generation, row)).copy_of AS copy_of
    FROM headings WHERE entry IN ('record', 'link') GROUP BY id
), resolved AS (
    SELECT shown.row, shown.id, shown.generation, links.copy_of AS link, original.id AS original
    FROM shown JOIN links USING (id) LEFT JOIN shown AS original ON links.copy_of.id = original.id
), counted AS (
    SELECT original, count(*) AS copies FROM resolved WHERE original IS NOT NULL GROUP BY original
)
SELECT
    resolved.row,
    resolved.id,
    resolved.generation,
    coalesce(counted.copies, 0) AS copies,
    resolved.original AS copy_of,
    CASE WHEN resolved.original IS NOT NULL THEN link.similarity END AS copy_similarity,
    CASE WHEN resolved.original IS NOT NULL OR link.id IS NULL THEN link.reason END AS copy_reason
FROM resolved LEFT JOIN counted ON counted.original = resolved.id
"""
"""Which documents count, by the table ``headings`` of all entries: row, entry, id, generation, copy_of."""


_KNOWN = {column: f"known_{column}" for column in ("copies", "copy_of", "copy_similarity", "copy_reason")}
"""Columns of ``live``, and what they are called beside those of ``entries``."""


def _select(view: View) -> str:
    made = [f'{column.sql} AS "{column.name}"' for column in view.columns]
    made += [f"{_KNOWN.get(column.name, column.name)} AS {column.name}" for column in LEDGER_COLUMNS]
    return f"SELECT {', '.join(made)} FROM ({_source(view)})"


def _source(view: View) -> str:
    joined = ", ".join(f"live.{column} AS {known}" for column, known in _KNOWN.items())
    item = f", unnest(e.{view.items}) AS item" if view.items else ""
    source = f"SELECT e.*, {joined}{item} FROM entries AS e JOIN live USING (row)"
    resolved = "".join(f", {expression} AS {name}" for name, expression in view.resolved)
    return f"SELECT *{resolved} FROM ({source})" if resolved else source


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
