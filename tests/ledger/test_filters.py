"""Each filter, with what it finds and what it does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from making import SENTENCE, account, bare, failed, story

from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.ledger.filters import FILTERS, condition
from sayso.records import Place


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Return a ledger with an account, another that has other values in all fields, and two bare documents."""
    ledger = Ledger(tmp_path_factory.mktemp("filters") / "ledger", create=True)
    village = Place(id=None, name="ΟΔΟΣ İz", country="GRC", admin1="Äußeres", mentions=[(66, 75)], confidence=0.2)
    other = account(
        SENTENCE + "\n\n" + story("xyz"),
        publisher="ΣΤΟΙΧΕΊΟΣ",
        published="2023",
        language="de",
        places=[village],
        actor={"name": "İstanbul Ässociation", "country": "TUR", "confidence": 0.2},
        statement={"speaker": "actor:army-of-sudan", "act": "deny", "kind": "mixed", "confidence": 0.2}
        | {"addressee": "actor:anna-berg"},
        event={"type": "CONSULT", "mode": "meet", "quad": 1, "factuality": "PS-", "confidence": 0.2, "date": None}
        | {"actors": [], "recipients": ["actor:army-of-sudan"], "categories": [], "place": "ΟΔΟΣ İz"}
        | {"voucher": "ΣΤΟΙΧΕΊΟΣ"},
    )
    assert ledger.append([account(), other, bare("Nothing at all."), failed("odd.txt")]).copies == 0
    yield ledger
    ledger.close()


HITS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("documents", {"document": account().id}, {"document": account().id[:-1]}),
    ("documents", {"publisher": "the HERALD"}, {"publisher": "Herald"}),
    ("documents", {"language": "EN"}, {"language": "fr"}),
    ("documents", {"failed": True}, {"failed": True, "language": "en"}),
    ("documents", {"since": "2024"}, {"since": "2025"}),
    ("documents", {"since": "2024-10-22", "until": "2024-10-22"}, {"since": "2024-10-23"}),
    ("documents", {"until": "2023"}, {"until": "2022-12-31"}),
    ("statements", {"document": account().id}, {"document": ""}),
    ("statements", {"publisher": "The Herald"}, {"publisher": "The"}),
    ("statements", {"speaker": "actor:anna-berg"}, {"speaker": "actor:anna"}),
    ("statements", {"speaker": "anna berg"}, {"speaker": "anna"}),
    ("statements", {"speaker": "nor"}, {"speaker": "SWE"}),
    ("statements", {"act": "deny"}, {"act": "denied"}),
    ("statements", {"kind": "Indirect"}, {"kind": "direct"}),
    ("statements", {"addressee": "actor:anna-berg"}, {"addressee": "actor:army-of-sudan"}),
    ("statements", {"min_confidence": 0.8}, {"min_confidence": 0.81}),
    ("statements", {"since": "2024-10"}, {"since": "2024-11"}),
    ("statements", {"until": "2023-05"}, {"until": "2022"}),
    ("events", {"document": account().id}, {"document": "sha256:"}),
    ("events", {"publisher": "The Herald"}, {"publisher": ""}),
    ("events", {"actor": "actor:army-of-sudan"}, {"actor": "actor:anna-berg"}),
    ("events", {"actor": "ARMY OF SUDAN"}, {"actor": "Sudan"}),
    ("events", {"actor": "sdn"}, {"actor": "NOR"}),
    ("events", {"recipient": "İstanbul Ässociation"}, {"recipient": "Istanbul"}),
    ("events", {"recipient": "TUR"}, {"recipient": "SDN"}),
    ("events", {"type": "assault"}, {"type": "ASSAUL"}),
    ("events", {"mode": "MEET"}, {"mode": "met"}),
    ("events", {"category": "siege"}, {"category": "Sieg"}),
    ("events", {"quad": 4}, {"quad": 3}),
    ("events", {"place": "geonames:379253"}, {"place": "geonames:37925"}),
    ("events", {"place": "el fasher"}, {"place": "El"}),
    ("events", {"place": "north darfur"}, {"place": "darfur"}),
    ("events", {"place": "ΟΔΟΣ İz"}, {"place": "ΟΔΟΣ"}),
    ("events", {"country": "sdn"}, {"country": "NOR"}),
    ("events", {"since": "2024-10-21", "until": "2024-10-21"}, {"since": "2024-10-22"}),
    ("events", {"until": "2023"}, {"until": "2022"}),
    ("events", {"factuality": "ct+"}, {"factuality": "CT"}),
    ("events", {"voucher": "actor:anna-berg"}, {"voucher": "actor"}),
    ("events", {"voucher": "Anna BERG"}, {"voucher": "The Herald"}),
    ("events", {"voucher": "ΣΤΟΙΧΕΊΟΣ"}, {"voucher": "στοιχεί"}),
    ("events", {"min_confidence": "0.6"}, {"min_confidence": 1}),
    ("actors", {"actor": "actor:army-of-sudan", "country": "SDN"}, {"actor": "actor:none"}),
    ("actors", {"actor": "İSTANBUL ÄSSOCIATION"}, {"actor": "İstanbul"}),
    ("actors", {"kind": "group", "country": "tur"}, {"kind": "country"}),
    ("actors", {"country": "tur"}, {"country": "GRC"}),
    ("actors", {"publisher": "The Herald", "kind": "person"}, {"publisher": "x"}),
    ("actors", {"min_confidence": 0.9, "publisher": "The Herald"}, {"min_confidence": 0.91}),
    ("places", {"place": "geonames:379253"}, {"place": "379253"}),
    ("places", {"place": "EL FASHER"}, {"place": "Fasher"}),
    ("places", {"country": "grc"}, {"country": "TUR"}),
    ("places", {"min_confidence": 0.5}, {"min_confidence": 0.9}),
    ("times", {"publisher": "The Herald"}, {"publisher": "y"}),
    ("times", {"since": "2024-10-22"}, {"since": "2024-10-23"}),
    ("times", {"until": "2023-12"}, {"until": "2021"}),
    ("times", {"document": account().id}, {"document": "z"}),
]


