from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from sayso.reading import parser_attributes
from sayso.reading.parser_attributes import AttributeTable


@pytest.fixture
def nlp() -> English:
    return English()


def table(nlp: English, *rules: tuple[list[dict], dict, int]) -> AttributeTable:
    ruler = AttributeRuler(nlp.vocab)
    for pattern, attributes, index in rules:
        ruler.add([pattern], attributes, index)
    return AttributeTable(ruler)


def doc(nlp: English, words: str, tags: str) -> Doc:
    return Doc(nlp.vocab, words.split(), tags=tags.split())


def test_later_rules_prevail(nlp):
    ruled = table(nlp, ([{"TAG": "IN"}], {"POS": "ADP"}, 0), ([{"TAG": "IN", "LOWER": "that"}], {"POS": "SCONJ"}, 0))

    assert [token.pos_ for token in ruled(doc(nlp, "of That", "IN IN"))] == ["ADP", "SCONJ"]


def test_rules_of_several_words_set_one_of_them(nlp):
    ruled = table(
        nlp,
        ([{"TAG": "VB"}], {"LEMMA": "verb"}, 0),
        ([{"LOWER": "gon"}, {"LOWER": {"REGEX": "^n[ao]$"}}], {"LEMMA": "to"}, 1),
    )

    assert [token.lemma_ for token in ruled(doc(nlp, "gon na gon x", "VB VB VB VB"))] == ["verb", "to", "verb", "verb"]


def test_rules_of_several_words_look_at_what_stood_before_any_rule(nlp):
    ruled = table(
        nlp,
        ([{"TAG": "EX"}], {"TAG": "DT"}, 0),
        ([{"TAG": "EX"}, {"LOWER": "is"}], {"POS": "VERB"}, 1),
    )

    assert ruled(doc(nlp, "there is", "EX VBZ"))[1].pos_ == "VERB"


def test_words_are_remembered_up_to_a_number(nlp, monkeypatch):
    monkeypatch.setattr(parser_attributes, "CAPACITY", 2)
    ruled = table(nlp, ([{"TAG": "NN"}], {"POS": "NOUN"}, 0))

    assert [token.pos_ for token in ruled(doc(nlp, "a b c a", "NN NN NN IN"))] == ["NOUN"] * 3 + [""]


@pytest.mark.parametrize(
    ("pattern", "told"),
    [([{"SHAPE": "Xx"}], "SHAPE"), ([{"LOWER": {"NOT_IN": ["a"]}}], "NOT_IN"), ([{"TAG": "NN"}, {"POS": "X"}], "POS")],
)
def test_what_no_table_can_be_made_for_is_refused(nlp, pattern, told):
    with pytest.raises(ValueError, match=told):
        table(nlp, (pattern, {"POS": "NOUN"}, 0))
