"""What a casebook tells, and how it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from stories import by_story, groups, likeness, report

from sayso.corroboration import Casebook, Occurrence, Question, archive
from sayso.corroboration.likeness import Pair
from sayso.corroboration.traits import DocumentTraits
from sayso.errors import LedgerError
from sayso.ledger import Ledger


@pytest.fixture(scope="module")
def casebook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    """Yield a casebook of four reports of three occurrences, for tests that only ask it."""
    ledger = Ledger(tmp_path_factory.mktemp("casebook") / "ledger", create=True)
    ledger.append([report("a1")])
    ledger.append([report("a2", publisher="The Herald")])
    later = {"date": "2024-11-03", "type": "PROTEST", "mode": None, "recipients": []}
    ledger.append([report("b1", "Hoek", verb="stormed", event=later), report("c1", "Elst", event={"date": None})])
    with pytest.MonkeyPatch.context() as monkeypatch, Casebook(ledger) as made:
        likeness(monkeypatch, by_story)
        made.update()
        monkeypatch.undo()
        yield made


def of(casebook: Casebook, ref: str, item: str = "e1") -> Occurrence:
    """Return the occurrence of a report."""
    found = [o for o in casebook.occurrences(untyped=True) for r in o.reports if (r.ref, r.event) == (ref, item)]
    assert len(found) == 1
    return found[0]


def test_reports_of_one_occurrence_are_put_together_and_no_others(casebook: Casebook) -> None:
    assert groups(casebook) == {
        frozenset({"a1/e1", "a2/e1"}),
        frozenset({"a1/m1", "a2/m1"}),
        *map(frozenset, ({"b1/e1"}, {"b1/m1"}, {"c1/e1"}, {"c1/m1"})),
    }


def test_the_first_tellings_of_a_document_are_compared_and_the_others_stay_alone(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[int] = []

    def links(traits: DocumentTraits, others: Sequence[DocumentTraits]) -> list[Pair]:
        compared.extend(len(document.tellings) for document in (traits, *others))
        return [Pair(other.tellings[0], traits.tellings[0], 0.95, ("the same word",)) for other in others]

    monkeypatch.setattr(archive, "COMPARED", 1)
    monkeypatch.setattr(archive, "links", links)
    ledger.append([report("a1"), report("a2")])
    with Casebook(ledger) as made:
        made.update()
        assert groups(made) == {frozenset({"a1/e1", "a2/e1"}), frozenset({"a1/m1"}), frozenset({"a2/m1"})}
    assert compared == [1, 1, 1]


def test_a_report_says_what_links_it_to_those_before(casebook: Casebook) -> None:
    occurrence = of(casebook, "a1")
    first, second = occurrence.reports
    assert occurrence.id == first.id
    assert first.links == []
    assert [(link.to, link.likelihood, link.reasons) for link in second.links] == [(first.id, 0.95, ["the same word"])]


def test_those_that_happened_last_come_first(casebook: Casebook) -> None:
    dates = [(o.date, o.reports[0].ref) for o in casebook.occurrences()]
    assert dates[0] == ("2024-11-03", "b1")
    assert [date for date, _ in dates] == ["2024-11-03", None, "2024-10-21"]  # c1 counts as of its publication


@pytest.mark.parametrize(
    ("asked", "refs"),
    [
        ({}, {"a1", "b1", "c1"}),
        ({"type": "assault"}, {"a1", "c1"}),
        ({"type": ["ASSAULT", "PROTEST"]}, {"a1", "b1", "c1"}),
        ({"actor": "RUS"}, {"a1", "b1", "c1"}),
        ({"actor": "actor:army-of-zembla", "recipient": "people"}, {"a1", "c1"}),
        ({"recipient": ["UKR", "nobody"]}, {"a1", "c1"}),
        ({"place": "hoek"}, {"b1"}),
        ({"country": "ukr"}, {"a1", "b1", "c1"}),
        ({"country": "RUS"}, set()),
        ({"since": "2024-11"}, {"b1"}),
        ({"since": "2024-10-22", "until": "2024-10"}, {"c1"}),
        ({"until": "2024-10-21"}, {"a1"}),
        ({"until": "2024"}, {"a1", "b1", "c1"}),
        ({"status": "corroborated"}, {"a1"}),
        ({"status": ["single-source", "denied"]}, {"b1", "c1"}),
        ({"min_voices": 2}, {"a1"}),
        ({"min_documents": 2}, {"a1"}),
        ({"publisher": "the herald"}, {"a1"}),
        ({"publisher": "C1 Post"}, {"c1"}),
        ({"voice": "The Herald"}, {"a1"}),
        ({"voice": "x' OR '1'='1"}, set()),
    ],
)
def test_filters_choose_what_fits_all_of_them(casebook: Casebook, asked: dict[str, Any], refs: set[str]) -> None:
    assert {occurrence.reports[0].ref for occurrence in casebook.occurrences(**asked)} == refs
    assert casebook.count(**asked) == len(refs)
    assert casebook.count(Question(**asked)) == len(refs)


def test_occurrences_that_no_report_gives_a_type_are_told_of_when_asked_for(casebook: Casebook) -> None:
    assert casebook.count() == 3
    assert casebook.count(untyped=True) == 6


def test_a_filter_that_there_is_not_is_named(casebook: Casebook) -> None:
    with pytest.raises(LedgerError, match="occurrences have no filter 'colour': choose from type, status, actor"):
        casebook.count(colour="red")


def test_an_occurrence_is_found_by_any_of_its_reports(casebook: Casebook) -> None:
    occurrence = of(casebook, "a2")
    for found in occurrence.reports:
        document = found.document
        for name in (
            found.id,
            found.id[:8],
            f"{document}#e1",
            f"{document[:20]}#e1",
            f"{document.removeprefix('sha256:')[:9]}#e1",
            f"{document[:20]}…#e1",
        ):
            assert casebook.occurrence(name) == occurrence


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("abc", "'abc' is too short for an id: give 6 characters or more"),
        ("ffffffffffffffff", "no occurrence has a report ffffffffffffffff; sayso occurrences lists them"),
        ("sha256:0123#e1", "no document begins with sha256:0123; sayso search finds documents"),
        ("sha256:#e1", "more than one document begins with sha256:; sayso search finds documents"),
        ("' OR '1'='1", "no occurrence has a report ' OR"),
    ],
)
def test_a_name_that_finds_nothing_is_an_error_that_says_what_to_do(
    casebook: Casebook, name: str, problem: str
) -> None:
    with pytest.raises(LedgerError, match=problem):
        casebook.occurrence(name)


def test_an_item_that_a_document_has_not_is_an_error(casebook: Casebook) -> None:
    document = of(casebook, "a1").reports[0].document
    with pytest.raises(LedgerError, match=f"no occurrence has a report {document}#e9"):
        casebook.occurrence(f"{document}#e9")


def test_the_id_of_an_occurrence_that_was_joined_to_another_still_finds_it(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def likelihood(one: str, other: str) -> float:
        return 0.95 if "c1/e1" in (one, other) and one[-2:] == other[-2:] else 0.3 if one[-2:] == other[-2:] else 0

    likeness(monkeypatch, likelihood)
    with Casebook(ledger) as casebook:
        ledger.append([report("a1")])
        ledger.append([report("b1")])
        casebook.update()
        one, other = (of(casebook, ref) for ref in ("a1", "b1"))
        assert one != other
        ledger.append([report("c1")])
        casebook.update()
        assert casebook.occurrence(other.id) == casebook.occurrence(one.id)
        assert [r.ref for r in casebook.occurrence(other.id).reports] == ["a1", "b1", "c1"]


def test_a_ledger_without_documents_has_no_occurrences(ledger: Ledger) -> None:
    with Casebook(ledger) as casebook:
        assert casebook.update() == (0, 0, 0)
        assert list(casebook.occurrences()) == []
        with pytest.raises(LedgerError, match="no occurrence has a report"):
            casebook.occurrence("0123456")


def test_documents_that_tell_of_nothing_or_could_not_be_read_are_passed_over(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    likeness(monkeypatch, by_story)
    empty = {"events": [], "event_mentions": []}
    ledger.append([report("a1", **empty), report("b1", **empty, error="too long"), report("c1")])
    with Casebook(ledger) as casebook:
        assert casebook.update() == (3, 0, 2)
        assert {r.ref for o in casebook.occurrences(untyped=True) for r in o.reports} == {"c1"}
