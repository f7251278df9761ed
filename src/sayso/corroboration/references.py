"""Which tellings refer to something as known ("the raid", "Tuesday's march") and which state it ("they marched").

A reference says that there is such a thing to speak of, not who vouches for it.
"""

from __future__ import annotations

import re

from sayso.corroboration.telling import Telling
from sayso.knowledge.voices import load

_WORD = re.compile(r"[\w’'-]+")
_DETERMINERS = frozenset(
    {
        "the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "our", "no", "any", "such",
        "another", "every", "each", "first", "second", "last", "next",
    }
)  # fmt: skip
_PREPOSITIONS = frozenset(
    {
        "of", "in", "on", "after", "since", "by", "for", "from", "over", "against", "during", "before", "at", "about",
        "despite", "with",
    }
)  # fmt: skip
_NO_ADJECTIVE = frozenset(
    {"who", "which", "that", "it", "they", "he", "she", "was", "were", "is", "had", "has", "have"}
)
_DAY = re.compile(r"\d{1,4}(?:st|nd|rd|th)?")
_NEAR = 60
"""Characters before a word in which its article stands."""


def is_reference(telling: Telling) -> bool:
    """Say whether a telling is a noun with an article, a possessor or a preposition before it, by its words alone."""
    word = telling.word.lower()
    if word.endswith("ed") or load().has_staff(telling.sentence):
        return False
    at = telling.anchor[0] - telling.passage[0]
    words = _undated(_WORD.findall(telling.sentence[max(at - _NEAR, 0) : at]))
    *_, before, last = "", "", *words
    if _determines(last):
        return True
    if last.lower() in _PREPOSITIONS:
        return not word.endswith("ing")
    subjects = {words.split()[-1] for words in telling.actor_words + telling.recipient_words if words}
    adjective = last not in subjects and last.lower() not in _NO_ADJECTIVE and not load().is_adverb(last)
    return adjective and _determines(before)


def _undated(words: list[str]) -> list[str]:
    """Return the words before a date at their end: "the 24 February" shooting."""
    while words and (_DAY.fullmatch(words[-1]) or load().is_month(words[-1])):
        words = words[:-1]
    return words


def _determines(word: str) -> bool:
    return word.lower() in _DETERMINERS or word.endswith(("'s", "’s", "s'", "s’"))
