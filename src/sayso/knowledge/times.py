"""What Sayso knows of time expressions: their words, the patterns these form, holidays, and names that only look so.

``times.yaml`` says at its top what each part means. Here it is checked and turned into lookups; a pattern over class
names becomes a regular expression over one character per word, so that the reading step matches short strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from sayso.errors import KnowledgeError
from sayso.knowledge.files import knowledge_files, load_mapping, validated

OTHER = "."
"""The character of a word that no class knows; it ends every stretch that could be a time."""

PHRASE = "_"
"""The character of a word that is known only as part of a phrase."""

PHRASE_ANCHOR = "="
"""The same, of a phrase that may be a time by itself."""

_FIRST_CLASS = 0x100
_NAME = re.compile(r"[a-z_]+")
_SPAN_START = re.compile("<")
_SPAN_MARK = re.compile("\0([0-9]+)")
_UNBOUNDED = re.compile(r"[*+]|\{\d*,\}")


class _Schema(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WordClass(_Schema):
    """Words that play the same part in a time expression, each with what it stands for."""

    words: dict[str, str | int | float]
    capitalised: bool = False
    anchor: bool = False

    @field_validator("words", mode="before")
    @classmethod
    def _listed(cls, words: Any) -> Any:
        return dict.fromkeys(words, 0) if isinstance(words, list) else words


class Shape(_Schema):
    """A class of words known by their form."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    name: str = Field(alias="class")
    regex: str
    anchor: bool = False


class Rule(_Schema):
    """One pattern of a time expression and the way to its value, with an example that is run as a test."""

    name: str
    pattern: str
    reading: str
    example: str
    found: str
    value: str


class Holiday(_Schema):
    """A named day: a date, the nth weekday of a month (from its end where negative), or so many days from Easter."""

    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)
    year: int | None = None
    weekday: int | None = Field(default=None, ge=1, le=7)
    nth: int | None = Field(default=None, ge=-1, le=4)
    easter: int | None = None


class KnownDay(_Schema):
    """A day of the year that means one year's day when a certain word follows."""

    month: int
    day: int
    year: int
    before: list[str]


class TimeFile(_Schema):
    """The schema of times.yaml; a user's file may leave out any part."""

    classes: dict[str, WordClass] = {}
    shapes: list[Shape] = []
    aliases: dict[str, str] = {}
    rules: list[Rule] = []
    names: list[str] = []
    idioms: list[str] = []
    numbered: list[str] = []
    before_month: list[str] = []
    also_names: list[str] = []
    holidays: dict[str, Holiday] = {}
    known_days: list[KnownDay] = []
    scheduled: list[str] = []
    ahead: list[str] = []
    holding: list[str] = []


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word or phrase is: its class, that class's character on the tape, and what it stands for."""

    name: str
    code: str
    value: str | int | float
    capitalised: bool = False


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its pattern as a regular expression over class characters; a named group bounds the expression."""

    rule: Rule
    regex: re.Pattern[str]


@dataclass(slots=True)
class TimeKnowledge:
    """Everything the reading step looks up."""

    words: dict[str, Meaning] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]] = field(default_factory=dict)
    phrase_words: dict[str, str] = field(default_factory=dict)
    shapes: list[tuple[re.Pattern[str], Meaning]] = field(default_factory=list)
    rules: list[CompiledRule] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    numbered: frozenset[str] = frozenset()
    before_month: frozenset[str] = frozenset()
    also_names: frozenset[str] = frozenset()
    holidays: dict[str, Holiday] = field(default_factory=dict)
    known_days: list[KnownDay] = field(default_factory=list)
    scheduled: frozenset[str] = frozenset()
    ahead: frozenset[str] = frozenset()
    holding: frozenset[str] = frozenset()


@cache
def load_times(user: str | None = None) -> TimeKnowledge:
    """Return what ships with Sayso, extended by the user's directory; raise KnowledgeError where a file is wrong."""
    merged = TimeFile()
    path = Path("times.yaml")
    for path in knowledge_files("times.yaml", user):
        merged = _extended(merged, _parsed(path))
    return _Builder(str(path), merged).build()


def check(user: str | None = None) -> list[str]:
    """Return what is wrong beyond the schema: names and spellings that stand twice, holidays without a day."""
    times = [_parsed(path) for path in knowledge_files("times.yaml", user)]
    problems = []
    for part in times:
        problems += [f"times.yaml: rule {name}: is defined twice" for name in _twice(r.name for r in part.rules)]
        spelled = [w for c in part.classes.values() for w in c.words] + [*part.holidays, *part.names, *part.idioms]
        problems += [f"times.yaml: {word!r}: stands in two places" for word in _twice(spelled)]
        problems += [f"times.yaml: holiday {n}: has no day" for n, h in part.holidays.items() if not _has_day(h)]
    load_times(user)
    return problems


def _twice(names: Any) -> list[str]:
    seen: set[str] = set()
    return sorted({name for name in names if name in seen or seen.add(name)})  # type: ignore[func-returns-value]


def _has_day(holiday: Holiday) -> bool:
    dated = holiday.month is not None and (holiday.day is not None or None not in (holiday.weekday, holiday.nth))
    return dated or holiday.easter is not None


def _parsed(path: Path) -> TimeFile:
    return validated(TimeFile, path, load_mapping(path))


