"""Ontologies of users: categories of their own beside PLOVER's types, with examples that run as tests.

A category names a PLOVER type as its parent. Events of PLOVER belong to it where a ``within`` rule says so; what no
frame of PLOVER sees it finds by ``frames`` of its own, in the pattern language of ``data/frames/shared.yaml``. The file
is described, with an example, in ``docs/ontology.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from sayso.errors import KnowledgeError
from sayso.knowledge import ontology
from sayso.knowledge.files import load_mapping, validated
from sayso.knowledge.frames import Entry, Examples, Frame, Lexicon, add_class, add_frame
from sayso.knowledge.frames import load as load_frames
from sayso.records import EventType

_CLASS = re.compile(r"\$[\w-]+")
_STANDING = ("party", "person", "none")
"""What stands after "$" in frames beside the classes of words: see ``data/frames/shared.yaml``."""

_NAME = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")


class Within(Entry):
    """Which events of PLOVER belong to a category: by type, by mode, and by whom or what it is done to.

    ``words`` are nouns of which one must be among the arguments of the event word, those of who does it left out;
    ``not`` are nouns that rule it out; both are single words in their base form. "$name" stands for a class of words.
    Without ``types`` the parent's is meant.
    """

    types: list[EventType] = Field(default_factory=list)
    modes: list[str] = Field(default_factory=list)
    words: list[str] = Field(default_factory=list)
    none: list[str] = Field(default_factory=list, alias="not")


class Category(Entry):
    """One category: what it means, which events belong to it, and sentences that show it."""

    name: str = _NAME
    definition: str = Field(min_length=1)
    parent: EventType
    within: list[Within] = Field(default_factory=list)
    frames: list[Frame] = Field(default_factory=list)
    examples: Examples = Field(default_factory=list)
    counter: list[str] = Field(default_factory=list)


class _File(Entry):
    name: str = _NAME
    version: str
    source: str = ""
    classes: dict[str, list[str]] = Field(default_factory=dict)
    categories: list[Category] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class OwnOntology:
    """A user's ontology, ready for coding.

    ``lexicon`` holds its own frames, and those of PLOVER that absorb what they govern: what is only threatened,
    promised or demanded is of no category either. ``owners`` gives the category of each rule of its own.
    """

    name: str
    version: str
    path: str
    categories: dict[str, Category]
    lexicon: Lexicon
    owners: dict[str, str] = field(default_factory=dict)


def load(path: str | Path, user: str | Path | None = None) -> OwnOntology:
    """Return the ontology in a file; ``user`` is a knowledge directory whose classes of words it may use too.

    Raises KnowledgeError naming the file, the field and what is wrong with it.
    """
    content = load_mapping(Path(path))
    file = validated(_File, path, content)
    shipped = load_frames(user)
    lexicon = Lexicon(classes=dict(shipped.classes))
    for name, words in file.classes.items():
        unknown = [word for word in words if word.startswith("$") and word[1:] not in lexicon.classes]
        if unknown:
            raise KnowledgeError(str(path), f"classes.{name}", f"no class of words is called {unknown[0]} before it")
        add_class(lexicon, Path(path), name, words)
    found = OwnOntology(file.name, file.version, str(path), {}, lexicon)
    types = ontology.load(user).types
    for category in file.categories:
        _check(found, category, types)
        found.categories[category.name] = category
        for frame in category.frames:
            own = frame.model_copy(update={"id": f"{category.name}-{frame.id}"})
            _check_frame(found, own)
            found.owners[add_frame(lexicon, Path(path), own, category.parent, types[category.parent])] = category.name
    _take_absorbing(lexicon, shipped)
    return found


def name_and_version(path: str | Path) -> tuple[str, str]:
    """Return what an ontology calls itself; raise KnowledgeError for a file that is none."""
    file = validated(_File, Path(path), load_mapping(Path(path)))
    return file.name, file.version


def _take_absorbing(lexicon: Lexicon, shipped: Lexicon) -> None:
    for name in ("verbs", "nouns", "adjectives"):
        for lemma, triggers in getattr(shipped, name).items():
            absorbing = [trigger for trigger in triggers if trigger.frame.absorbs]
            if absorbing:
                getattr(lexicon, name)[lemma] = getattr(lexicon, name)[lemma] + absorbing


def _check(found: OwnOntology, category: Category, types: dict[EventType, ontology.TypeEntry]) -> None:
    """Raise KnowledgeError where a category can find nothing, or asks for what there is not."""
    if category.name in found.categories:
        raise KnowledgeError(found.path, category.name, "stands there twice")
    if not category.within and not category.frames:
        raise KnowledgeError(found.path, category.name, "has neither within nor frames, so that it can find nothing")
    for rule in category.within:
        known = {mode for kind in rule.types or [category.parent] for mode in types[kind].modes}
        unknown = sorted(set(rule.modes) - known)
        if unknown:
            raise KnowledgeError(found.path, category.name, f"no mode {unknown[0]} in the types of this rule")
        _check_words(found, category.name, rule.words + rule.none)
        for word in rule.words + rule.none:
            if not word.startswith("$") and (" " in word or word != word.lower()):
                raise KnowledgeError(found.path, category.name, f"{word!r} is not one word in small letters")


def _check_frame(found: OwnOntology, frame: Frame) -> None:
    """Raise KnowledgeError where a frame is there already, or names a class that there is not."""
    if any(rule.split("/")[1] == frame.id for rule in found.owners):
        raise KnowledgeError(found.path, frame.id, "stands there twice")
    heads = [head for group in (frame.subject, frame.object, frame.modifier) for head in group.any + group.none]
    _check_words(found, frame.id, heads + _CLASS.findall(" ".join(frame.verbs + frame.adjectives)))


def _check_words(found: OwnOntology, where: str, words: list[str]) -> None:
    for word in words:
        if word.startswith("$") and word[1:] not in found.lexicon.classes | dict.fromkeys(_STANDING):
            raise KnowledgeError(found.path, where, f"no class of words is called {word}")