@pytest.mark.parametrize(("view", "hit", "miss"), HITS)
def test_a_filter_finds_what_fits_and_nothing_else(
    filled: Ledger, view: str, hit: dict[str, Any], miss: dict[str, Any]
) -> None:
    assert getattr(filled, view)(**hit).count() == 1
    assert getattr(filled, view)(**miss).count() == 0


def test_every_filter_is_tried_here() -> None:
    tried = {(view, name) for view, hit, _ in HITS for name in hit}
    of_all = {"document", "publisher", "since", "until"}
    wanted = {(view, name) for view, filters in FILTERS.items() for name in filters if name not in of_all}
    assert wanted <= tried
    assert {name for _, name in tried} >= of_all


def test_several_values_are_alternatives_and_several_filters_hold_together(filled: Ledger) -> None:
    assert filled.events(type=["ASSAULT", "consult"]).count() == 2
    assert filled.events(type=("ASSAULT", "AID"), mode="meet").count() == 0
    assert filled.events(type=["ASSAULT"], actor=["NOR", "SDN"], min_confidence=0.5).count() == 1
    assert filled.events(quad=[1, 4]).count() == 2
    assert filled.events(type=[]).count() == 0
    assert filled.events(type=None).count() == 2


def test_failed_documents_can_be_left_out(filled: Ledger) -> None:
    assert [row["error"] for row in filled.documents(failed=True)] == ["the file is empty"]
    assert filled.documents(failed=False).count() == 3


