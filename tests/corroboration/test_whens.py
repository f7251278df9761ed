"""When something happened, and from where that is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hand_made import record, said_by, telling

from sayso.corroboration.telling import Telling
from sayso.corroboration.whens import OWN, PUBLISHED, SCENE, SENTENCE, UNKNOWN, When, Whens, ordinals
from sayso.records import Record, Statement, Time

TUESDAY = "2024-10-22"
TEXT = "On 3 October rebels came. They shelled Elst. Nobody fled on 5 October."


def day(iso: str) -> int:
    return date.fromisoformat(iso).toordinal()


def timed(text: str, published: str | None = TUESDAY, **values: str) -> Record:
    """Return a record of a text in which words, with _ for blanks, are times of some values."""
    times = []
    for number, (words, value) in enumerate(values.items()):
        start = text.index(words.strip("_").replace("_", " "))
        times.append(Time(id=f"t{number}", span=(start, start + 2), type="DATE", value=value))
    return record(text, published=published, times=times)


def at(text: str, word: str, **given: Any) -> Telling:
    """Return the telling at a word, in the sentence that holds it."""
    start = text.rfind(". ", 0, text.index(word)) + 1
    start += start > 0
    end = text.index(".", text.index(word)) + 1
    found = telling(text[start:end], word, **given)
    return replace(found, anchor=(found.anchor[0] + start, found.anchor[1] + start), passage=(start, end))


def when(text: str, word: str, **given: Any) -> When:
    return Whens(timed(text, _3_October="2024-10-03", _5_October="2024-10-05")).of(at(text, word, **given))


def test_its_own_date_counts_before_all_others() -> None:
    assert when(TEXT, "came", date="2024-09") == (day("2024-09-01"), day("2024-09-30"), OWN)


def test_else_the_date_in_its_sentence() -> None:
    assert when(TEXT, "came") == (day("2024-10-03"), day("2024-10-03"), SENTENCE)


def test_of_two_dates_in_a_sentence_the_one_that_is_nearer() -> None:
    text = "After a march on 3 October rebels shelled Elst on 5 October."
    assert when(text, "march")[0] == day("2024-10-03")
    assert when(text, "shelled")[0] == day("2024-10-05")


def test_else_what_a_sentence_before_it_set() -> None:
    whens = Whens(timed(TEXT, _3_October="2024-10-03"))
    assert whens.of(at(TEXT, "came"))[2] == SENTENCE
    assert whens.of(at(TEXT, "shelled")) == (day("2024-10-03"), day("2024-10-03"), SCENE)


def test_a_date_in_the_same_sentence_that_is_not_its_own_sets_no_scene_for_it() -> None:
    whens = Whens(record("Rebels who came shelled Elst.", published=TUESDAY))
    assert whens.of(at("Rebels who came shelled Elst.", "came", date="2024-10-03"))[2] == OWN
    assert whens.of(at("Rebels who came shelled Elst.", "shelled"))[2] == PUBLISHED


def test_else_the_days_before_it_was_printed() -> None:
    assert when(TEXT, "shelled") == (day("2024-10-19"), day(TUESDAY), PUBLISHED)


def test_else_nothing_is_known() -> None:
    assert Whens(record(TEXT)).of(at(TEXT, "shelled")) == (0, 0, UNKNOWN)


def test_when_somebody_said_so_is_not_when_it_happened() -> None:
    text = "Rebels shelled Elst, Kenya said on 5 October."
    content = (0, text.index(","))
    said = Statement(
        id="s1", source=[(22, 27)], cue=[(28, 32)], content=[content], speaker=None, kind="indirect", act="say",
        confidence=0.9,
    )  # fmt: skip
    told = timed(text, _5_October="2024-10-05").model_copy(update={"statements": [said]})
    assert Whens(told).of(at(text, "shelled", sayings=said_by("Kenya", "KEN")))[2] == PUBLISHED
    assert Whens(told).of(at(text, "shelled"))[2] == SENTENCE


@pytest.mark.parametrize(
    ("given", "tense", "meant"),
    [
        ("2024-10-25", "past", "2024-10-18"),  # "on Friday", read for the coming one
        ("2024-10-25", "none", "2024-10-18"),
        ("2024-10-25", "future", "2024-10-25"),
        ("2024-10-22", "past", "2024-10-22"),
        ("2024-10-29", "past", "2024-10-29"),  # a week ahead is no slip
    ],
)
def test_a_weekday_ahead_of_what_is_told_as_past_is_the_one_before(given: str, tense: str, meant: str) -> None:
    found = Whens(record(TEXT, published=TUESDAY)).of(at(TEXT, "shelled", date=given, tense=tense))
    assert found == (day(meant), day(meant), OWN)


def test_a_month_ahead_is_not_put_back() -> None:
    found = Whens(record(TEXT, published="2024-10-30")).of(at(TEXT, "shelled", date="2024-11"))
    assert found[0] == day("2024-11-01")


@pytest.mark.parametrize(
    ("prefix", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-10-22", "2024-10-22", "2024-10-22"),
        ("2024-10-22T23:30:00+02:00", "2024-10-22", "2024-10-22"),
    ],
)
def test_a_prefix_of_a_date_is_all_its_days(prefix: str, first: str, last: str) -> None:
    assert ordinals(prefix) == (day(first), day(last))


@pytest.mark.parametrize("prefix", [None, "", "2024-13", "2024-02-30", "2024-W42", "0000", "9999-12", "soon"])
def test_what_is_no_date_in_any_calendar_is_none(prefix: str | None) -> None:
    assert ordinals(prefix) == (0, 0)
