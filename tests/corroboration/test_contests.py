"""What voices contest without denying that something happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hand_made import actor, killed, publication, said_by, standing, telling

from sayso.corroboration.assembly import occurrence
from sayso.corroboration.contests import contests
from sayso.corroboration.occurrence import Contest
from sayso.corroboration.telling import Telling, tellings
from sayso.records import Record

Coded = Callable[..., Record]


@pytest.mark.parametrize(
    ("text", "contested"),
    [
        ("Rebels opened fire at dawn, and each side blames the other.", ["actor"]),
        ("The two armies blamed each other after shells fired at dawn hit Elst.", ["actor"]),
        ("Rebels fired at dawn, and nobody blames them.", []),
    ],
)
def test_mutual_blame_contests_who_did_it(coded: Coded, text: str, contested: list[str]) -> None:
    found = [telling for telling in tellings(coded(text), 0) if telling.word in ("opened", "fired")]
    assert [contest.aspect for contest in occurrence(found, {}).contests] == contested


def told(country: str | None, word: str = "shelled", document: str = "a", **given: Any) -> Telling:
    """Return what a state says, or an outlet where it is none, of Monday."""
    sentence = given.pop("sentence", f"Rebels {word} Elst on Monday.")
    sayings = said_by(f"State {country}", country) if country else ()
    return telling(sentence, word, publication(document, publisher=f"{document} Post"), sayings=sayings, **given)


def found(*told_: Telling) -> dict[str, Contest]:
    return {contest.aspect: contest for contest in contests(standing(*told_))}


def test_what_one_voice_says_and_another_denies_is_contested_in_the_words_of_both() -> None:
    contest = found(told("KEN"), told("TCD", document="b", factuality="CT-"))["happening"]
    assert [(side.value, side.voices) for side in contest.sides] == [
        ("asserted", ["state:KEN"]),
        ("denied or doubted", ["state:TCD"]),
    ]
    assert contest.sides[1].wording == "Rebels shelled Elst on Monday."


def test_voices_that_agree_or_leave_it_open_contest_nothing() -> None:
    assert found(told("KEN"), told("TCD", document="b"), told("UGA", document="c", factuality="Uu")) == {}
    assert found(told("KEN")) == {}


def test_a_voice_that_does_not_count_contests_nothing() -> None:
    denial = telling(
        "Rebels shelled Elst on Monday.", "shelled", publication("b", is_copy=True, copy_of="z"),
        sayings=said_by("Chad", "TCD"), factuality="CT-",
    )  # fmt: skip
    assert found(told("KEN"), denial) == {}


def test_voices_that_blame_different_countries_contest_who_did_it() -> None:
    chad, uganda = actor("Army of Chad", "TCD", "MIL"), actor("Army of Uganda", "UGA", "MIL")
    contest = found(told("KEN", actors=(chad,)), told("TCD", document="b", actors=(uganda,)))["actor"]
    assert [(side.value, side.voices) for side in contest.sides] == [("TCD", ["state:KEN"]), ("UGA", ["state:TCD"])]


def test_who_blames_one_of_the_same_countries_contests_nothing() -> None:
    chad, uganda = actor("Army of Chad", "TCD", "MIL"), actor("Army of Uganda", "UGA", "MIL")
    assert found(told("KEN", actors=(chad,)), told("TCD", document="b", actors=(chad, uganda))) == {}


@pytest.mark.parametrize(
    ("types", "contested"),
    [(("ASSAULT", "RETREAT"), True), (("AID", "COERCE"), True), (("ASSAULT", "COERCE"), False), (("AID", None), False)],
)
def test_types_that_two_voices_cannot_both_mean_are_contested(types: tuple[str, str | None], contested: bool) -> None:
    one, other = types
    assert ("type" in found(told("KEN", type=one), told("TCD", document="b", type=other))) is contested


@pytest.mark.parametrize(
    ("bounds", "contested"),
    [(((20, 20), (21, 21)), False), (((20, 20), (40, 40)), True), (((20, None), (40, 40)), False)],
)
def test_figures_that_no_rounding_explains_are_contested(bounds: Any, contested: bool) -> None:
    sentence = "Rebels killed many people in Elst."
    one, other = (killed(*bound, "many", sentence) for bound in bounds)
    voices = (
        told("KEN", "killed", sentence=sentence, quantities=one),
        told("TCD", "killed", "b", sentence=sentence, quantities=other),
    )
    assert ("figure" in found(*voices)) is contested


def test_a_figure_that_a_voice_once_gave_as_the_other_does_is_not_contested() -> None:
    sentence = "Rebels killed many people in Elst."

    def count(country: str, document: str, number: int) -> Telling:
        return told(country, "killed", document, sentence=sentence, quantities=killed(number, number, "many", sentence))

    assert found(count("KEN", "a", 20), count("KEN", "b", 40), count("TCD", "c", 40)) == {}


def test_parties_that_choose_opposed_words_contest_what_it_was() -> None:
    one, other = told("KEN", "withdrew"), told("TCD", "fled", "b")
    contest = found(one, other)["type"]
    assert [(side.value, side.voices) for side in contest.sides] == [
        ("left by choice: withdrew", ["state:KEN"]),
        ("was driven out: fled", ["state:TCD"]),
    ]


def test_the_word_that_an_outlet_chooses_contests_nothing() -> None:
    assert found(told("KEN", "withdrew"), told(None, "fled", "b")) == {}


def test_who_denies_it_has_chosen_no_word_for_it() -> None:
    assert "type" not in found(told("KEN", "withdrew"), told("TCD", "fled", "b", factuality="CT-"))
