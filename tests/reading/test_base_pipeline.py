from __future__ import annotations

import spacy

from sayso.reading.pipeline import BASE, base_pipeline


def test_the_parser_is_loaded_as_it_is_but_for_what_never_runs() -> None:
    whole, ours = spacy.load(BASE), base_pipeline()
    assert set(whole.component_names) - set(ours.component_names) == {"senter"}
    assert "senter" not in whole.pipe_names
    assert ours.vocab.strings.to_bytes() == whole.vocab.strings.to_bytes()


def test_the_tokenizer_is_filled_with_the_rules_of_the_parser() -> None:
    whole, ours = spacy.load(BASE), base_pipeline()
    assert ours.config["nlp"]["tokenizer"] != whole.config["nlp"]["tokenizer"]
    assert ours.tokenizer.to_bytes(exclude=["vocab"]) == whole.tokenizer.to_bytes(exclude=["vocab"])
    text = "U.S. troops didn't leave Mr. Smith's state-of-the-art base (see https://example.org/a?b=c), e.g. at 5p.m."
    assert [token.text for token in ours.make_doc(text)] == [token.text for token in whole.make_doc(text)]
