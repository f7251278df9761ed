"""Cues: the words that put something on somebody's word, how surely they do, and what is done by saying them.

``data/cues.yaml`` holds how probable it is that a cue in a frame attributes ("say" with a clause nearly always,
"support" with an object often) and what the context adds; ``data/acts.yaml`` holds the acts. A user's files of the
same names extend and override both.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Literal, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator
from spacy.tokens import Token

from sayso.knowledge.files import knowledge_files, load_mapping, validated
from sayso.records import Act

Part = Literal["verb", "noun", "adjective", "phrase", "colon"]
Probability = Annotated[float, Field(ge=0, le=1)]
Frames = dict[str, float]
"""Frame -> log-odds."""

ELSE = "else"
"""Key of what a cue adds to the log-odds of the frames that are not listed of it."""
ESTIMATE = "estimate"
"""The frame of what somebody says how much it is: a number behind "at" tells it, whatever the verb does elsewhere."""
_UNKNOWN = -4.0
_ESTIMATING = 0.95
_Schema = TypeVar("_Schema", bound=BaseModel)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ActEntry(_Entry):
    """The cues of one act."""

    verbs: list[str] = Field(default_factory=list)
    nouns: list[str] = Field(default_factory=list)
    adjectives: list[str] = Field(default_factory=list)
    attitude: bool = False


class ActsFile(_Entry):
    """The schema of acts.yaml."""

    acts: dict[Act, ActEntry] = Field(default_factory=dict)
    negated: dict[str, Act] = Field(default_factory=dict)
    objects: dict[str, dict[str, Act]] = Field(default_factory=dict)
    promises: list[str] = Field(default_factory=list)
    addressing: list[str] = Field(default_factory=list)
    estimating: list[str] = Field(default_factory=list)
    wordless: dict[str, list[str]] = Field(default_factory=dict)
    viewpoints: dict[str, list[str]] = Field(default_factory=dict)
    sources: list[str] = Field(default_factory=list)
    speakers: list[str] = Field(default_factory=list)
    idioms: list[str] = Field(default_factory=list)
    lemmas: dict[str, str] = Field(default_factory=dict)


class PartEntry(_Entry):
    """The cues of one part of speech: frame -> probability for each lemma, and for a lemma that is not listed."""

    default: dict[str, Probability] = Field(default_factory=dict)
    offset: dict[str, float] = Field(default_factory=dict)
    cues: dict[str, dict[str, float]] = Field(default_factory=dict)

    @field_validator("cues")
    @classmethod
    def _are_probabilities(cls, cues: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
        for lemma, frames in cues.items():
            for frame, value in frames.items():
                if frame != ELSE and not 0 <= value <= 1:
                    raise ValueError(f"{lemma}, {frame}: {value} is not a probability")
        return cues


class CuesFile(_Entry):
    """The schema of cues.yaml."""

    thresholds: dict[str, Probability] = Field(default_factory=dict)
    context: dict[str, float] = Field(default_factory=dict)
    parts: dict[Part, PartEntry] = Field(default_factory=dict)


class _Framed(Protocol):
    part: Part
    lemma: str
    frame: str


def logit(probability: float) -> float:
    """Return the log-odds of a probability, kept finite."""
    p = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


class Cues:
    """All that is known of cues."""

    def __init__(self, user: str | None = None) -> None:
        self.thresholds: dict[str, float] = {}
        self.offsets: dict[tuple[str, str], float] = {}
        self.context: dict[str, float] = {}
        self.frames: dict[tuple[str, str], Frames] = {}
        self.defaults: dict[str, Frames] = {}
        self.acts: dict[tuple[str, str], Act] = {}
        self.attitudes: set[Act] = set()
        self.rules = ActsFile()
        self._viewpoints: set[tuple[str, str]] = set()
        for path in knowledge_files("acts.yaml", user):
            self._add_acts(_read(path, ActsFile))
        for path in knowledge_files("cues.yaml", user):
            self._add_cues(_read(path, CuesFile))

    def _add_acts(self, file: ActsFile) -> None:
        for act, entry in file.acts.items():
            if entry.attitude:
                self.attitudes.add(act)
            for part, lemmas in (("verb", entry.verbs), ("noun", entry.nouns), ("adjective", entry.adjectives)):
                self.acts.update(((part, lemma), act) for lemma in lemmas)
        self._viewpoints.update((p, noun) for p, nouns in file.viewpoints.items() for noun in nouns)
        for verb, nouns in file.wordless.items():
            self.rules.wordless.setdefault(verb, []).extend(nouns)
        for name in ("negated", "objects", "lemmas"):
            getattr(self.rules, name).update(getattr(file, name))
        for name in ("promises", "addressing", "estimating", "sources", "speakers", "idioms"):
            getattr(self.rules, name).extend(getattr(file, name))

    def _add_cues(self, file: CuesFile) -> None:
        self.thresholds.update(file.thresholds)
        self.context.update(file.context)
        for part, entry in file.parts.items():
            self.offsets.update(((part, frame), value) for frame, value in entry.offset.items())
            default = self.defaults.setdefault(part, {})
            default.update((frame, logit(p)) for frame, p in entry.default.items())
            for lemma, frames in entry.cues.items():
                known = self.frames.setdefault((part, lemma), {})
                known.update((frame, p if frame == ELSE else logit(p)) for frame, p in frames.items())

    def lemma(self, token: Token) -> str:
        """Return the lemma that cues are listed under, with the particle of a phrasal verb."""
        lemma = token.lemma_.lower()
        lemma = self.rules.lemmas.get(lemma, lemma)
        for child in token.rights:
            if child.dep_ == "prt":
                return f"{lemma} {child.lower_}"
        return lemma

    def speaks(self, token: Token) -> bool:
        """Say whether a verb is one of those that introduce speech or thought."""
        return ("verb", self.rules.lemmas.get(token.lemma_, token.lemma_)) in self.acts

    def tells(self, lemma: str) -> bool:
        """Say whether a verb is one of speech rather than of attitude."""
        act = self.acts.get(("verb", lemma))
        return act is not None and act not in self.attitudes

    def light(self, noun: Token) -> bool:
        """Say whether a noun rather than its verb is the cue: "expressed concern about", "made the claim that".

        A verb that is a cue itself says something about other people's words: "rejected Kiev's demands for".
        """
        if ("noun", noun.lemma_.lower()) not in self.acts or self.speaks(noun.head):
            return False
        return any(c.dep_ in ("prep", "acl") and c.lower_ != "by" for c in noun.rights)

    def idiom(self, words: str) -> bool:
        """Say whether a cue among the words around it, in lower case, is part of a figure of speech."""
        return any(phrase in words for phrase in self.rules.idioms)

    def wordless(self, verb: Token) -> bool:
        """Say whether a verb has an object with which it says nothing: "the blast claimed 12 lives"."""
        objects = self.rules.wordless.get(verb.lemma_.lower())
        return objects is not None and any(c.dep_ == "dobj" and c.lemma_.lower() in objects for c in verb.rights)

    def viewpoint(self, preposition: str, noun: str) -> bool:
        """Say whether "in X's view" and the like is a way of naming a source."""
        return (preposition, noun) in self._viewpoints

    def known(self, cue: _Framed) -> float:
        """Return the log-odds that a cue in its frame attributes, before its context is looked at."""
        if cue.frame == ESTIMATE:
            return logit(_ESTIMATING)
        default = self.defaults.get(cue.part, {}).get(cue.frame, _UNKNOWN)
        frames = self.frames.get((cue.part, cue.lemma))
        if frames is None:
            return default
        found = frames.get(cue.frame)
        return default + frames.get(ELSE, 0.0) if found is None else found

    def threshold(self, cue: _Framed) -> float:
        """Return the confidence from which a candidate becomes a statement, by frame, part or for all."""
        limits = self.thresholds
        return limits.get(cue.frame, limits.get(cue.part, limits.get("all", 0.35)))

    def alone(self, cue: _Framed) -> float:
        """Return the confidence from which a candidate becomes a statement where nothing else speaks for it.

        A denial needs less: one that is missed makes what is disputed look undisputed.
        """
        if self.acts.get((cue.part, cue.lemma)) == "deny":
            return self.thresholds.get("deny", 0.2)
        own = self.threshold(cue)
        special = cue.frame.startswith("quote") or cue.frame in self.thresholds or cue.part in self.thresholds
        return own if special else max(own, self.thresholds.get("alone", 0.5))

    def offset(self, cue: _Framed) -> float:
        """Return what the features of an average context of a frame add up to, with the sign turned."""
        return self.offsets.get((cue.part, cue.frame), 0.0)

    def weight(self, feature: str) -> float:
        """Return what a feature of the context adds to the log-odds."""
        return self.context.get(feature, 0.0)


def _read(path: Path, schema: type[_Schema]) -> _Schema:
    return validated(schema, path, load_mapping(path))


def check(user: str | None = None) -> list[str]:
    """Return what is wrong with the cues beyond their schema: cues under two acts, acts of cues that nothing lists."""
    problems = []
    for path in knowledge_files("acts.yaml", user):
        file = _read(path, ActsFile)
        listed: dict[tuple[str, str], str] = {}
        for act, entry in file.acts.items():
            for part, lemmas in (("verb", entry.verbs), ("noun", entry.nouns), ("adjective", entry.adjectives)):
                for lemma in lemmas:
                    other = listed.setdefault((part, lemma), act)
                    if other != act:
                        problems.append(f"{path}: {part} {lemma!r} is under {other} and under {act}")
    cues = Cues(user)
    unlisted = {*cues.rules.promises, *cues.rules.addressing} - {lemma for part, lemma in cues.acts if part == "verb"}
    problems += [
        f"acts.yaml: {lemma!r} promises or is addressed to somebody, but has no act" for lemma in sorted(unlisted)
    ]
    return problems