def _extended(base: TimeFile, more: TimeFile) -> TimeFile:
    """Return both files as one: what ``more`` names again replaces what ``base`` says."""
    classes = dict(base.classes)
    for name, added in more.classes.items():
        known = classes.get(name)
        words = {**(known.words if known else {}), **added.words}
        anchor, capitalised = (known or added).anchor, (known or added).capitalised
        classes[name] = WordClass(words=words, anchor=anchor, capitalised=capitalised)
    renamed = {rule.name for rule in more.rules}
    return TimeFile(
        classes=classes,
        shapes=base.shapes + more.shapes,
        aliases={**base.aliases, **more.aliases},
        rules=[rule for rule in base.rules if rule.name not in renamed] + more.rules,
        names=base.names + more.names,
        idioms=base.idioms + more.idioms,
        numbered=base.numbered + more.numbered,
        before_month=base.before_month + more.before_month,
        also_names=base.also_names + more.also_names,
        holidays={**base.holidays, **more.holidays},
        known_days=base.known_days + more.known_days,
        scheduled=base.scheduled + more.scheduled,
        ahead=base.ahead + more.ahead,
        holding=base.holding + more.holding,
    )


class _Builder:
    """Turns a checked file into lookups; errors name the file and the entry."""

    def __init__(self, file: str, source: TimeFile) -> None:
        self.file = file
        self.source = source
        names = [*source.classes, *(s.name for s in source.shapes), "holiday", "name", "idiom"]
        self.codes = {name: chr(_FIRST_CLASS + i) for i, name in enumerate(dict.fromkeys(names))}
        self.result = TimeKnowledge(
            numbered=frozenset(source.numbered),
            before_month=frozenset(source.before_month),
            also_names=frozenset(source.also_names),
            holidays=source.holidays,
            known_days=source.known_days,
            scheduled=frozenset(source.scheduled),
            ahead=frozenset(source.ahead),
            holding=frozenset(source.holding),
        )

    def build(self) -> TimeKnowledge:
        source, result = self.source, self.result
        result.shapes = [(self._regex(s.regex, s.name), Meaning(s.name, self.codes[s.name], "")) for s in source.shapes]
        anchors = [name for name, c in source.classes.items() if c.anchor] + [s.name for s in source.shapes if s.anchor]
        result.anchors = {PHRASE_ANCHOR, *(self.codes[name] for name in [*anchors, "holiday"])}
        for spelling, meaning in self._meanings():
            self._enter(spelling, meaning)
        for known in result.phrases.values():
            known.sort(key=lambda phrase: -len(phrase[0]))
        result.rules = [CompiledRule(rule, self._pattern(rule)) for rule in source.rules]
        return result

    def _meanings(self) -> Iterator[tuple[str, Meaning]]:
        source, codes = self.source, self.codes
        for name, entry in source.classes.items():
            for word, value in entry.words.items():
                yield str(word), Meaning(name, codes[name], value, entry.capitalised)
        for name in source.holidays:
            yield name, Meaning("holiday", codes["holiday"], name, capitalised=True)
        for name in source.names:
            yield name, Meaning("name", codes["name"], name, capitalised=True)
        for name in source.idioms:
            yield name, Meaning("idiom", codes["idiom"], name)

    def _enter(self, spelling: str, meaning: Meaning) -> None:
        first, *rest = spelling.split(" ")
        if not rest:
            self.result.words[spelling] = meaning
            return
        self.result.phrases.setdefault(first, []).append((tuple(rest), meaning))
        anchored = meaning.code in self.result.anchors
        for word in (first, *rest):
            self.result.phrase_words.setdefault(word, PHRASE)
        if anchored:
            self.result.phrase_words[rest[-1]] = PHRASE_ANCHOR

    def _regex(self, regex: str, where: str) -> re.Pattern[str]:
        try:
            return re.compile(regex)
        except re.error as error:
            raise KnowledgeError(self.file, where, f"{regex!r} is not a regular expression: {error}") from error

    def _pattern(self, rule: Rule) -> re.Pattern[str]:
        if _UNBOUNDED.search(rule.pattern):
            raise KnowledgeError(self.file, f"rule {rule.name}", "a pattern must not repeat without bound")
        marks = count(1)
        spanned = _SPAN_START.sub(lambda _: f"\0{next(marks)}", rule.pattern).replace(">", ")")
        regex = _NAME.sub(lambda m: self._expanded(m.group(), rule.name), spanned)
        regex = regex.replace("(", "(?:").replace("(?:?:", "(?:").replace(" ", "")
        regex = _SPAN_MARK.sub(r"(?P<span\1>", regex)
        return self._regex(regex, f"rule {rule.name}")

    def _expanded(self, name: str, where: str, within: tuple[str, ...] = ()) -> str:
        alias = self.source.aliases.get(name)
        if name in within or (alias and _UNBOUNDED.search(alias)):
            raise KnowledgeError(self.file, f"alias {name}", "must not hold itself, nor repeat without bound")
        if alias is not None:
            inner = _NAME.sub(lambda m: self._expanded(m.group(), where, (*within, name)), alias)
            return f"(?:{inner.replace(' ', '')})"
        if name not in self.codes:
            raise KnowledgeError(self.file, f"rule {where}", f"there is no class or alias {name!r}")
        return self.codes[name]
