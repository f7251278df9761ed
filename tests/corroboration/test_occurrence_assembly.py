"""From tellings to an occurrence: what most of them say, the most precise of what agrees, in no order but their own."""

from __future__ import annotations

import random

import pytest
from hand_made import actor, killed, place, publication, said_by, telling

from sayso.corroboration.assembly import occurrence
from sayso.corroboration.occurrence import Link, Occurrence
from sayso.corroboration.telling import Telling

SHELLED = "Rebels shelled Elst on Monday."
ELST = place("Elst", "geonames:1", "PPL")


def told(document: str, word: str = "shelled", **given: object) -> Telling:
    of = publication(document, publisher=f"{document.upper()} Post", published=given.pop("published", "2024-10-22"))
    return telling(SHELLED, word, of, **given)


def made(*tellings: Telling) -> Occurrence:
    return occurrence(tellings, {})


def test_it_is_named_for_the_report_that_came_first_and_has_them_all_in_that_order() -> None:
    late, early = told("b", published="2024-10-20"), told("a")
    found = made(late, early)
    assert found.id == early.id
    assert [report.id for report in found.reports] == [early.id, late.id]
    assert (found.first_reported, found.last_reported) == ("2024-10-20", "2024-10-22")
    assert [voice.name for voice in found.voices] == ["B Post", "A Post"]  # by when they were heard
    assert found.document_count == 2


def test_its_type_is_that_of_most_reports() -> None:
    found = made(told("a", type="COERCE"), told("b"), told("c", mode="artillery"), told("d", type=None, item="m1"))
    assert (found.type, found.types, found.modes) == ("ASSAULT", {"ASSAULT": 2, "COERCE": 1}, ["artillery"])
    assert made(told("a", type=None)).type is None


@pytest.mark.parametrize(
    ("dates", "date"),
    [
        (["2024-10-21", "2024-10-21", "2024-10-20"], "2024-10-21"),
        (["2024-10", "2024-10-21", "2024-09-30"], "2024-10-21"),  # a month agrees with its day
        (["2024-10", "2024-10", "2024-09-30"], "2024-10"),
        (["2024-10-21", "2024-10-20"], "2024-10-20"),
        ([None, None], None),
    ],
)
def test_its_date_is_the_most_precise_of_those_that_most_agree_on(dates: list[str | None], date: str | None) -> None:
    found = made(*(told(name, date=given) for name, given in zip("abc", dates, strict=False)))
    assert found.date == date
    assert found.dates == sorted({given for given in dates if given})


def test_its_place_is_the_one_named_most_and_of_those_named_as_often_the_most_precise() -> None:
    region = place("Betuwe", "geonames:2", "ADM1")
    square = place("Market Square", None, "SQR")
    assert made(told("a", place=region), told("b", place=ELST)).where.name == "Elst"  # type: ignore[union-attr]
    often = made(told("a", place=region), told("b", place=region), told("c", place=ELST)).where
    assert often is not None
    assert (often.place, often.name, often.country) == ("geonames:2", "Betuwe", "UKR")
    assert made(told("a", place=square), told("b", place=ELST)).where.name == "Market Square"  # type: ignore[union-attr]
    assert made(told("a")).where is None


def test_its_parties_are_those_of_coded_events_and_else_of_mentions() -> None:
    rebels, army = actor("Rebels", None), actor("Army", "TCD", "MIL")
    mention = told("c", type=None, actors=(army,))
    found = made(told("a", actors=(rebels,)), told("b", actors=(rebels, army)), mention)
    assert found.actors == ["actor:rebels", "actor:army"]
    assert found.actor_countries == ["TCD"]
    assert made(mention).actors == ["actor:army"]


def test_figures_of_all_voices_make_a_range() -> None:
    sentence = "Rebels killed 3 people."
    found = made(
        telling(sentence, "killed", publication("a"), quantities=killed(3, 3, "3", sentence)),
        telling(
            sentence, "killed", publication("b"), quantities=killed(5, 5, "3", sentence), sayings=said_by("Chad", "TCD")
        ),
    )
    assert [(r.low, r.high, r.voices) for r in found.figures] == [(3, 5, ["outlet:sample wire", "state:TCD"])]
    assert [contest.aspect for contest in found.contests] == ["figure"]
    assert found.status == "disputed"


def test_a_copy_is_a_report_and_no_voice() -> None:
    copy = telling(SHELLED, "shelled", publication("b", publisher="B Post", is_copy=True, copy_of="a"))
    found = made(told("a"), copy)
    assert (found.independent, found.copies, found.status) == (1, 1, "single-source")
    by_name = {voice.name: voice for voice in found.voices}
    assert by_name["B Post"].because == "states it without saying from whom it has it; only copies have it"
    assert by_name["A Post"].because == "states it without saying from whom it has it"


def test_an_outlet_that_only_refers_to_it_is_told_apart_from_one_that_copies() -> None:
    refers = telling(
        "Roads were closed after the shelling.", "shelling", publication("b", publisher="B Post"), type=None
    )
    found = made(told("a", sayings=said_by("Kenya", "KEN")), refers)
    [outlet] = [voice for voice in found.voices if voice.name == "B Post"]
    assert not outlet.independent
    assert outlet.because.endswith("; only refers to it")


def test_who_relays_a_voice_is_told_but_for_an_outlet_that_speaks_for_itself() -> None:
    found = made(told("a"), told("b", sayings=said_by("Kenya", "KEN")), told("c", sayings=said_by("Kenya", "KEN")))
    assert {voice.name: voice.relayed_by for voice in found.voices} == {
        "A Post": [],
        "Kenya: government": ["B Post", "C Post"],
    }
    assert [report.source for report in found.reports] == [None, "Kenya", "Kenya"]


def test_links_are_told_the_likeliest_first() -> None:
    one, two, three = (told(name) for name in "abc")
    links = {three.id: [Link(to=one.id, likelihood=0.6, reasons=[]), Link(to=two.id, likelihood=0.9, reasons=["x"])]}
    found = occurrence([one, two, three], links)
    assert [[link.to for link in report.links] for report in found.reports] == [[], [], [two.id, one.id]]


def test_it_is_the_same_in_whatever_order_tellings_are_given() -> None:
    sentence = "Rebels killed 3 people and shelled Elst."
    tellings = [
        telling(
            sentence,
            word,
            publication(name, publisher=f"Outlet {name}", published=published, is_copy=name == "d"),
            date=date,
            place=where,
            factuality=factuality,
            quantities=killed(n, n, "3", sentence),
            sayings=said_by(f"Body {n}", country) if country else (),
        )
        for n, (name, word, published, date, where, factuality, country) in enumerate(
            [
                ("a", "killed", "2024-10-22", "2024-10-21", ELST, "CT+", None),
                ("a", "shelled", "2024-10-22", "2024-10", place("Hoek", "geonames:3", "PPL"), "CT+", "KEN"),
                ("b", "killed", None, None, None, "CT-", "TCD"),
                ("c", "shelled", "2024-10-20", "2024-10-20", ELST, "PR+", "KEN"),
                ("d", "shelled", "2024-10-22", None, None, "Uu", None),
            ]
        )
    ]
    expected = made(*tellings)
    chance = random.Random(1)
    for _ in range(20):
        chance.shuffle(tellings)
        assert made(*tellings) == expected
