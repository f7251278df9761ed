"""What stands around an article: agency credits, notes on where a text comes from, passages that are no article.

The phrases are written in a small language (see ``data/boilerplate.yaml``) that compiles to regular expressions in
which every repetition is bounded, so that neither a text nor a user's own file can make matching slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, get_args

from sayso.errors import KnowledgeError
from sayso.knowledge.files import knowledge_files, load_mapping, only_known
from sayso.records import Relation

FILE = "boilerplate.yaml"
_LISTS = ("labels", "lists", "notes", "passages")

LONGEST = 900
"""Characters that a passage may have, where its entry does not say otherwise."""

Where = Literal["line", "end", "sentence", "bracket"]

_NAME = r"[^\W\d_a-z][\w.'’-]{0,30}(?:\s(?:and|of|the|de|van|von|der|al|el|bin|[^\W\d_a-z][\w.'’-]{0,30})){0,6}"
_SLOTS = {
    "name": _NAME,
    "language": r"[^\W\d_a-z][^\W\d_]{2,20}",
    "email": r"[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{1,20}){1,4}",
    "end": r"[.)\s]{0,3}$",
    "digits": r"\d{1,4}",
    "outlet": r"[\"“‘'*]?(?:the\s)?[^\W\d_a-z][^\n]{1,119}",
    "origin": r"\S[^\n]{1,119}",
}
_PIECE = re.compile(r"(?P<gap>\s*\*)(?P<more>\s*)|\{(?P<slot>\w+)\}|(?P<group>[()|])|(?P<blank>\s+)|(?P<letter>.)")
_FIRST = re.compile(r"[^\W_]+|\S")


@dataclass(frozen=True)
class Phrase:
    """One phrase and its regular expression, which is compiled when it is first matched: most never are.

    ``first`` are the words, in lower case, with which what it matches begins, empty for any word; ``key`` is a word, in
    lower case, that is in whatever it matches. Both are quick to look for, and spare most attempts to match.
    """

    source: str
    first: frozenset[str]
    key: str
    expression: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled."""
        return re.compile(self.expression)


@dataclass(frozen=True, slots=True)
class Passage:
    """Phrases of one kind; ``relation`` is None for passages that say nothing of where the text comes from."""

    kind: str
    relation: Relation | None
    where: Where
    longest: int
    phrases: tuple[Phrase, ...]
    drops: Mapping[str, str | None]
    keeps: tuple[str, ...]


