from __future__ import annotations

import csv
from pathlib import Path

from sayso.export import checks, export
from sayso.ledger import Ledger


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_file_has_the_40_columns_and_their_types(ledger: Ledger, target: Path) -> None:
    export("polecat", ledger, target, unreal=True)
    assert checks.polecat(target) == []
    assert all(len(line.split("\t")) == 40 for line in target.read_text(encoding="utf-8").splitlines())


def test_lists_run_in_parallel(ledger: Ledger, target: Path) -> None:
    export("polecat", ledger, target, type="CONSULT")
    (row,) = rows(target)
    assert (row["Actor Name"], row["Actor Country"], row["Actor COW"]) == ("France;Germany", "FRA;DEU", "220;255")
    assert (row["Primary Actor Sector"], row["Actor Sectors"], row["Actor Title"]) == ("GOV", "GOV;GOV", "None")
    assert (row["Event Mode"], row["Quad Code"], row["Contexts"]) == (
        "visit",
        "VERBAL COOPERATION",
        "diplomatic;executive",
    )


def test_places_and_people_of_the_story_are_there(ledger: Ledger, target: Path) -> None:
    export("polecat", ledger, target, type="CONSULT")
    (row,) = rows(target)
    assert (row["City"], row["Province"], row["Country"]) == ("Paris", "Île-de-France", "FRA")
    assert (row["GeoNames ID"], row["Raw Placename"], row["Story People"]) == ("2988507", "PARIS", "Amélie Roux")


def test_what_is_not_known_is_none(ledger: Ledger, target: Path) -> None:
    export("polecat", ledger, target, type="ASSAULT")
    (row,) = rows(target)
    assert (row["Actor Name"], row["Actor COW"], row["Actor Name Raw"]) == ("None", "None", "Gunmen")
    assert row["Recipient Name"] == "United States: police, all"


def test_an_event_without_a_date_has_none(ledger: Ledger, target: Path) -> None:
    export("polecat", ledger, target, type="COERCE")
    (row,) = rows(target)
    assert (row["Event Date"], row["Event ID"][:9]) == ("None", "00000000-")


def test_ids_are_unique_though_events_of_two_documents_have_the_same(ledger: Ledger, target: Path) -> None:
    export("polecat", ledger, target, unreal=True, copies=True)
    ids = [row["Event ID"] for row in rows(target)]
    assert len(ids) == len(set(ids)) == 7
