"""Which event or mention has which number."""

from __future__ import annotations

import pytest
from tests.conftest import Read

NUMBERS = [
    ("Dozens of people died in the blast.", "died", [("killed", 24, 99)]),
    ("Tens of thousands of people marched through Orle.", "marched", [("crowd", 20_000, 99_000)]),
    ("A total of 55 people were killed.", "killed", [("killed", 55, 55)]),
    ("A crowd of 3,000 marched.", "marched", [("crowd", 3000, 3000)]),
    ("A group of 40 rebels attacked the post.", "attacked", [("forces", 40, 40)]),
    ("Thirty people, including three children, died in the raid.", "died", [("killed", 30, 30)]),
    ("The killing of 40 people led to protests.", "killing", [("killed", 40, 40)]),
    ("The killing of 40 people shook the country.", "shook", []),
    ("The ministry reported 14 deaths.", "deaths", [("killed", 14, 14)]),
    ("The ministry put the death toll at 14.", "toll", [("killed", 14, 14)]),
    ("Police put attendance at between 15,000 and 17,000.", "attendance", [("crowd", 15_000, 17_000)]),
    ("The army put the dead at 60.", "dead", [("killed", 60, 60)]),
    ("The toll rose to 40.", "rose", [("killed", 40, 40)]),
    ("Rebels killed 20 soldiers and wounded 15.", "wounded", [("wounded", 15, 15)]),
]


@pytest.mark.parametrize(("text", "word", "numbers"), NUMBERS)
def test_a_number_belongs_to_what_happens(
    read: Read, text: str, word: str, numbers: list[tuple[str, float, float]]
) -> None:
    doc = read(text)
    [told] = [told for told in (*doc._.events, *doc._.event_mentions) if doc[told.anchor].text == word]
    assert [(q.kind, q.low, q.high) for q in told.quantities] == numbers


def test_what_is_estimated_stands_on_the_word_of_who_estimates_it(read: Read) -> None:
    doc = read("The march began at noon. Organisers put the turnout at 51,000.")
    [turnout] = [mention for mention in doc._.event_mentions if doc[mention.anchor].text == "turnout"]
    assert turnout.statement is not None
    assert doc[turnout.statement.source_head].text == "Organisers"
