"""The lines of a BRAT annotation: text-bound spans, and the events and relations that join them.

Notes (#), attributes (A, M), equivalences (*) and normalisations (N) say nothing of who said what and are passed over.
See https://brat.nlplab.org/standoff.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sayso.errors import GoldError
from sayso.evaluation.attribution_spans import ROLES, checked
from sayso.evaluation.gold import Labels
from sayso.records import Span

_PASSED_OVER = "#AMN*"
_OFFSETS = re.compile(r"([0-9]{1,18}) ([0-9]{1,18})")
_NUMBERED = re.compile(r"[0-9]*\Z")


@dataclass(frozen=True, slots=True)
class Annotations:
    """What a file says: the spans of each text-bound annotation, the role of some, which are joined to which."""

    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    links: list[tuple[str, str]] = field(default_factory=list)
    other_labels: set[str] = field(default_factory=set)
    problems: list[GoldError] = field(default_factory=list)


def parse(lines: str, text: str, name: str, labels: Labels) -> Annotations:
    """Return the annotations of a text; ``name`` is what to call the file where a line of it cannot be used."""
    return _File(text, name, labels).parse(lines)


class _File:
    """One file on its way: lines may refer to later ones, so joins are made when all are known."""

    def __init__(self, text: str, name: str, labels: Labels) -> None:
        self.text = text
        self.name = name
        self.labels = labels
        self.found = Annotations()
        self.triggers: dict[str, str] = {}
        self.broken: set[str] = set()

    def parse(self, lines: str) -> Annotations:
        numbered = [(n, line.rstrip("\r")) for n, line in enumerate(lines.split("\n"), 1) if line.strip()]
        sound = [(number, line) for number, line in numbered if self._attempt(self._define, number, line)]
        for number, line in sound:
            if line[0] in "ER":
                self._attempt(self._join, number, line)
        return self.found

    def _attempt(self, step: Callable[[str, str], None], number: int, line: str) -> bool:
        identifier = line.split("\t")[0]
        try:
            step(identifier, line)
        except GoldError as error:
            self.broken.add(identifier)
            self.found.problems.append(GoldError(f"{self.name}, line {number}: {error}"))
            return False
        return True

    def _define(self, identifier: str, line: str) -> None:
        if line[0] in _PASSED_OVER:
            return
        if line[0] not in "TER":
            raise GoldError("this is no line of BRAT; begin it with T, E, R, A, M, N, * or # and a number")
        if identifier in self.found.spans or identifier in self.triggers:
            raise GoldError(f"{identifier} is there twice; number one of them anew")
        if line[0] == "T":
            self._define_spans(identifier, line)
        elif line[0] == "E":
            self.triggers[identifier] = next(_arguments(line))[1]

    def _define_spans(self, identifier: str, line: str) -> None:
        _, body, words = ([*line.split("\t", 2), "", ""])[:3]
        label, _, offsets = body.partition(" ")
        pairs = [_OFFSETS.fullmatch(pair.strip()) for pair in offsets.split(";")]
        if not label or None in pairs:
            raise GoldError("not a text-bound annotation; write it as T1, tab, Label 0 5;8 10, tab, the words")
        spans = tuple(checked(int(pair[1]), int(pair[2]), len(self.text)) for pair in pairs if pair)
        self._compare(spans, words)
        self.found.spans[identifier] = spans
        role = self.labels.get(label.lower())
        if role:
            self.found.roles[identifier] = role
        else:
            self.found.other_labels.add(label)

    def _compare(self, spans: tuple[Span, ...], words: str) -> None:
        """Raise GoldError where the offsets cover other words than the line says, white space apart."""
        covered = " ".join(self.text[start:end] for start, end in spans)
        if words and "".join(covered.split()) != "".join(words.split()):
            raise GoldError(
                f"the offsets cover “{covered[:40]}”, but the line says “{words[:40]}”; "
                "count in characters of the .txt, its line ends included"
            )

    def _join(self, identifier: str, line: str) -> None:
        """Join an event's trigger to its arguments, or the two arguments of a relation to each other."""
        arguments = list(_arguments(line))
        ends = [(role, self._resolved(reference)) for role, reference in arguments]
        if line[0] == "R" and len(ends) != 2:
            raise GoldError(f"{identifier} joins {len(ends)} annotations; a relation has two, Arg1:T1 Arg2:T2")
        (_, first), *others = ends
        for role, other in others:
            if first and other:
                self._add_role(other, role)
                self.found.links.append((first, other))

    def _resolved(self, reference: str) -> str | None:
        """Return the text-bound annotation that is meant, an event's trigger for an event; None for a broken one."""
        target = self.triggers.get(reference, reference)
        if target in self.found.spans:
            return target
        if reference in self.broken or target in self.broken:
            return None
        raise GoldError(f"it refers to {reference[:60]}, which is not there; add that or take this line out")

    def _add_role(self, identifier: str, argument: str) -> None:
        """Let the name of an argument tell its role where its own label, a Person's say, does not."""
        role = self.labels.get(_NUMBERED.sub("", argument.lower()))
        if role in ROLES:
            self.found.roles.setdefault(identifier, role)


def _arguments(line: str) -> Iterator[tuple[str, str]]:
    """Yield the (role, id) of a line, the trigger of an event first; raise GoldError where it is not made so."""
    parts = [*line.split("\t"), ""][1].split()
    for part in parts[1:] if line[0] == "R" else parts:
        role, colon, reference = part.partition(":")
        if not (role and colon and reference):
            raise GoldError(f"{part[:60]!r} is not Role:ID; write {_FORMS[line[0]]}")
        yield role, reference
    if not parts:
        raise GoldError(f"nothing follows the id; write {_FORMS[line[0]]}")


_FORMS = {
    "E": "an event as E1, tab, Cue:T2 Source:T1 Content:T3",
    "R": "a relation as R1, tab, Label Arg1:T1 Arg2:T2",
}
