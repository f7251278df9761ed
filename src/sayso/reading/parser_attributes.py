"""The parser's attribute rules, looked up instead of matched.

spaCy's ``AttributeRuler`` tries each of its 180 patterns at each word. Nearly all are about one word: its tag, its
letters, its dependency. What they set is worked out once for each combination of these, by the ruler itself, and
remembered; the few about several words are tried only where the first of these words stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from spacy.attrs import DEP, LOWER, TAG
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Span
from spacy.tokens._retokenize import set_token_attrs

CAPACITY = 200_000
"""So many combinations of tag, word and dependency are kept; when they are full, the table is begun anew."""

_LOOKED_AT = {"TAG", "LOWER", "DEP", "IS_SPACE"}

Pattern = list[dict[str, Any]]
"""What is asked of one word after the other."""

Key = tuple[int, int, int]
"""Tag, lower-case word, dependency, as spaCy numbers them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is set at a word, and whether a pattern of several words may begin there."""

    attributes: dict[Any, Any]
    begins: bool


class AttributeTable:
    """Sets parts of speech, morphology and some lemmas as a trained ``AttributeRuler`` does.

    Raises ValueError where one of the ruler's patterns looks at what such a table does not tell apart.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        patterns: list[Pattern] = [pattern for rule in cast("Any", ruler.patterns) for pattern in rule["patterns"]]
        tests = [test for pattern in patterns for token in pattern for test in _tests(token)]
        self.ruler = ruler
        self.words = {word for test in tests for word in (test if isinstance(test, list) else [])}
        self.expressions = [re.compile(test) for test in tests if isinstance(test, str)]
        self.longest = max(map(len, patterns))
        self.beginnings = Matcher(ruler.vocab)
        self.beginnings.add("beginning", [pattern[:1] for pattern in patterns if len(pattern) > 1])
        self._by_word: dict[Key, Entry] = {}
        self._by_kind: dict[tuple[int, str, int], Entry] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes of a Doc that is tagged and parsed."""
        keys: list[Key] = list(map(tuple, doc.to_array([TAG, LOWER, DEP]).tolist()))
        entries = [self._by_word.get(key) or self._meet(doc, i, key) for i, key in enumerate(keys)]
        # Matched before anything is set, as the ruler does, for rules may look at what others set.
        phrases = [match for i, entry in enumerate(entries) if entry.begins for match in self._phrases(doc, i)]
        for token, entry in zip(doc, entries, strict=True):
            set_token_attrs(token, entry.attributes)
        self.ruler.set_annotations(doc, sorted(phrases))  # type: ignore[no-untyped-call]
        return doc

    def _meet(self, doc: Doc, i: int, key: Key) -> Entry:
        """Work out what is set at a word, and remember it."""
        tag, _, dependency = key
        word = doc[i].lower_
        told_apart = word if word in self.words or any(e.search(word) for e in self.expressions) else ""
        kind = tag, " " if doc[i].is_space else told_apart, dependency
        entry = self._by_kind.get(kind) or Entry(self._matched(doc, i), bool(self.beginnings(doc[i : i + 1])))
        self._by_kind[kind] = entry
        if len(self._by_word) >= CAPACITY:
            self._by_word.clear()
        self._by_word[key] = entry
        return entry

    def _matched(self, doc: Doc, i: int) -> dict[Any, Any]:
        """Return what the rules about one word set at a word, later ones over earlier ones."""
        attributes: dict[Any, Any] = {}
        for rule, *_ in self._matches(doc[i : i + 1]):
            attributes |= self.ruler.attrs[rule]
        return attributes

    def _phrases(self, doc: Doc, i: int) -> Iterator[tuple[int, int, int, int]]:
        """Yield all matches, with their places in the Doc, from a word to where patterns that begin there may end."""
        for rule, name, start, end in self._matches(doc[i : i + self.longest]):
            yield rule, name, i + start, i + end

    def _matches(self, words: Span) -> list[tuple[int, int, int, int]]:
        """Return number, hash of the name, first and last word of each rule that holds, in the order of the rules."""
        return cast("list[tuple[int, int, int, int]]", self.ruler.match(cast("Doc", words)))


def _tests(token: dict[str, Any]) -> Iterator[list[str] | str]:
    """Yield the words, as a list, or the regular expression that a token of a pattern asks for."""
    if not token.keys() <= _LOOKED_AT:
        raise ValueError(f"a pattern looks at {', '.join(sorted(token))}")
    word = token.get("LOWER", [])
    if not isinstance(word, dict):
        yield word if isinstance(word, list) else [word]
    elif word.keys() == {"IN"}:
        yield list(word["IN"])
    elif word.keys() == {"REGEX"}:
        yield str(word["REGEX"])
    else:
        raise ValueError(f"a pattern compares words by {', '.join(word)}")
