"""Recall of attributions by class: what kind of cue, what kind of source, where in the article.

usage: python benchmarks/attribution_classes.py GOLD.jsonl RECORDS.jsonl [--scorers DIR]

GOLD.jsonl and RECORDS.jsonl are those of ``score_attribution.py`` (in --scorers, ../shared/bench), whose matching this
script uses: it tells which gold statements were found, by the classes that readers of quotations are known to miss.
A statement may be of several classes. The classes come from the parse of the cue, so they are approximate.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Token

from sayso.reading.pipeline import base_pipeline

PLAIN = frozenset(("say", "tell"))
HEADLINE = 130
"""Characters of the first line from which it is a paragraph rather than a headline."""


def classes(doc: Doc, statement: dict[str, Any]) -> Iterator[str]:
    """Yield the classes of a gold statement."""
    content = sorted(map(tuple, statement["content"]))
    start, end = content[0][0], content[-1][1]
    yield _cue_class(doc, statement["cue"])
    if not statement["source"]:
        yield "source absent"
    elif doc.text[slice(*statement["source"][0])].lower() in ("he", "she", "they", "it", "who", "i", "we"):
        yield "source a pronoun"
    inside = doc.char_span(start, end, alignment_mode="expand")
    if inside is not None and sum(1 for _ in inside.sents) > 1:
        yield "content of several sentences"
    if "\n" in doc.text[start:end].strip():
        yield "content of several paragraphs"
    if len(content) > 1:
        yield "content broken"
    line = doc.text.find("\n")
    if 0 < line < HEADLINE and end <= line:
        yield "in the headline"


def _cue_class(doc: Doc, cue: list[list[int]]) -> str:
    span = doc.char_span(min(a for a, _ in cue), max(b for _, b in cue), alignment_mode="expand") if cue else None
    if span is None:
        return "no cue"
    if span.text.strip() in (":", "-", "–", "—"):
        return "colon or dash"
    head: Token = span.root
    verbs = [t for t in span if t.pos_ == "VERB"]
    if any(_is_passive(t) for t in verbs):
        return "passive verb"
    if head.pos_ in ("VERB", "AUX") and head.lemma_ != "be" and verbs:
        return "say, tell" if verbs[0].lemma_ in PLAIN else "other verb"
    if any(t.pos_ in ("NOUN", "PROPN") for t in span):
        return "noun"
    if any(t.pos_ == "ADJ" for t in span):
        return "adjective"
    return "preposition or other"


def _is_passive(verb: Token) -> bool:
    return verb.tag_ == "VBN" and any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.lefts)


def main() -> None:
    """Print a table of recall by class."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("records", nargs="+")
    parser.add_argument("--scorers", type=Path, default=Path("../shared/bench"))
    opts = parser.parse_args()
    sys.path.insert(0, str(opts.scorers))
    import common
    import score_attribution as scorer

    nlp = base_pipeline()
    docs = {row["id"]: nlp(row["text"]) for row in common.read_jsonl(opts.gold)}
    gold: Counter[str] = Counter()
    found: list[Counter[str]] = []
    for number, path in enumerate(opts.records):
        hits: Counter[str] = Counter()
        for row, record in common.pairs(opts.gold, path):
            text = scorer.Text(row["text"])
            raw = [s for s in row["statements"] if s["content"] and text.statement(s)["content"]]
            made = [s for s in map(text.statement, record.get("statements") or []) if s["content"]]
            right = {i for i, _ in scorer.best_pairs([text.statement(s) for s in raw], made, scorer.linked_score)}
            for i, statement in enumerate(raw):
                of = list(classes(docs[row["id"]], statement))
                hits.update(of if i in right else ())
                gold.update(of if number == 0 else ())
        found.append(hits)
    for name, n in gold.most_common():
        print(f"{name:32s} {n:5d}  " + "  ".join(f"{hits[name] / n:.2f}" for hits in found))


if __name__ == "__main__":
    main()
