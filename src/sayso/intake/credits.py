"""Credits: the agency in a dateline or at the end of a text, and the by-line.

"NAIROBI, Kenya (AP) _" says two things: where, which stays in the article, and whose report it is, which does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile

from sayso.knowledge.boilerplate import agency_pattern
from sayso.records import Span

FIRST_LINES = 10
"""A by-line stands among the first lines."""

_BEGINNING = 1_500
_ENDING = 80
_LONGEST_BYLINE = 160

_WORD = r"[^\W\d_a-z](?:[\w’'-]{1,30}|\.(?:[A-Z]\.)?)"
_PARTICLE = r"(?:de|da|del|della|van|von|der|den|al|el|bin|ibn|la|le|du|dos|ten|ter)"
_NAME = rf"{_WORD}(?:[ \xa0]{_PARTICLE}){{0,2}}(?:[ \xa0]{_WORD}){{1,3}}?"
_JOIN = r"(?:\s?,\s?(?:and\s)?|\s(?:and|AND|with|&)\s)"
_BY = r"(?:(?:Written|Story|Words|Reported|Reporting|Analysis)\s)?(?:By|BY|by)[:\s]\s?"
_BYLINE = re.compile(
    rf"{_BY}(?P<names>{_NAME}(?:{_JOIN}{_NAME}){{0,4}})"
    r"(?P<post>(?:\s?[,|/–—-]\s?|\s(?:in|for|at|of)\s|\s\(|\s(?=\S{1,40}@))[^\n]{0,79}[^\n.!?])?$"
)
_INLINE = re.compile(
    rf"(?<=[.!?]\s){_BY}(?P<names>{_NAME}(?:{_JOIN}{_NAME}){{0,2}})\s"
    r"(?P<post>(?i:(?:senior\s|special\s)?(?:staff|business|political)?\s?(?:writer|reporter|correspondent)s?\b)|[\w.+-]{1,40}@[\w.-]{1,40})"
)
_NOT_A_NAME = re.compile(
    r"\b(?i:staff|writers?|reporters?|correspondents?|editors?|news|newsroom|desk|agenc(?:y|ies)|times|press|team|media"
    r"|bureau|service|editorial|board|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)
_SPLIT = re.compile(_JOIN)


@dataclass(slots=True)
class AgencyCredit:
    """An agency; ``span`` is what is no article, ``named`` the name alone."""

    name: str
    span: Span
    named: Span


@dataclass(slots=True)
class Byline:
    """A by-line with the persons, and the agencies, that it names."""

    span: Span
    authors: list[str] = field(default_factory=list)
    agencies: list[AgencyCredit] = field(default_factory=list)


def agency_credits(text: str, agencies: Mapping[str, str]) -> Iterator[AgencyCredit]:
    """Yield the agencies in a dateline near the beginning and in a credit at the very end."""
    patterns = _patterns(tuple(agencies))
    for found in patterns.dateline.finditer(text, 0, _BEGINNING):
        name = agencies[found["agency"]]
        before = text[max(0, found.start() - len(name) - 1) : found.start()].rstrip()
        if not before.endswith(name.split()[-1]):  # "the Associated Press (AP)" explains, and signs nothing
            yield AgencyCredit(name, found.span(), found.span("agency"))
    ending = patterns.ending.search(text, max(0, len(text) - _ENDING))
    if ending:
        yield AgencyCredit(agencies[ending["agency"]], ending.span(), ending.span("agency"))


def bylines(text: str, lines: list[Span], agencies: Mapping[str, str]) -> Iterator[Byline]:
    """Yield the by-lines among the first lines, or within the first line of a text that has but one."""
    for start, end in lines:
        if end - start <= _LONGEST_BYLINE:
            line = text[start:end].strip("*_ ")
            if found := _BYLINE.match(line):
                yield from _byline(found, (start, end), start + text[start:end].index(line), agencies)
            elif signed := _patterns(tuple(agencies)).byline.match(line):
                credit = AgencyCredit(agencies[signed["agency"]], (start, end), _shifted(signed.span("agency"), start))
                yield Byline((start, end), agencies=[credit])
    if len(lines) == 1:
        for inline in _INLINE.finditer(text, 0, _BEGINNING):
            yield from _byline(inline, inline.span(), 0, agencies)


def _byline(found: re.Match[str], span: Span, offset: int, agencies: Mapping[str, str]) -> Iterator[Byline]:
    persons = [name.strip() for name in _SPLIT.split(found["names"])]
    authors = [_cased(name) for name in persons if name not in agencies and not _NOT_A_NAME.search(name)]
    credit = _patterns(tuple(agencies)).named.search(found[0])
    signed = []
    if credit:
        named = _shifted(credit.span("agency"), offset + found.start())
        signed.append(AgencyCredit(agencies[credit["agency"]], span, named))
    if authors or signed:
        yield Byline(span, authors, signed)


def _cased(name: str) -> str:
    """Return a name that was set in capitals as one writes it, without the words after it that are not."""
    capitals = list(takewhile(str.isupper, name.split()))
    if len(capitals) < 2 or max(map(len, capitals)) < 3:  # initials are in capitals anyway
        return name
    return " ".join(capitals).title()


def _shifted(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


@dataclass(frozen=True, slots=True)
class _Patterns:
    dateline: re.Pattern[str]
    ending: re.Pattern[str]
    byline: re.Pattern[str]
    named: re.Pattern[str]


@cache
def _patterns(forms: tuple[str, ...]) -> _Patterns:
    agency = rf"(?P<agency>{agency_pattern(dict.fromkeys(forms, ''))})"
    blanks = r"[ \xa0]{0,3}"
    line_end = rf"(?={blanks}(?:\n|\r|  |$))"
    own_line = r"(?:^|[\r\n])[ \t(–—-]{0,4}"
    after_sentence = r"(?<=[.!?”\"])\s?(?:\(|[–—-]{1,2}\s?)"
    return _Patterns(
        dateline=re.compile(
            rf"\({agency}(?:[/ ,-][\w.-]{{1,20}}){{0,2}}\)(?:{blanks}(?:--?|[—–_:\x96\x97]){blanks}|{line_end})"
        ),
        ending=re.compile(rf"(?:{own_line}|{after_sentence}){agency}(?:[/+&,][\w.-]{{1,20}}){{0,3}}[)\s.]{{0,8}}$"),
        byline=re.compile(rf"{_BY}(?:the\s|The\s)?{agency}(?:\s(?:Staff|staff|News|Writers?|writers?))?\s?$"),
        named=re.compile(rf"(?<!\w){agency}(?!\w)"),
    )
