"""Event frames: which words, with which arguments, report which type of event.

The lexicon is data, one file per PLOVER type under ``data/frames``; the schema is at the top of
``data/frames/shared.yaml``. A user's ``frames/*.yaml`` add frames, or override those of the same id. Examples and
counter-examples are part of every frame and run as tests.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sayso.errors import KnowledgeError
from sayso.knowledge import ontology
from sayso.knowledge.files import knowledge_files, load_mapping, validated
from sayso.records import EventType

_PATTERN = re.compile(
    r"(?P<lemma>[\w'-]+)(?P<particles>(?: [a-z]+)*?)"
    r"(?: > (?P<objects>[^:>]+?))?(?: (?P<prep>[a-z]+): (?P<pobjects>[^:>]+))?"
)
_NOUN_PATTERN = re.compile(r"(?P<words>[\w'-]+(?: [\w'-]+)*?)(?: \+ (?P<follow>[a-z]+(?:\|[a-z]+)*))?")


class Entry(BaseModel):
    """A part of a file of frames: what it does not know is a mistake, and nothing changes it."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Heads(Entry):
    """Nouns that must (``any``) or must not (``not``) head an argument; "$name" stands for a class of them."""

    any: list[str] = Field(default_factory=list)
    none: list[str] = Field(default_factory=list, alias="not")


class Example(Entry):
    """A sentence that must be coded, with words that its actor and recipient must hold."""

    text: str
    actor: str | None = None
    recipient: str | None = None
    type: EventType | None = None
    mode: str | None = None


def _whole(given: Any) -> Any:
    """Let ``[text, actor, recipient]`` stand for the mapping in a list of examples."""
    if not isinstance(given, list):
        return given
    names = ("text", "actor", "recipient")
    return [dict(zip(names, e, strict=False)) if isinstance(e, list) else e for e in given]


Examples = Annotated[list[Example], BeforeValidator(_whole)]


