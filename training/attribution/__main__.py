"""Rebuild an attribution network.

    python -m training.attribution GOLD_DIR --reader accurate
    python -m training.attribution GOLD_DIR --reader fast --more FILE --more FILE

GOLD_DIR holds ``polnear_train.jsonl`` and ``polnear_dev.jsonl``; FILE is news that nobody has annotated, JSONL with a
``text`` in each row. The accurate reader's network comes first: it teaches the fast one's, which learns from what it
says of the training articles and of FILE as well as from the annotators. After
``pip install -r training/attribution/requirements.txt`` either takes about an hour on two cores. The seed is fixed;
other versions of PyTorch, and other processors, may round differently.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from spacy.language import Language

from sayso.knowledge.cues import Cues
from sayso.reading.attribution_learned import Learned
from sayso.reading.attribution_network import FOLDERS, load_network
from sayso.reading.attribution_pieces import Cutter
from sayso.reading.attribution_rules import Rules
from sayso.reading.pipeline import base_pipeline
from training.attribution.calibrate import calibrate
from training.attribution.corpus import Article, articles, examples
from training.attribution.encoder import Encoder, encoder_folder
from training.attribution.export import write_encoder
from training.attribution.train import ACCURATE, FAST, network_for, train, vocabulary_of, write
from training.attribution.vectors import word_vectors

SEED = 1
FEWEST = 5
"""Uses from which the accurate network knows a word beside its encoder."""


def fast(nlp: Language, seen: list[Article], out: Path) -> None:
    """Train and write the network that reads words by fixed vectors."""
    hashes, vectors = word_vectors(word for article in seen for word in article.lower_words(nlp.vocab.strings))
    vocabulary = vocabulary_of(seen, hashes)
    kept = [example for article in seen for example in examples(article, vocabulary)]
    network = train(network_for(vocabulary, vectors, FAST.shape), kept, SEED, FAST)
    write(network, vocabulary, FAST.shape, out)


def accurate(seen: list[Article], out: Path, checkpoints: Path | None) -> None:
    """Train and write the network that reads words through an encoder, and the encoder."""
    counts = Counter(number for article in seen for number in article.tokens.lower.tolist())
    words = np.array([number for number, n in counts.most_common() if n >= FEWEST], np.uint64)
    vocabulary = vocabulary_of(seen, words)
    cutter = Cutter(encoder_folder() / "tokenizer.json")
    kept = [example for article in seen for example in examples(article, vocabulary, cutter)]
    encoder = Encoder()
    network = network_for(vocabulary, np.zeros((len(words), 0)), ACCURATE.shape, encoder)
    network = train(network, kept, SEED, ACCURATE, checkpoints)
    write(network, vocabulary, ACCURATE.shape, out)
    write_encoder(network.encoder, out)


def main() -> None:
    """Train, write the weights, and calibrate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--reader", choices=sorted(FOLDERS), default="fast")
    parser.add_argument("--more", type=Path, action="append", default=[], help="news for the fast network's teacher")
    parser.add_argument("--out", type=Path, help="the model's folder, in place of the one that ships")
    parser.add_argument("--cache", type=Path, help="a folder that keeps the parses, and the weights after each epoch")
    parser.add_argument("--calibrate-only", action="store_true", help="fit the calibration of weights that are there")
    opts = parser.parse_args()
    out = opts.out or FOLDERS[opts.reader]
    torch.manual_seed(SEED)
    nlp = base_pipeline()

    def parses(path: Path) -> Path | None:
        return opts.cache / f"{path.stem}.spacy" if opts.cache else None

    train_set, dev_set = opts.gold / "polnear_train.jsonl", opts.gold / "polnear_dev.jsonl"
    if not opts.calibrate_only and opts.reader == "accurate":
        accurate(list(articles(nlp, train_set, parses(train_set))), out, opts.cache)
    elif not opts.calibrate_only:
        teacher = load_network("accurate", FOLDERS["accurate"])
        files = [train_set, *opts.more]
        fast(nlp, [a for path in files for a in articles(nlp, path, parses(path), teacher)], out)
    cues = Cues()
    learned = Learned(cues, load_network(opts.reader, out))
    calibrate(nlp, learned, Rules(cues), dev_set, parses(dev_set), out / "config.json")


if __name__ == "__main__":
    main()
