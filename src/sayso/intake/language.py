"""The language of a text: whether it is English, and if not, what it is.

A wrong "not English" loses a document, so it takes evidence: letters of another script, or a confident classifier
(py3langid: naive Bayes over byte n-grams, after Lui and Baldwin 2012; its model is an array file without code).
Function words decide first, which is surer than n-grams in short English texts full of foreign names, and spares
nearly all documents the half second in which the classifier loads.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from sayso.knowledge.language import Languages, load

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_SLICE = 700
_WORD = re.compile(r"[^\W\d_]{1,40}(?:['’][^\W\d_]{1,3})?")
_FOREIGN_WORDS = 5
_CONFIDENT = 0.9


def detect(text: str, knowledge: str | None = None) -> str | None:
    """Return the ISO 639-1 code of a text's language, or None where there is too little to tell.

    ``knowledge`` is a directory of the user's own. Three slices of the text are looked at, so the cost does not grow
    with its length.
    """
    known = load(knowledge)
    sample = _sample(text)
    words = [word.lower() for word in _WORD.findall(sample)]
    if not words:
        return None
    if not _is_latin(sample):
        return _classify(sample, known)[0]
    if _is_english(words, known):
        return "en"
    if len(words) < _FOREIGN_WORDS:
        return None
    # Capitals look like another language to n-grams, and names like the language they come from.
    language, confidence = _classify(" ".join(words), known)
    if language == "en":
        return "en"
    return language if confidence >= _CONFIDENT else None


def _sample(text: str) -> str:
    if len(text) <= 3 * _SLICE:
        return text
    middle = len(text) // 2
    return " ".join((text[:_SLICE], text[middle : middle + _SLICE], text[-_SLICE:]))


def _is_english(words: list[str], known: Languages) -> bool:
    """Say whether enough of the words are English function words: in running English about four in ten are."""
    count = sum(word.replace("’", "'") in known.function_words for word in words)
    return count >= 2 and count >= 0.2 * len(words)


def _is_latin(sample: str) -> bool:
    letters = [char for char in sample if char.isalpha()]
    latin = sum(char < "\u0250" or "LATIN" in unicodedata.name(char, "") for char in letters)
    return latin * 2 >= len(letters)


def _classify(sample: str, known: Languages) -> tuple[str, float]:
    language, confidence = _identifier(known.languages).classify(sample)
    return str(language), float(confidence)


@cache
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(languages)
    return identifier