Known = tuple[Passage, Phrase]


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """All that is known; ``agencies`` maps the forms to the names."""

    agencies: Mapping[str, str]
    labels: frozenset[str]
    lists: frozenset[str]
    passages: tuple[Passage, ...]
    _by_word: dict[tuple[Where, str], list[Known]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for passage in self.passages:
            for phrase in passage.phrases:
                for word in phrase.first or {""}:
                    self._by_word.setdefault((passage.where, word), []).append((passage, phrase))

    def beginning(self, where: Where, word: str) -> list[Known]:
        """Return the phrases that may match where a text begins with a word (see ``first_word``)."""
        return self._by_word.get((where, word), []) + self._by_word.get((where, ""), [])

    def phrases(self, where: Where) -> Iterator[Known]:
        """Yield all phrases of a place."""
        return ((p, phrase) for p in self.passages if p.where == where for phrase in p.phrases)


@cache
def load(user: str | None = None) -> Boilerplate:
    """Return what ships, extended by the user's; raise KnowledgeError where a file does not follow its schema."""
    contents = [(path, _mapping(path)) for path in knowledge_files(FILE, user)]
    agencies = {form: name for path, data in contents for form, name in _agencies(path, data)}
    return Boilerplate(
        agencies=agencies,
        labels=frozenset(label for path, data in contents for label in _strings(path, data, "labels")),
        lists=frozenset(label for path, data in contents for label in _strings(path, data, "lists")),
        passages=tuple(
            _passage(path, f"{section} {number}", entry, agencies)
            for path, data in contents
            for section in ("notes", "passages")
            for number, entry in enumerate(data.get(section) or [], 1)
        ),
    )


def agency_pattern(agencies: Mapping[str, str]) -> str:
    """Return the regular expression of the forms under which agencies sign, the longest first."""
    return "|".join(re.escape(form) for form in sorted(agencies, key=len, reverse=True))


def first_word(text: str) -> str:
    """Return the first word or sign of a text in lower case, by which phrases are looked up."""
    found = _FIRST.search(text)
    return found[0].lower() if found else ""


def compile_phrase(source: str, agencies: Mapping[str, str]) -> Phrase:
    """Return the phrase; raise ValueError where it is not well formed."""
    _check_groups(source)
    named: set[str] = set()
    pattern = "".join(_piece_pattern(piece, agencies, named) for piece in _PIECE.finditer(source))
    edge = r"(?!\w)" if source[-1:] not in ":@}" else ""
    return Phrase(source, frozenset(_first_words(source)), _key(source), pattern + edge)


def _check_groups(source: str) -> None:
    """Raise ValueError where parentheses do not pair: all else that a phrase may hold makes a regular expression."""
    depth = 0
    for letter in source:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth < 0:
            break
    if depth:
        raise ValueError(f"the parentheses of {source!r} do not pair")


def _key(source: str) -> str:
    """Return the longest word outside groups and slots."""
    outside, depth = "", 0
    for letter in source:
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(letter, 0)
        outside += " " if depth or letter in ")}" else letter
    return max(re.findall(r"[^\W\d_]+", outside.lower()), key=len, default="")


def _first_words(source: str) -> set[str]:
    openings = _alternatives(source) if source.startswith("(") else [source]
    if any(opening.startswith(("{", "(")) for opening in openings):
        return set()
    return {first_word(opening) for opening in openings}


def _alternatives(source: str) -> list[str]:
    """Return the alternatives of the group with which a phrase begins."""
    depth, found = 0, [""]
    for letter in source:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            break
        if letter == "|" and depth == 1:
            found.append("")
        elif not (letter == "(" and depth == 1 and found == [""]):
            found[-1] += letter
    return found


def _piece_pattern(piece: re.Match[str], agencies: Mapping[str, str], named: set[str]) -> str:
    if piece["gap"]:
        at_end = piece.end() == len(piece.string)
        return "" if at_end else r"(?:\s{1,3}\S{1,40}){0,8}?" + r"\s{1,3}" * bool(piece["more"])
    if slot := piece["slot"]:
        inner = f"(?:{agency_pattern(agencies)})(?!\\w)" if slot == "agency" else _SLOTS.get(slot)
        if inner is None:
            raise ValueError(f"there is no slot {{{slot}}}")
        first = slot not in named
        named.add(slot)
        return f"(?P<{slot}>{inner})" if first else f"(?:{inner})"
    if piece["group"]:
        return {"(": "(?:", ")": ")", "|": "|"}[piece["group"]]
    if piece["blank"]:
        return r"\s{1,3}"
    return "['’]" if piece["letter"] == "'" else f"(?i:{re.escape(piece['letter'])})"


def check(user: str | None = None) -> list[str]:
    """Return what is wrong beyond the schema: labels in capitals, phrases that stand twice."""
    known = load(user)
    problems = [
        f"{FILE}: label {label!r} must be in lower case"
        for label in known.labels | known.lists
        if label != label.lower()
    ]
    seen: set[tuple[str, str]] = set()
    for passage in known.passages:
        for phrase in passage.phrases:
            if (passage.where, phrase.source) in seen:
                problems.append(f"{FILE}: {passage.kind}: the phrase {phrase.source!r} stands twice")
            seen.add((passage.where, phrase.source))
    return problems


def _mapping(path: Path) -> dict[str, Any]:
    data = load_mapping(path)
    only_known(path, data, (*_LISTS, "agencies"))
    if not isinstance(data.get("agencies") or {}, dict):
        raise KnowledgeError(str(path), "agencies", "must be a mapping")
    for name in _LISTS:
        if not isinstance(data.get(name) or [], list):
            raise KnowledgeError(str(path), name, "must be a list")
    return data


def _agencies(path: Path, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, forms in (data.get("agencies") or {}).items():
        if not isinstance(forms, list) or not all(isinstance(form, str) and form for form in forms):
            raise KnowledgeError(str(path), f"agencies: {name}", "give a list of forms")
        yield from ((form, str(name)) for form in forms)


def _strings(path: Path, data: dict[str, Any], field: str) -> list[str]:
    values = data.get(field) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise KnowledgeError(str(path), field, "must be a list of texts")
    return values


def _passage(path: Path, where: str, entry: Any, agencies: Mapping[str, str]) -> Passage:
    if not isinstance(entry, dict) or entry.get("where") not in get_args(Where):
        raise KnowledgeError(str(path), where, f"'where' must be one of {', '.join(get_args(Where))}")
    relation = entry.get("relation")
    if relation is not None and relation not in get_args(Relation):
        raise KnowledgeError(str(path), where, f"'relation' must be one of {', '.join(get_args(Relation))}")
    drops = entry.get("drops") or {}
    if not isinstance(drops, dict):
        drops = dict.fromkeys(_strings(path, entry, "drops"))
    longest = entry.get("longest", LONGEST)
    if not isinstance(longest, int):
        raise KnowledgeError(str(path), where, "'longest' must be a whole number")
    try:
        phrases = tuple(compile_phrase(source, agencies) for source in _strings(path, entry, "phrases"))
    except ValueError as error:
        raise KnowledgeError(str(path), where, str(error)) from error
    return Passage(
        kind=str(entry.get("kind", relation)),
        relation=relation,
        where=entry["where"],
        longest=longest,
        phrases=phrases,
        drops=drops,
        keeps=tuple(_strings(path, entry, "keeps")),
    )
