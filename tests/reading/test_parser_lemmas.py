from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from sayso.reading import parser_lemmas
from sayso.reading.parser_lemmas import LemmaTable


class Lemmatizer:
    """Stands for a trained lemmatizer: cuts the last letter off, and counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.cache: dict[str, str] = {}

    def lemmatize(self, token):
        self.asked.append(token.text)
        return [token.text[:-1]]


@pytest.fixture
def nlp() -> English:
    return English()


def test_a_word_is_asked_for_once_for_each_part_of_speech(nlp):
    lemmatizer = Lemmatizer()
    doc = Doc(nlp.vocab, ["left", "left", "left"], pos=["VERB", "ADJ", "VERB"])

    LemmaTable(lemmatizer)(doc)

    assert [token.lemma_ for token in doc] == ["lef"] * 3
    assert lemmatizer.asked == ["left", "left"]


def test_what_is_set_before_stays(nlp):
    doc = Doc(nlp.vocab, ["gon", "na"], pos=["VERB", "PART"], lemmas=["go", ""])

    LemmaTable(Lemmatizer())(doc)

    assert [token.lemma_ for token in doc] == ["go", "n"]


def test_lemmas_outlive_the_zone_in_which_they_were_met(nlp):
    table = LemmaTable(Lemmatizer())
    for _ in range(2):
        with nlp.vocab.memory_zone():
            doc = Doc(nlp.vocab, ["zyxwz"], pos=["NOUN"])
            assert table(doc)[0].lemma_ == "zyxw"


def test_a_full_table_is_begun_anew(nlp, monkeypatch):
    monkeypatch.setattr(parser_lemmas, "CAPACITY", 1)
    lemmatizer = Lemmatizer()
    doc = Doc(nlp.vocab, ["as", "bs", "as"], pos=["NOUN"] * 3)

    LemmaTable(lemmatizer)(doc)

    assert [token.lemma_ for token in doc] == ["a", "b", "a"]
    assert lemmatizer.asked == ["as", "bs", "as"]
