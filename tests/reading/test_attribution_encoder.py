from __future__ import annotations

import sys
from functools import cache

import numpy as np
import pytest
from tests.conftest import Read

import sayso
from sayso.errors import SaysoError
from sayso.reading import attribution_encoder
from sayso.reading.attribution_encoder import AT_ONCE, Encoder, providers, together
from sayso.reading.attribution_network import FOLDERS, load_network, shared_network
from sayso.reading.attribution_pieces import LONGEST, Cutter

TEXT = "The minister said on Monday that the bridge was safe.\n\nNobody else was there."


@cache
def encoder() -> Encoder:
    return Encoder(FOLDERS["accurate"])


def test_pieces_know_their_words() -> None:
    pieces = Cutter(FOLDERS["accurate"] / "tokenizer.json").cut(["Zelenskiy", "said", "“", "no", "”"])
    assert pieces.words[0] == pieces.words[-1] == -1
    inside = pieces.words[1:-1].tolist()
    assert inside == sorted(inside)
    assert set(inside) == {0, 1, 2, 3, 4}
    assert inside.count(0) > 1, "a rare name is of several pieces"


def test_more_pieces_than_the_encoder_takes_are_cut_off() -> None:
    assert len(Cutter(FOLDERS["accurate"] / "tokenizer.json").cut(["word"] * 2000).ids) == LONGEST


def test_each_word_has_a_vector_that_depends_on_its_context() -> None:
    bank, river = encoder().encode([["The", "bank", "said", "no"], ["The", "river", "bank", "flooded"]])
    assert bank.shape == river.shape == (4, 384)
    assert not np.allclose(bank[1], river[2], atol=0.1)


def test_company_in_a_batch_changes_nothing() -> None:
    words = ["Nobody", "denied", "it"]
    (alone,) = encoder().encode([words])
    among = encoder().encode([words, ["word"] * 60])[0]
    assert np.allclose(alone, among, atol=1e-3)


def test_words_without_pieces_have_no_vector() -> None:
    (vectors,) = encoder().encode([["word"] * 600 + ["last"]])
    assert np.any(vectors[0])
    assert not np.any(vectors[-1])


def test_the_accurate_network_finds_cue_and_source(read: Read) -> None:
    doc = read(TEXT, upto="sayso_quotes")
    (proposal,) = shared_network("accurate").read(doc, 0.5)
    assert doc[proposal.anchor].text == "said"


@pytest.mark.parametrize("text", ["", " \n ", "."])
def test_nothing_is_found_in_nothing(read: Read, text: str) -> None:
    assert shared_network("accurate").read(read(text, upto="sayso_quotes"), 0.5) == []


def test_a_reader_says_which_models_it_used() -> None:
    document = sayso.Document(text=TEXT)
    fast, accurate = (next(sayso.Reader(name).read([document])).coded_with for name in ("fast", "accurate"))
    assert (fast.pipeline, accurate.pipeline) == ("fast", "accurate")
    assert "attribution_accurate/encoder.onnx" in accurate.models
    assert not [name for name in fast.models if name.startswith("attribution_accurate")]
    assert not [name for name in accurate.models if name.startswith("attribution/")]


def test_missing_libraries_are_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "sayso.reading.attribution_encoder")
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(SaysoError, match=r"onnxruntime.*pip install 'sayso\[accurate\]'"):
        load_network("accurate", FOLDERS["accurate"])


@pytest.mark.parametrize(
    ("available", "used"),
    [
        (["TensorrtExecutionProvider", "CUDAExecutionProvider", "CPUExecutionProvider"], ["CUDA", "CPU"]),
        (["AzureExecutionProvider", "CPUExecutionProvider"], ["CPU"]),
    ],
    ids=["a GPU's library", "the plain library"],
)
def test_a_gpu_is_used_where_the_library_is_built_for_one(
    monkeypatch: pytest.MonkeyPatch, available: list[str], used: list[str]
) -> None:
    monkeypatch.setattr(attribution_encoder.onnxruntime, "get_available_providers", lambda: available)

    assert providers() == [f"{name}ExecutionProvider" for name in used]


def test_windows_are_run_with_others_of_like_length_as_many_as_there_is_room_for() -> None:
    assert list(together([3, 1, 9, 2, 3], 6)) == [[1, 3], [0, 4], [2]]
    assert list(together([5, 5, 5], 100)) == [[0, 1, 2]]
    assert list(together([], 6)) == []


@pytest.mark.parametrize("at_once", sorted(AT_ONCE.values()))
def test_vectors_are_the_same_however_many_are_run_at_once(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    windows = [["word"] * length for length in (300, 2, 40, 40, 7)]
    monkeypatch.setattr(encoder(), "at_once", 1)
    alone = encoder().encode(windows)
    monkeypatch.setattr(encoder(), "at_once", at_once)
    for one, other in zip(alone, encoder().encode(windows), strict=True):
        assert np.allclose(one, other, atol=1e-3)
