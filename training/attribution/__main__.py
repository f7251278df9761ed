"""Rebuild the attribution network: python -m training.attribution GOLD_DIR.

GOLD_DIR holds ``polnear_train.jsonl`` and ``polnear_dev.jsonl``. It takes about ten minutes on one core, after
``pip install -r training/attribution/requirements.txt``. The seed is fixed; other versions of PyTorch, and other
processors, may round differently.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from sayso.knowledge.cues import Cues
from sayso.reading.attribution_learned import Learned
from sayso.reading.attribution_network import MODEL, AttributionNetwork
from sayso.reading.attribution_rules import Rules
from sayso.reading.pipeline import base_pipeline
from training.attribution.calibrate import calibrate
from training.attribution.corpus import articles, examples
from training.attribution.train import EPOCHS, network_for, train, vocabulary_of, write
from training.attribution.vectors import word_vectors

SEED = 1


def main() -> None:
    """Train, write the weights, and calibrate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--cache", type=Path, help="a folder that keeps the parses for the next run")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    opts = parser.parse_args()
    caches = {name: opts.cache / f"{name}.spacy" if opts.cache else None for name in ("polnear_train", "polnear_dev")}
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    nlp = base_pipeline()
    seen = list(articles(nlp, opts.gold / "polnear_train.jsonl", caches["polnear_train"]))
    hashes, vectors = word_vectors(word for article in seen for word in article.lower_words(nlp.vocab.strings))
    vocabulary = vocabulary_of(seen, hashes)
    kept = [example for article in seen for example in examples(article, vocabulary)]
    network = train(network_for(vocabulary, vectors), kept, SEED, opts.epochs)
    write(network, vocabulary, opts.out)
    cues = Cues()
    learned = Learned(cues, AttributionNetwork(opts.out))
    calibrate(
        nlp, learned, Rules(cues), opts.gold / "polnear_dev.jsonl", caches["polnear_dev"], opts.out / "config.json"
    )


if __name__ == "__main__":
    main()
