"""The event ontology: PLOVER's types, modes, contexts, sectors and codes, as ``data/plover.yaml`` has them.

A user's ``plover.yaml`` extends or overrides it, type by type and mode by mode.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sayso.knowledge.files import knowledge_files, load_mapping, validated
from sayso.records import EventType

Quad = Literal[1, 2, 3, 4]
Score = Field(ge=-10, le=10)
Root = Field(pattern=r"^(0[1-9]|1[0-9]|20)$")


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mode(_Entry):
    """One way in which an event of a type happens; ``cameo`` is set where its root code is not the type's."""

    definition: str
    score: float = Score
    cameo: str | None = Field(default=None, pattern=r"^(0[1-9]|1[0-9]|20)$")


class TypeEntry(_Entry):
    """One type of event: quad class, PLOVER score, CAMEO root, modes, and notes for coders."""

    definition: str
    quad: Quad
    score: float = Score
    cameo: str = Root
    requires_recipient: bool = False
    modes: dict[str, Mode] = Field(default_factory=dict)
    notes: list[str] = Field(default_factory=list)


class Ontology(_Entry):
    """All types of event, and the codes for contexts, sectors and actors without a country."""

    name: str
    version: str
    quads: dict[Quad, str]
    types: dict[EventType, TypeEntry]
    contexts: dict[str, str]
    sectors: dict[str, str]
    non_state_codes: dict[str, str]
    partially_recognised: dict[str, str]

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        missing = sorted(set(get_args(EventType)) - set(self.types))
        if missing:
            raise ValueError(f"types without an entry: {', '.join(missing)}")
        return self

    def quad(self, kind: EventType) -> Quad:
        """Return the quad class: verbal or material, cooperation or conflict."""
        return self.types[kind].quad

    def intensity(self, kind: EventType, mode: str | None = None) -> float:
        """Return the PLOVER score of a mode, or of the bare type."""
        entry = self.types[kind]
        return entry.modes[mode].score if mode in entry.modes else entry.score

    def cameo_root(self, kind: EventType, mode: str | None = None) -> str:
        """Return the two digits of the CAMEO root code; for types with several roots the mode decides."""
        entry = self.types[kind]
        own = entry.modes[mode].cameo if mode in entry.modes else None
        return own or entry.cameo


def load(user: str | Path | None = None) -> Ontology:
    """Return the ontology that ships with Sayso, extended by a user's; raise KnowledgeError where it is malformed."""
    merged: dict[str, Any] = {}
    last = "plover.yaml"
    for path in knowledge_files("plover.yaml", user):
        merged, last = _merged(merged, load_mapping(path)), str(path)
    return validated(Ontology, last, merged)


def check(user: str | None = None) -> list[str]:
    """Return problems beyond the schema: scores whose sign contradicts their quad class."""
    ontology = load(user)
    problems = []
    for kind, entry in ontology.types.items():
        scores = {kind: entry.score} | {f"{kind}/{name}": mode.score for name, mode in entry.modes.items()}
        # A mild request scores a little above nothing although it is verbal conflict.
        wrong = [name for name, score in scores.items() if (score > 1 if entry.quad > 2 else score < 0)]
        problems += [f"plover.yaml: {name}: its score contradicts quad {entry.quad}" for name in wrong]
    return problems


def _merged(old: dict[Any, Any], new: dict[Any, Any]) -> dict[Any, Any]:
    both = {
        key: _merged(old[key], new[key])
        for key in old.keys() & new.keys()
        if isinstance(old[key], dict) and isinstance(new[key], dict)
    }
    return old | new | both
