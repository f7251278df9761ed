"""Who speaks in a statement: whom papers, pronouns and bare offices are the voice of, and of what country."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from sayso.corroboration.narrators import Narrator
from sayso.corroboration.speakers import _BARE, Speaker, Speakers
from sayso.records import Record

Coded = Callable[..., Record]


def speaker(record: Record, words: str) -> Speaker:
    """Return who speaks in the statement whose content has some words."""
    found = [s for s in record.statements if words in record.quote(s.content)]
    assert len(found) == 1, [record.quote(s.content) for s in record.statements]
    return Speakers(record, Narrator.of(record)).of(found[0].id)


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Chad's army said that it had taken the town.", "taken", "TCD"),
        ("N'DJAMENA - The army said that it had taken the town.", "taken", "TCD"),
        ("Kenya sent troops. The defence ministry said that they would stay.", "stay", "KEN"),
        ("In Washington nobody slept. The president told reporters that he had sent ships.", "ships", "USA"),
        ("The army in Nairobi said that it had taken the town. The army added that it would stay.", "stay", "KEN"),
    ],
)
def test_a_body_that_is_only_called_so_is_of_where_it_is_told_of(
    coded: Coded, text: str, words: str, country: str
) -> None:
    assert speaker(coded(text), words).country == country


def test_a_body_of_whom_nothing_is_told_is_guessed_to_be_of_who_spoke_last(coded: Coded) -> None:
    record = coded(
        "Kenya's army said that it had fled. Chad's army said that it had won.\n\nA general declared that it was over."
    )
    found = speaker(record, "was over")
    assert (found.country, found.guessed) == ("TCD", True)
    assert not speaker(record, "had fled").guessed


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        (
            "The force has been shut down by ministers, state media quoted the prosecutor general as saying.",
            "shut down",
            "prosecutor",
        ),
        ("The bridge was rebuilt, radio stations quoted the engineer as saying.", "rebuilt", "engineer"),
    ],
)
def test_who_is_quoted_speaks_and_not_the_paper_that_quotes_him(coded: Coded, text: str, words: str, who: str) -> None:
    assert who in speaker(coded(text), words).naming


def test_a_pronoun_is_who_was_named(coded: Coded) -> None:
    record = coded("Kenya's army said that it had taken the town. It said that nobody had been hurt.")
    found = speaker(record, "hurt")
    assert found.country == "KEN"


def test_a_statement_is_of_who_spoke_before(coded: Coded) -> None:
    record = coded("Kenya's army said that it had taken the town. The statement said that nobody had been hurt.")
    found = speaker(record, "hurt")
    assert (found.country, found.source, found.naming) == ("KEN", "The statement", "Kenya's army")


def test_a_long_source_that_names_nobody_is_read_in_no_time() -> None:
    source = "a soldier of the border guard who had been there for many years and knew every path, Kenya"
    begun = time.perf_counter()
    assert _BARE.fullmatch(source * 10) is None
    assert time.perf_counter() - begun < 1.0
