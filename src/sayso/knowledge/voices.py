"""On whose word something stands: sectors that speak for a state, and sources that are no speaker of their own.

``data/voices.yaml`` has the schema; a user's file of the same name adds to its lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from sayso.errors import KnowledgeError
from sayso.knowledge.files import knowledge_files, load_mapping, only_known

_LISTS = (
    "state", "bodies", "apart", "media", "official", "papers", "issued", "nobody", "roles", "outlets", "hedges",
    "claims", "recalling", "withheld", "ours", "staff", "months", "adjectives",
)  # fmt: skip
_SECTORS = frozenset({"state", "media"})
"""Lists that are in capitals."""
_REFUSED = re.compile(r"\b(?:not|never|cannot|declin\w*|refus\w*|unable)\b|n[’']t\b")
_WORD = re.compile(r"[\w’'-]+")
_ASIDE = re.compile(r",|\b(?:with|to|who|whom|whose|which|that|at|on|about)\b")
_ENDS_HEAD = frozenset(
    {"of", "in", "from", "who", "that", "which", "for", "on", "at", "made", "by", "to", "with", "whom", "whose"}
)


@dataclass(frozen=True)
class VoiceWords:
    """The lists of ``voices.yaml``, each a set in small letters but for sectors; ``people`` gives a noun's kind."""

    state: frozenset[str]
    bodies: frozenset[str]
    apart: frozenset[str]
    media: frozenset[str]
    official: frozenset[str]
    papers: frozenset[str]
    issued: frozenset[str]
    nobody: frozenset[str]
    roles: frozenset[str]
    outlets: frozenset[str]
    hedges: frozenset[str]
    claims: frozenset[str]
    recalling: frozenset[str]
    withheld: frozenset[str]
    ours: frozenset[str]
    staff: frozenset[str]
    months: frozenset[str]
    adjectives: frozenset[str]
    people: dict[str, str] = field(default_factory=dict)

    def body_in(self, source: str) -> str | None:
        """Return the word by which a source is a body of a state, None where it is none."""
        return _first(self._bodies, _name(source))

    def apart_in(self, source: str) -> str | None:
        """Return the word by which a source is an office that speaks for itself alone, None where it is none."""
        return _first(self._apart, _name(source))

    def is_official(self, name: str) -> bool:
        """Say whether media of a name are the voice of a government."""
        return not self.official.isdisjoint(_WORD.findall(name.lower()))

    def is_paper(self, source: str) -> bool:
        """Say whether a source is a paper and no speaker."""
        return self._has(self.papers | self.issued, head_of(source))

    def is_issued(self, source: str) -> bool:
        """Say whether a source is a paper that was issued by who spoke before: "the statement"."""
        definite = source.lower().startswith(("the ", "its ", "their "))
        return definite and self._has(self.issued, head_of(source))

    def is_role(self, source: str) -> bool:
        """Say whether a source is somebody who speaks for a body."""
        return self._has(self.roles, head_of(source))

    def is_outlet(self, source: str) -> bool:
        """Say whether a source is called an outlet."""
        return self._has(self.outlets, head_of(source))

    def is_claim(self, word: str) -> bool:
        """Say whether a noun is what somebody says, true or not."""
        return self._has(self.claims, word.lower())

    def hedged(self, before: str) -> bool:
        """Say whether the words before one leave it to others: "the alleged", "a report that his men had"."""
        return self._hedge.search(before.lower()) is not None

    def is_nobody(self, source: str) -> bool:
        """Say whether a source is nobody in particular."""
        lowered = source.lower()
        return lowered.split(" ", 1)[0] in self.nobody or lowered.startswith("no one")

    def kind_of(self, source: str) -> str | None:
        """Return the kind of unnamed people that a source is of, None where it is of none."""
        head = head_of(source)
        return next((self.people[word] for word in singular(head) if word in self.people), None)

    def recalls(self, cue: str) -> bool:
        """Say whether a cue takes for known what it introduces."""
        return any(word.startswith(tuple(self.recalling)) for word in cue.lower().split())

    def withholds(self, cue: str) -> bool:
        """Say whether a cue is that somebody does not say: "could not confirm", "declined to say"."""
        refused = _REFUSED.search(cue.lower())
        return refused is not None and not self.withheld.isdisjoint(_WORD.findall(cue.lower()[refused.end() :]))

    def has_staff(self, sentence: str) -> bool:
        """Say whether a sentence tells of somebody who is there for the outlet that prints it: "our correspondent"."""
        return self._staff.search(sentence.lower()) is not None

    def is_month(self, word: str) -> bool:
        """Say whether a word, as written, is the name of a month: "March", and no "march"."""
        return word[:1].isupper() and word.lower() in self.months

    def is_adverb(self, word: str) -> bool:
        """Say whether a word is formed as adverbs are, and is no adjective that only looks so."""
        return word.endswith("ly") and word.lower() not in self.adjectives

    @staticmethod
    def _has(words: frozenset[str], head: str) -> bool:
        return any(word in words for word in singular(head))

    @cached_property
    def _bodies(self) -> re.Pattern[str]:
        return _any_of(self.bodies)

    @cached_property
    def _hedge(self) -> re.Pattern[str]:
        """A hedge right before a word, or a noun for what is said with its clause, in which no other clause begins."""
        hedges, claims = ("|".join(map(re.escape, sorted(words))) for words in (self.hedges, self.claims))
        called = r"\bwhat [^,.;:?!]{1,40} (?:call|describe|term)(?:s|d|ed)?(?: as)?(?: an?)? (?:[\w-]+ )?$"
        return re.compile(
            rf"\b(?:{hedges}) (?:[\w-]+ )?$|\b(?:{claims})s?(?: [^,.;:?!]{{0,40}})? that [^,.;:?!]*$|{called}"
        )

    @cached_property
    def _staff(self) -> re.Pattern[str]:
        ours, staff = ("|".join(map(re.escape, sorted(words))) for words in (self.ours, self.staff))
        return re.compile(rf"\b(?:{ours}) (?:own )?(?:{staff})\b")

    @cached_property
    def _apart(self) -> re.Pattern[str]:
        return _any_of(self.apart)


