from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from sayso.reading.parser_speed import quicken
from sayso.reading.pipeline import BASE

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))
ODD = [
    "",
    " ",
    "\n\n",
    "Ankara",
    "Let's go, she said: we ain't gonna stay, they've gotta leave, c'mon y'all, there's nothin' left.",
    "The United Nations Security Council\n\nmet in New York on Friday 3 May 2024 and spent $5 million.",
    "Do you have it? It is I who did. He has had to. The IMF, World Bank and EU's Ursula Varga of Petrozavodsk",
    "😀 zxqj-17 “Москва” ''' -- … 3.5% 12:30 a.m. mid-2019",
]
ATTRIBUTES = ("tag_", "pos_", "lemma_", "dep_", "ent_type_", "ent_iob_", "is_sent_start", "morph")


@pytest.fixture(scope="module")
def plain() -> Language:
    return spacy.load(BASE)


@pytest.fixture(scope="module")
def quick() -> Language:
    nlp = spacy.load(BASE)
    quicken(nlp)
    return nlp


def _described(nlp: Language, texts: list[str]) -> list[list[tuple[str, ...]]]:
    return [
        [(token.text, str(token.head.i), *(str(getattr(token, name)) for name in ATTRIBUTES)) for token in doc]
        for doc in nlp.pipe(texts)
    ]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_articles_are_parsed_as_the_plain_parser_does(path, plain, quick):
    texts = path.read_text(encoding="utf-8").split("\n\n")

    assert _described(quick, texts) == _described(plain, texts)


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_parsed_as_the_plain_parser_does(text, plain, quick):
    assert _described(quick, [text]) == _described(plain, [text])


def test_texts_are_parsed_the_same_alone_and_together(quick):
    texts = [path.read_text(encoding="utf-8") for path in EXAMPLES]

    assert _described(quick, texts) == [_described(quick, [text])[0] for text in texts]


def test_the_names_are_those_of_the_components_that_gave_way(plain, quick):
    assert quick.pipe_names == plain.pipe_names
