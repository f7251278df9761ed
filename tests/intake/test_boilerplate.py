from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import KnowledgeError
from sayso.intake.lineage import examine
from sayso.knowledge import boilerplate, language
from sayso.knowledge.boilerplate import compile_phrase, load

AGENCIES = {"AP": "The Associated Press", "AP News": "The Associated Press"}


def user_file(folder: Path, text: str) -> str:
    (folder / boilerplate.FILE).write_text(text, encoding="utf-8")
    boilerplate.load.cache_clear()
    return str(folder)


def test_what_ships_is_sound() -> None:
    assert boilerplate.check() == []
    assert language.check() == []


@pytest.mark.parametrize(
    ("phrase", "text", "matches"),
    [
        ("sign up for * newsletter", "Sign up for our free weekly newsletter today", True),
        ("sign up for * newsletter", "Sign up for a b c d e f g h i j k newsletter", False),
        ("sign up for * newsletter", "Sign up for newsletters", False),
        ("(this|the) story", "THE STORY", True),
        ("don't miss", "Don’t miss", True),
        ("photo by {name}", "Photo by Jane Roe", True),
        ("photo by {name}", "Photo by night", False),
        ("{agency} writers", "AP News writers", True),
        ("{agency} writers", "APT writers", False),
        ("contact: {email}", "Contact: jane@example.org", True),
    ],
)
def test_phrases(phrase: str, text: str, matches: bool) -> None:
    assert bool(compile_phrase(phrase, AGENCIES).pattern.match(text)) is matches


def test_all_phrases_that_ship_make_regular_expressions() -> None:
    phrases = [phrase for passage in load().passages for phrase in passage.phrases]
    assert all(phrase.pattern.pattern == phrase.expression for phrase in phrases)


@pytest.mark.parametrize("phrase", ["(this|the story", "this) story", "a)b(c", "((a)"])
def test_parentheses_must_pair(phrase: str) -> None:
    with pytest.raises(ValueError, match="do not pair"):
        compile_phrase(phrase, AGENCIES)


@pytest.mark.parametrize(
    "phrase", ["a|b", "()", "(|a)", "*", "* *", "a * ", "[a", "a{2}+?", "\\", "(a|{name}) {name}", "^$."]
)
def test_whatever_pairs_makes_a_regular_expression_or_is_refused(phrase: str) -> None:
    try:
        compiled = compile_phrase(phrase, AGENCIES)
    except ValueError:
        return
    assert compiled.pattern.pattern


@pytest.mark.parametrize(
    ("phrase", "first"),
    [
        ("sign up", {"sign"}),
        ("(this|the old) story", {"this", "the"}),
        ("(the (reporter|author)|us) * said", {"the", "us"}),
        ("({name}|us) said", set()),
        ("{name} said", set()),
        ("(http|https):{origin}", {"http", "https"}),
    ],
)
def test_phrases_are_looked_up_by_their_first_word(phrase: str, first: set[str]) -> None:
    assert compile_phrase(phrase, AGENCIES).first == first


@pytest.mark.parametrize(
    ("phrase", "key"),
    [
        ("sign up for * newsletter", "newsletter"),
        ("{name} contributed (to|for) it", "contributed"),
        ("(a|b) {name}", ""),
    ],
)
def test_phrases_have_a_word_that_must_be_there(phrase: str, key: str) -> None:
    assert compile_phrase(phrase, AGENCIES).key == key


def test_a_user_adds_agencies_labels_and_phrases(tmp_path: Path) -> None:
    own = user_file(
        tmp_path,
        "agencies: {Example Wire: [ExWire]}\nlabels: [pay what you want]\n"
        "passages: [{kind: plea, where: line, phrases: ['buy our * calendar']}]\n",
    )
    text = "RIGA (ExWire) - The ministers met, officials said.\nPay what you want\nBuy our calendar!\nThey agreed."
    layout = examine(text, own)
    assert [line.name for line in layout.lineage] == ["Example Wire"]
    assert [text[start:end] for start, end in layout.body] == [
        "RIGA",
        "The ministers met, officials said.",
        "They agreed.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a list", "is not a mapping"),
        ("agencies: {AP: AP}", "agencies: AP: give a list of forms"),
        ("labels: [1]", "labels: must be a list of texts"),
        ("passages: [{where: top}]", "passages 1: 'where' must be one of"),
        ("notes: [{where: line, relation: cousin}]", "notes 1: 'relation' must be one of"),
        ("passages: [{where: line, phrases: ['by {nobody}']}]", r"there is no slot \{nobody\}"),
        ("passages: [{where: line, phrases: ['(open']}]", "passages 1: "),
        ("passages: [", "line "),
    ],
)
def test_bad_files_are_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(KnowledgeError, match=said):
        boilerplate.load(user_file(tmp_path, text))


def test_check_finds_what_the_schema_lets_pass(tmp_path: Path) -> None:
    own = user_file(tmp_path, "labels: [LOUD]\npassages: [{kind: a, where: line, phrases: [x y, x y]}]\n")
    assert len(boilerplate.check(own)) == 2