def head_of(source: str) -> str:
    """Return the word that heads a source, near enough: its last before a preposition, a relative clause or a comma."""
    head = ""
    for word in source.lower().split():
        if head and word.strip(",") in _ENDS_HEAD:
            break
        head = word.strip(",.;:\"'’”")
        if word.endswith(","):
            break
    return head


def _name(source: str) -> str:
    """Return the part of a source that names it, without whom it deals with and what is said of it."""
    return _ASIDE.split(source, maxsplit=1)[0]


def singular(word: str) -> tuple[str, ...]:
    """Return what a noun may be the plural of, itself first."""
    forms = [word]
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("s"):
        forms.append(word[:-1])
    if word.endswith("men"):
        forms.append(word[:-2] + "an")
    return tuple(forms)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)")


def _first(words: re.Pattern[str], source: str) -> str | None:
    found = words.search(source.lower())
    return found[0] if found else None


@lru_cache(maxsize=4)
def load(user: str | Path | None = None) -> VoiceWords:
    """Return the lists that ship with Sayso and the user's; raise KnowledgeError where malformed."""
    found: dict[str, set[str]] = {name: set() for name in _LISTS}
    people: dict[str, str] = {}
    for path in knowledge_files("voices.yaml", user):
        content = load_mapping(path)
        only_known(path, content, (*_LISTS, "people", "version", "source"))
        for name in _LISTS:
            found[name] |= set(_strings(path, name, content.get(name, [])))
        kinds = content.get("people") or {}
        if not isinstance(kinds, dict):
            raise KnowledgeError(str(path), "people", "is not a mapping of kinds to lists of words")
        for kind, listed in kinds.items():
            people.update(dict.fromkeys(_strings(path, f"people.{kind}", listed), str(kind)))
    return VoiceWords(**{name: frozenset(words) for name, words in found.items()}, people=people)


def check(user: str | None = None) -> list[str]:
    """Return problems beyond the schema: a source that is both people and a paper, words that no text can have."""
    words = load(user)
    both = [f"voices.yaml: {word} is both people and a paper" for word in sorted(words.papers & set(words.people))]
    listed = {name: getattr(words, name) for name in _LISTS if name not in _SECTORS} | {"people": words.people}
    capitals = [(name, word) for name, found in listed.items() for word in sorted(found) if word != word.lower()]
    return both + [f"voices.yaml: {name}: {word} is not in small letters" for name, word in capitals]


def _strings(path: Path, name: str, value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise KnowledgeError(str(path), name, "is not a list of words; quote yes, no, on and off")
    return value
