from __future__ import annotations

import time

import numpy as np
import pytest
from spacy.tokens import Doc
from tests.conftest import Read

from sayso.reading.attribution_features import LONGEST_WINDOW, Tokens, Vocabulary
from sayso.reading.attribution_network import CONTENT, SOURCE, shared_network

TEXT = "The minister said on Monday that the bridge was safe.\n\nNobody else was there."


def test_windows_cover_every_token_once_and_break_between_paragraphs(read: Read) -> None:
    text = "\n\n".join(f"Paragraph {i} has a few words about the bridge and the river." for i in range(60))
    tokens = Tokens(read(text, upto="sayso_quotes"))
    windows = tokens.windows
    assert [w.start for w in windows[1:]] == [w.end for w in windows[:-1]]
    assert (windows[0].start, windows[-1].end) == (0, len(tokens))
    assert all(tokens.paragraph[w.start] != tokens.paragraph[w.start - 1] for w in windows[1:])


def test_a_paragraph_without_end_is_cut(read: Read) -> None:
    tokens = Tokens(read("bridge river " * 700, upto="sayso_quotes"))
    assert max(w.end - w.start for w in tokens.windows) <= LONGEST_WINDOW


def test_unknown_words_are_number_nought() -> None:
    vocabulary = Vocabulary({"lower": np.array([7, 3], np.uint64)})
    assert vocabulary.number("lower", np.array([3, 7, 5], np.uint64)).tolist() == [2, 1, 0]


def test_relations_tell_the_tree_from_other_sentences(read: Read) -> None:
    doc = read(TEXT, upto="sayso_quotes")
    tokens, network = Tokens(doc), shared_network()
    (window,) = tokens.windows
    tree = tokens.relations(2, window, network.vocabulary)[:, 0]
    assert tree[2] == 1
    assert tree[0] == tree[1] > 1, "the article stands to the cue as its noun does"
    assert set(tree[11:].tolist()) == {0}


def test_the_network_finds_cue_source_and_content(read: Read) -> None:
    doc = read(TEXT, upto="sayso_quotes")
    (proposal,) = shared_network().read(doc, 0.5)
    roles = proposal.roles.argmax(-1)
    assert doc[proposal.anchor].text == "said"
    assert [doc[int(i)].text for i in proposal.tokens[roles == SOURCE]] == ["The", "minister"]
    assert [doc[int(i)].text for i in proposal.tokens[roles == CONTENT]][:3] == ["that", "the", "bridge"]
    assert np.allclose(proposal.roles.sum(-1), 1, atol=1e-5)


def test_white_space_and_batches_do_not_change_what_is_found(read: Read) -> None:
    alone = shared_network().read(read(TEXT, upto="sayso_quotes"), 0.5)
    among = shared_network().read(read(TEXT + "\n\n" + "The river was high. " * 90, upto="sayso_quotes"), 0.5)
    assert [p.anchor for p in alone] == [p.anchor for p in among][: len(alone)]


@pytest.mark.parametrize("text", ["", " \n ", "."])
def test_nothing_is_found_in_nothing(read: Read, text: str) -> None:
    assert shared_network().read(read(text, upto="sayso_quotes"), 0.5) == []


def test_cost_is_linear_in_deep_and_flat_trees() -> None:
    nlp = shared_network  # loaded outside the clock
    nlp()
    from spacy.vocab import Vocab

    length = 20_000
    heads = [max(i - 1, 0) for i in range(length)]
    doc = Doc(Vocab(), words=["said"] * length, heads=heads, deps=["ROOT", *["ccomp"] * (length - 1)])
    began = time.process_time()
    shared_network().read(doc, 0.999)
    assert time.process_time() - began < 20
