"""What limits what is said, and what it limits."""

from __future__ import annotations

import pytest

from sayso.corroboration.utterances.content import Content
from sayso.corroboration.utterances.qualifying import qualifying


def found(text: str) -> list[tuple[str, str]]:
    """Return the qualifiers of a text: kind and words."""
    content = Content([(0, text)])
    spans = [(each.kind, content.span_of(each.words)) for each in qualifying(content)]
    return [(kind, text[start:end]) for kind, (start, end) in spans]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we shall close unless the ice clears", [("condition", "unless the ice clears")]),
        ("if the ice stays, we shall close", [("condition", "if the ice stays")]),
        ("we shall close, provided that the town agrees, on Friday", [("condition", "provided that the town agrees")]),
        ("should the test fail, we shall close", [("condition", "should the test fail")]),
        ("the ban is lifted only after inspectors are let in", [("condition", "only after inspectors are let in")]),
        ("a bottle possibly exploded", [("hedge", "possibly")]),
        ("as far as we know nobody died", [("hedge", "as far as we know")]),
        ("at least 40 boats are stuck", [("limit", "at least 40")]),
        ("about 4 billion crowns", [("approximation", "about 4 billion")]),
        ("40 boats or so are stuck", [("approximation", "40 boats or so")]),
        ("40 or so boats are stuck", [("approximation", "40 or so")]),
        ("40 boats are stuck so far", [("limit", "so far")]),
    ],
)
def test_qualifiers_are_found_with_all_their_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "we shall close even if it thaws",
        "it looks as if we shall close",
        "once again the harbour is shut",
        "the food provided by the town is good",
        "we asked if it was shut",
        "a few boats are stuck",
        "parliament will vote before May or in June",
    ],
)
def test_words_that_only_look_like_qualifiers_are_none(text: str) -> None:
    assert found(text) == []


def test_a_condition_limits_the_rest_of_its_sentence() -> None:
    content = Content([(0, "The boats are old. If the ice stays, we shall close the harbour.")])
    (condition,) = qualifying(content)
    assert [content.words[place] for place in condition.limits] == ["we", "shall", "close", "the", "harbour"]
    assert content.words[slice(*condition.says)] == ("the", "ice", "stays")