@pytest.mark.parametrize(
    ("published", "since", "until", "found"),
    [
        ("2024", "2024-10-25", None, True),
        ("2024", None, "2024-01-01", True),
        ("2024-10", "2024-10-25", "2024-10-26", True),
        ("2024-10", "2024-11", None, False),
        ("2024-10", None, "2024-09", False),
        ("2024-10-25", "2024-10-25", "2024-10-25", True),
        ("2024-10-25", "2024-10-26", None, False),
        ("2024-10-25", None, "2024-10-24", False),
        ("2024-10-25", "2024-10-25T12:00", None, True),
        ("2024-10-25T23:30", None, "2024-10-25", True),
        ("2024-10-25T23:30", "2024-10-26", None, False),
        ("2024-10-31T10:00", None, "2024-10", True),
        (None, "2024", None, False),
        (None, None, "2024", False),
    ],
)
def test_dates_are_compared_as_far_as_they_are_known(
    tmp_path: Path, published: str | None, since: str | None, until: str | None, found: bool
) -> None:
    ledger = Ledger(tmp_path / "ledger", create=True)
    ledger.append([account(published=published, event={"date": None})])
    for view in FILTERS:
        assert getattr(ledger, view)(since=since, until=until).count() in ((1, 2) if found else (0,))


def test_an_event_counts_as_of_its_own_day_and_else_that_of_its_report(ledger: Ledger) -> None:
    ledger.append([account(published="2024-10-22", event={"date": "2019-03"})])
    assert ledger.events(since="2019-03-05", until="2019").count() == 1
    assert ledger.events(since="2024").count() == 0
    assert ledger.statements(since="2024").count() == 1


def test_copies_are_left_out_unless_they_are_asked_for(ledger: Ledger) -> None:
    body = SENTENCE + " " + " ".join(f"word{number}" for number in range(80))
    ledger.append([account(body), account(body, publisher="Echo", published="2024-10-23")])
    for view, one in {"documents": 1, "statements": 1, "events": 1, "actors": 2, "places": 1, "times": 1}.items():
        assert getattr(ledger, view)().count() == one
        assert getattr(ledger, view)(copies=False).count() == one
        assert getattr(ledger, view)(copies=True).count() == 2 * one
    assert ledger.events(publisher="Echo").count() == 0
    assert ledger.events(publisher="Echo", copies=True).count() == 1


@pytest.mark.parametrize(
    "hostile",
    ["'", '"', "' OR true --", "$speaker", "%", "_", "\\", "\0", "NULL", "[1]", "{'a': 1}", "𝄞" * 1000, "\u202e"],
)
def test_hostile_values_find_nothing_and_break_nothing(filled: Ledger, hostile: str) -> None:
    for view, filters in FILTERS.items():
        for name in set(filters) - {"since", "until", "min_confidence", "failed"}:
            assert getattr(filled, view)(**{name: hostile}).count() == 0
        assert getattr(filled, view)(since=hostile).count() >= 0
    assert filled.documents().count() == 4


@pytest.mark.parametrize("hostile", ["much", "1; DROP TABLE live", "", "\ud800"])
def test_a_confidence_that_is_no_number_is_an_error(filled: Ledger, hostile: str) -> None:
    with pytest.raises(LedgerError):
        filled.events(min_confidence=hostile).count()


def test_an_unknown_filter_is_an_error_that_names_the_known(filled: Ledger) -> None:
    with pytest.raises(LedgerError, match=r"times have no filter 'speaker': choose from document, publisher"):
        filled.times(speaker="x")
    with pytest.raises(LedgerError, match="events have no filter"):
        filled.events(**{"type = 'x' OR true": "x"})


def test_a_condition_speaks_of_parameters_only() -> None:
    where, parameters = condition("events", {"actor": "' OR true", "type": ["A", "B"], "mode": None})
    assert where.startswith("WHERE ")
    assert "OR true" not in where
    assert parameters == {"actor": ["' OR true"], "type": ["A", "B"]}
    assert condition("events", {}) == ("", {})
