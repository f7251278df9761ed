"""On whose word a telling stands, and how many independent voices that makes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.corroboration.assembly import occurrence
from sayso.corroboration.occurrence import Occurrence
from sayso.corroboration.telling import Telling, tellings
from sayso.corroboration.voices import Word, words_of
from sayso.records import CopyOf, Record

Coded = Callable[..., Record]


def told(records: list[Record], *words: str) -> list[Telling]:
    """Return the tellings of several Records that stand at some words."""
    found = [t for order, record in enumerate(records) for t in tellings(record, order) if t.word in words]
    assert found, [t.word for record in records for t in tellings(record, 0)]
    return found


def voices(records: list[Record], *words: str) -> list[str]:
    """Return the ids of the voices of tellings, in order of the text."""
    found = told(records, *words)
    known: dict[str, Word] = words_of(found)
    return [known[telling.id].id for telling in found]


def made(records: list[Record], *words: str) -> Occurrence:
    """Return the occurrence that tellings at some words make."""
    return occurrence(told(records, *words), {})


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("The army shelled Elst on Monday.", "outlet:sample wire"),
        ("Kenya said that the army had shelled Elst on Monday.", "state:KEN"),
        ("Kenya's defence ministry said that the army had shelled Elst.", "state:KEN"),
        ("A spokesman for Kenya's army said that rebels had shelled Elst.", "state:KEN"),
        ("The army shelled Elst on Monday, Kenya's foreign ministry announced on Tuesday.", "state:KEN"),
        ("The Kenyans say that rebels shelled Elst.", "state:KEN"),
        ("Residents said that rebels had shelled Elst.", "unnamed:witnesses"),
        ("Experts say that rebels shelled Elst.", "unnamed:experts"),
        ("The governor of Nairobi said that rebels had shelled Elst.", "office:KEN:governor"),
        ("NATO said that rebels had shelled Elst.", "body:nato"),
        ("Hamas said that rebels had shelled Elst.", "actor:hamas"),
        ("A Hamas spokesman said that rebels had shelled Elst.", "actor:hamas"),
        ("A spokesman for the Houthis said that rebels had shelled Elst.", "actor:houthis"),
        ("Reuters reported that rebels had shelled Elst.", "outlet:reuters"),
        ("China's Xinhua news agency said that rebels had shelled Elst.", "outlet:xinhua"),
        ("We can say that rebels shelled Elst.", "outlet:sample wire"),
        ("Kenya's broadcaster reported that rebels had shelled Elst.", "outlet:kenya: media"),
        ("State media quoted Kenya's army as saying that rebels had shelled Elst.", "state:KEN"),
    ],
)
def test_a_telling_stands_on_the_word_of_who_says_so(coded: Coded, text: str, voice: str) -> None:
    assert voices([coded(text)], "shelled") == [voice]


@pytest.mark.parametrize(
    ("text", "words", "voice"),
    [
        ("Kenya would not discuss how rebels shelled Elst.", "shelled", "outlet:sample wire"),
        ("Nobody denies that rebels shelled Elst.", "shelled", "outlet:sample wire"),
        ("Kenya has demanded that Chad pull back every unit that it sent to Elst.", "sent", "outlet:sample wire"),
    ],
)
def test_nobody_is_held_to_what_he_leaves_open_or_takes_for_known(
    coded: Coded, text: str, words: str, voice: str
) -> None:
    assert voices([coded(text)], words) == [voice]


def test_who_only_relays_a_voice_adds_none(coded: Coded) -> None:
    text = "Kenya's defence ministry said that rebels had shelled Elst on Monday."
    found = made([coded(text, outlet) for outlet in ("Sample Wire", "Harbour Post", "Capital Herald")], "shelled")
    assert (found.independent, found.status) == (1, "single-source")
    assert found.voices[0].relayed_by == ["Sample Wire", "Harbour Post", "Capital Herald"]


def test_bodies_of_one_state_are_one_voice_and_those_of_two_are_two(coded: Coded) -> None:
    one = coded("Kenya's army said that rebels had shelled Elst on Monday.")
    other = coded("Kenya's foreign minister said that rebels had shelled Elst.", "Harbour Post")
    third = coded("Chad's army said that rebels had shelled Elst.", "Capital Herald")
    assert made([one, other], "shelled").independent == 1
    assert made([one, other, third], "shelled").independent == 2


def test_a_copy_adds_no_voice(coded: Coded) -> None:
    one = coded("Rebels shelled Elst on Monday. Two people died.")
    copy = coded("Rebels shelled Elst on Monday. Two people died.", "Harbour Post")
    whose = CopyOf(id=one.id, similarity=1.0, reason="same text")
    assert made([one, copy], "shelled").independent == 2
    assert made([one, copy.model_copy(update={"copy_of": whose})], "shelled").independent == 1


def test_what_is_merely_referred_to_is_the_word_of_whom_its_document_names(coded: Coded) -> None:
    relayed = coded("Kenya said that rebels had shelled Elst. The shelling went on for an hour.")
    stating = coded("Rebels shelled Elst on Monday. The shelling went on for an hour.", "Harbour Post")
    assert voices([relayed], "shelled", "shelling") == ["state:KEN", "state:KEN"]
    assert voices([stating], "shelled", "shelling") == ["outlet:harbour post"] * 2
    assert voices([relayed, stating], "shelling") == ["outlet:sample wire", "outlet:harbour post"]
    assert made([relayed, stating], "shelled", "shelling").independent == 2


def test_a_body_that_nothing_places_is_of_the_state_that_speaks_elsewhere(coded: Coded) -> None:
    placed = coded("Kenya's defence ministry said that rebels had shelled Elst.")
    bare = coded("It was a bad night. A general declared that rebels had shelled Elst.", "Harbour Post")
    assert voices([placed, bare], "shelled") == ["state:KEN", "state:KEN"]


@pytest.mark.parametrize(
    "text",
    [
        "The alleged shelling of Elst began at noon.",
        "A year went by after reports that rebels had shelled Elst.",
        "Would it be a shelling of Elst?",
    ],
)
def test_an_outlet_that_leaves_it_open_is_no_voice_beside_others(coded: Coded, text: str) -> None:
    said = coded("Kenya said that rebels had shelled Elst on Monday.")
    found = made([said, coded(text, "Harbour Post")], "shelled", "shelling")
    assert (found.independent, found.status) == (1, "single-source")


def test_people_vouch_for_what_they_describe(coded: Coded) -> None:
    record = coded("The anger is about the bombs that, residents say, came down on their houses.")
    assert voices([record], "bombs") == ["unnamed:witnesses"]


def test_what_a_reporter_has_seen_is_his_outlets_word(coded: Coded) -> None:
    record = coded("Kenya said that rebels had shelled Elst. Our correspondent saw the shelling from a roof.")
    assert voices([record], "shelled", "shelling") == ["state:KEN", "outlet:sample wire"]


def test_an_outlet_is_told_apart_that_states_it_and_that_another_quotes(coded: Coded) -> None:
    stating = coded("Rebels shelled Elst on Monday.", "Harbour Post")
    quoting = coded("Rebels had shelled Elst, the Harbour Post reported.", "Capital Herald")
    [word] = words_of(told([stating], "shelled")).values()
    assert (word.id, word.because) == ("outlet:harbour post", "states it without saying from whom it has it")
    own, quoted = words_of(told([stating, quoting], "shelled")).values()
    assert own == word
    assert (quoted.id, quoted.because) == ("outlet:harbour post", "another outlet, quoted")