class Frame(Entry):
    """One way of reporting one type of event. The fields are explained in ``data/frames/shared.yaml``."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    mode: str | None = None
    contexts: list[str] = Field(default_factory=list)
    verbs: list[str] = Field(default_factory=list)
    nouns: list[str] = Field(default_factory=list)
    adjectives: list[str] = Field(default_factory=list)
    actor: list[str] = Field(default_factory=lambda: ["subject"])
    recipient: list[str] = Field(default_factory=lambda: ["object"])
    of: Literal["actor", "recipient", "theme"] = "recipient"
    modifier_is: Literal["actor", "recipient"] = "actor"
    mutual: bool = False
    absorbs: bool = False
    inner: list[EventType] = Field(default_factory=list)
    modal: list[str] = Field(default_factory=list)
    subject: Heads = Heads()
    object: Heads = Heads()
    modifier: Heads = Heads()
    without: list[str] = Field(default_factory=list)
    near: list[str] = Field(default_factory=list)
    requires: Literal["actor", "recipient", "both", "either", "none"] = "either"
    confidence: float | None = Field(default=None, gt=0, lt=1)
    examples: Examples = Field(default_factory=list)
    counter: list[str] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Trigger:
    """One compiled pattern of a frame: the lemma that is looked up and what must stand around it."""

    frame: Frame
    type: EventType
    lemma: str
    particles: tuple[str, ...] = ()
    objects: frozenset[str] = frozenset()
    prep: str | None = None
    pobjects: frozenset[str] = frozenset()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    follow: frozenset[str] = frozenset()

    @property
    def rule(self) -> str:
        """The name by which an event says what made it, as in "ASSAULT/air-strike"."""
        return f"{self.type}/{self.frame.id}"

    @property
    def weight(self) -> int:
        """How much the pattern asks for: of several that fit a word the most demanding wins."""
        frame = self.frame
        asked = (self.objects, self.prep, self.before, self.after)
        limits = (frame.object.any, frame.subject.any, frame.modifier.any, frame.inner, frame.modal)
        weak = (self.particles, self.follow, frame.near)
        return 3 * sum(map(bool, asked)) + 2 * sum(map(bool, weak)) + sum(map(bool, limits))


@dataclass(slots=True)
class Lexicon:
    """All frames, compiled for one look-up per word."""

    verbs: dict[str, list[Trigger]] = field(default_factory=lambda: defaultdict(list))
    nouns: dict[str, list[Trigger]] = field(default_factory=lambda: defaultdict(list))
    adjectives: dict[str, list[Trigger]] = field(default_factory=lambda: defaultdict(list))
    frames: dict[str, Frame] = field(default_factory=dict)
    classes: dict[str, frozenset[str]] = field(default_factory=dict)
    confidence: dict[EventType, float] = field(default_factory=dict)

    def words(self, name: str) -> frozenset[str]:
        """Return a class of words; empty where there is none of that name."""
        return self.classes.get(name, frozenset())

    def expand(self, heads: list[str]) -> frozenset[str]:
        """Return nouns with "$name" replaced by the words of that class."""
        found: set[str] = set()
        for head in heads:
            found |= self.classes[head[1:]] if head[1:] in self.classes and head[0] == "$" else {head}
        return frozenset(found)


@cache
def load(user: str | Path | None = None) -> Lexicon:
    """Return the lexicon that ships with Sayso and the user's additions; raise KnowledgeError where malformed.

    All who ask for it share one.
    """
    types = ontology.load(user).types
    lexicon = Lexicon()
    contents = [(path, _mapping(path)) for path in knowledge_files("frames/*.yaml", user)]
    for path, content in contents:
        for name, words in (content.get("classes") or {}).items():
            add_class(lexicon, path, name, words)
    for path, content in contents:
        if "confidence" in content:
            lexicon.confidence[content["type"]] = content["confidence"]
        for frame in _frames(path, content):
            kind: EventType = content["type"]
            _check_codes(path, frame, types[kind])
            lexicon.frames[f"{kind}/{frame.id}"] = frame
    for name, frame in lexicon.frames.items():
        kind = cast(EventType, name.split("/")[0])
        _compile(lexicon, frame, kind, f"frames of {kind}")
    return lexicon


def add_frame(lexicon: Lexicon, path: Path, frame: Frame, kind: EventType, entry: ontology.TypeEntry) -> str:
    """Add one frame of a type to a lexicon and return the rule that its events name; KnowledgeError if malformed."""
    _check_codes(path, frame, entry)
    rule = f"{kind}/{frame.id}"
    lexicon.frames[rule] = frame
    _compile(lexicon, frame, kind, str(path))
    return rule


def check(user: str | None = None) -> list[str]:
    """Return problems beyond the schema: types without frames, modes without examples, examples used twice."""
    lexicon, types = load(user), ontology.load(user).types
    shown = {(name.split("/")[0], frame.mode) for name, frame in lexicon.frames.items() if frame.examples}
    problems = [f"frames: {kind} has no example" for kind in types if kind not in {k for k, _ in shown}]
    for kind, entry in types.items():
        problems += [f"frames: {kind}/{m} has no example" for m in entry.modes if (kind, m) not in shown | _MADE]
    texts = Counter(example.text for frame in lexicon.frames.values() for example in frame.examples)
    return problems + [f"frames: example used twice: {text}" for text, n in texts.items() if n > 1]


# Modes that come about from what is demanded, refused or threatened, and so have no frame of their own.
_MADE = {("REQUEST", m) for m in ("assist", "change", "yield", "meet")}
_MADE |= {("REJECT", m) for m in ("assist", "change", "yield", "meet")}
_MADE |= {("THREATEN", m) for m in ("restrict", "arrest", "relations", "expel", "territory", "violence")}


def _mapping(path: Path) -> dict[str, Any]:
    content = load_mapping(path)
    unknown = sorted(map(str, set(content) - {"type", "confidence", "frames", "classes"}))
    if unknown:
        raise KnowledgeError(str(path), unknown[0], "is not type, frames or classes")
    confidence = content.get("confidence", 0.5)
    if not isinstance(confidence, float) or not 0 < confidence < 1:
        raise KnowledgeError(str(path), "confidence", "is not a number between 0 and 1")
    for name, kind in (("frames", list), ("classes", dict)):
        if not isinstance(content.get(name) or kind(), kind):
            raise KnowledgeError(str(path), name, f"is not a {'list' if kind is list else 'mapping'}")
    if (content.get("frames") or "confidence" in content) and content.get("type") not in get_args(EventType):
        raise KnowledgeError(str(path), "type", f"{content.get('type')} is not a PLOVER type")
    return content


def add_class(lexicon: Lexicon, path: Path, name: str, words: Any) -> None:
    """Add words to a class; raise KnowledgeError where they are no list of words."""
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise KnowledgeError(str(path), f"classes.{name}", "is not a list of words; quote yes, no, on and off")
    lexicon.classes[name] = lexicon.words(name) | lexicon.expand(words)


def _frames(path: Path, content: dict[str, Any]) -> Iterator[Frame]:
    for number, entry in enumerate(content.get("frames") or []):
        where = entry.get("id", f"frame {number + 1}") if isinstance(entry, dict) else f"frame {number + 1}"
        yield validated(Frame, path, entry, within=str(where))


def _check_codes(path: Path, frame: Frame, entry: ontology.TypeEntry) -> None:
    if frame.mode is not None and frame.mode not in entry.modes:
        raise KnowledgeError(str(path), frame.id, f"no mode {frame.mode} in this type")
    if not frame.verbs + frame.nouns + frame.adjectives:
        raise KnowledgeError(str(path), frame.id, "has no verbs, nouns or adjectives")


def _compile(lexicon: Lexicon, frame: Frame, kind: EventType, where: str) -> None:
    for index, patterns in ((lexicon.verbs, frame.verbs), (lexicon.adjectives, frame.adjectives)):
        for pattern in patterns:
            trigger = _verb_trigger(lexicon, frame, kind, pattern, where)
            index[trigger.lemma].append(trigger)
    for pattern in frame.nouns:
        trigger = _noun_trigger(frame, kind, pattern, where)
        lexicon.nouns[trigger.lemma].append(trigger)


def _verb_trigger(lexicon: Lexicon, frame: Frame, kind: EventType, pattern: str, where: str) -> Trigger:
    match = _PATTERN.fullmatch(pattern)
    if match is None:
        raise KnowledgeError(where, frame.id, f"cannot read the pattern {pattern!r}")
    return Trigger(
        frame=frame,
        type=kind,
        lemma=match["lemma"],
        particles=tuple(match["particles"].split()),
        objects=lexicon.expand(_alternatives(match["objects"])),
        prep=match["prep"],
        pobjects=lexicon.expand(_alternatives(match["pobjects"])),
    )


def _noun_trigger(frame: Frame, kind: EventType, pattern: str, where: str) -> Trigger:
    """Compile a noun; in one of several words the head is the last, or the one before "of"."""
    match = _NOUN_PATTERN.fullmatch(pattern)
    if match is None:
        raise KnowledgeError(where, frame.id, f"cannot read the pattern {pattern!r}")
    words = match["words"].replace("-", " - ").split()
    head = words.index("of") - 1 if "of" in words else len(words) - 1
    return Trigger(
        frame=frame,
        type=kind,
        lemma=words[head],
        before=tuple(words[:head]),
        after=tuple(words[head + 1 :]),
        follow=frozenset((match["follow"] or "").split("|")) - {""},
    )


def _alternatives(listed: str | None) -> list[str]:
    return [word.strip() for word in listed.split("|")] if listed else []
