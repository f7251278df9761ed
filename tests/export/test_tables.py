from __future__ import annotations

import csv
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sayso.export import export
from sayso.export.selection import GROUPINGS
from sayso.export.tables import VIEWS, columns, schema
from sayso.ledger import Ledger
from sayso.ledger.columns import VIEWS as OF_THE_LEDGER
from sayso.ledger.columns import View


@pytest.mark.parametrize("view", OF_THE_LEDGER, ids=lambda view: view.name)
def test_parquet_gives_back_the_view_as_it_is(view: View, ledger: Ledger, target: Path) -> None:
    export("parquet", ledger, target, view=view.name)
    added = {column.name for grouping in GROUPINGS for column in grouping.belonging}
    rows = [{k: v for k, v in row.items() if k not in added} for row in pq.read_table(target).to_pylist()]
    assert rows == list(getattr(ledger, view.name)().rows())


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_parquet_says_what_its_columns_mean(view: View, ledger: Ledger, target: Path) -> None:
    export("parquet", ledger, target, view=view.name)
    written = pq.read_schema(target)
    assert written.names == [column.name for column in columns(view)]
    assert all(field.metadata[b"meaning"] for field in written)
    assert written.equals(schema(view))


def test_csv_has_a_line_for_every_row_and_neutral_cells(ledger: Ledger, target: Path) -> None:
    export("csv", ledger, target)
    assert {path.stem for path in target.iterdir()} == {view.name for view in VIEWS}
    with (target / "events.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == ledger.events().count() == len((target / "events.csv").read_text().splitlines()) - 1
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@", "\t"))]
    raid = next(row for row in rows if row["type"] == "ASSAULT")
    assert raid["publisher"].startswith("'=cmd")
    assert raid["intensity"] == "-9.0"
    assert raid["quantities"] == "killed 10 to 12 (“between ten and twelve”)"


def test_lists_in_csv_are_joined_and_have_no_separator_within(ledger: Ledger, target: Path) -> None:
    export("csv", ledger, target, view="events", type=["CONSULT", "ASSAULT"])
    with target.open(encoding="utf-8", newline="") as file:
        first, second = csv.DictReader(file)
    assert first["actors"] == "actor:france; actor:germany"
    assert second["recipient_names"] == "United States: police, all"


def test_a_view_takes_its_own_filters(ledger: Ledger, target: Path) -> None:
    assert export("csv", ledger, target, view="statements", act="deny").rows == 1
