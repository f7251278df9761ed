from __future__ import annotations

import pytest
from tests.conftest import Read


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("LONDON - The bridge was shut.", "The"),
        ("CONCORD, N.H. (Sample Wire) — Walter Brannigan came.", "Walter"),
        ("TRENTON, N.J., May 3 -- It rained.", "It"),
        ("Bridge shut\nLONDON – The bridge was shut.", "The"),
    ],
)
def test_a_sentence_starts_behind_a_dateline(read: Read, text: str, start: str) -> None:
    doc = read(text, upto="sayso_quotes")
    assert start in [sentence[0].text for sentence in doc.sents]


@pytest.mark.parametrize(
    "text",
    [
        "NATO troops - some 400 of them - left the base.",
        "UN-backed forces left.",
        "The port - once the busiest - was shut.",
        "NO",
        "LONDON -",
        "LONDON - \n\nIt rained.",
    ],
)
def test_a_dash_that_ends_no_dateline_starts_nothing(read: Read, text: str) -> None:
    doc = read(text, upto="sayso_quotes")
    behind = [i + 1 for i, token in enumerate(doc[:-1]) if token.text in {"-", "–", "—", "--"}]
    assert not [i for i in behind if doc[i].is_sent_start and not doc[i - 1].is_space]


def test_a_heading_is_a_sentence_of_its_own(read: Read) -> None:
    doc = read("Bridge shut for a week\nThe mayor said it was safe.", upto="sayso_quotes")
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Bridge shut for a week",
        "The mayor said it was safe.",
    ]
