from __future__ import annotations

import time

import pytest
import spacy
from spacy.tokens import Doc

from sayso.reading.quotes import find_quotations

NLP = spacy.blank("en")


def quotations(text: str) -> list[tuple[str, bool, bool]]:
    doc = find_quotations(NLP(text))
    return [(text[slice(*q.chars)], q.closed, q.nested) for q in doc._.quotations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said: "No." She left.', ['"No."']),
        ("“A word,” he said. “Another.”", ["“A word,”", "“Another.”"]),
        ("``Yes,'' he said, ''and no.''", ["``Yes,''", "''and no.''"]),
        ("«Jamais», dit-il.", ["«Jamais»"]),
        ("'I won't go,' she said.", ["'I won't go,'"]),
        ("‘We’ll see,’ he said.", ["‘We’ll see,’"]),
        ("‘the voters’ choice is bad,’ he said", ["‘the voters’ choice is bad,’"]),
        ("''They're late,'' he said. ''We're not.''", ["''They're late,''", "''We're not.''"]),
        ("(“hi”) —“yo”—", ["“hi”", "“yo”"]),
    ],
)
def test_marks_of_every_family_are_read(text: str, expected: list[str]) -> None:
    assert [q for q, _, _ in quotations(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Russia’s army and the voters' choice in the '90s.",
        "Rock ’n’ roll was everywhere in the ’80s.",
        "He is 6'2\" tall.",
        "It's the workers' party, isn't it?",
        'A screen of 24" and one of 14".',
        "“”",
        '" "',
        "",
        " \n \n",
    ],
)
def test_apostrophes_and_inch_marks_open_nothing(text: str) -> None:
    assert quotations(text) == []


def test_a_quotation_in_a_quotation_is_nested() -> None:
    assert quotations("“She told me ‘never’ twice,” he said.") == [
        ("“She told me ‘never’ twice,”", True, False),
        ("‘never’", True, True),
    ]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    assert quotations("“We came.\n“We saw,” he said.") == [("“We came.", False, False), ("“We saw,”", True, False)]


def test_a_single_newline_does_not_end_a_quotation_in_wrapped_text() -> None:
    text = (
        "The minister of the interior said on Tuesday in front of the house “that the\n"
        "border would be closed for as long as it takes to find the missing persons and\n"
        "to bring them home,” before he left for the capital and for a meeting with the\n"
        "president of the republic and the speaker of the house.\n"
    )
    assert [q.count("\n") for q, _, _ in quotations(text)] == [2]


def test_a_stray_closing_mark_turns_nothing_around() -> None:
    assert [q for q, _, _ in quotations('It is over." He said: "Go home."')] == ['"Go home."']


def test_offsets_are_code_points() -> None:
    text = "🎉 é “naïve 🎈” end"
    doc = find_quotations(NLP(text))
    (quotation,) = doc._.quotations
    assert text[slice(*quotation.chars)] == "“naïve 🎈”"
    assert doc[quotation.start].text.startswith("“")
    assert doc[quotation.end - 1].text.endswith("”")


@pytest.mark.parametrize("unit", ['"', "'a ", "‘a ", '"\n', "a”“"])
def test_a_million_characters_of_marks_take_linear_time(unit: str) -> None:
    words = (unit * (1_000_000 // len(unit))).split(" ")
    doc = Doc(NLP.vocab, words=[w for w in words if w])
    begun = time.process_time()
    find_quotations(doc)
    assert time.process_time() - begun < 10
