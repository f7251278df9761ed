"""Layout: which parts of a text are the article, and where the text says it comes from.

News texts are wrapped in what is no article: agency credits, by-lines, source lines, biographies, pleas, lists of
links. What is recognised is left out of ``body``; what is not is kept, since to lose a sentence of the article is worse
than to keep a plea. The phrases are data (``knowledge/data/boilerplate.yaml``). Every line is looked at once, and
every pattern is tried on a bounded stretch, so the cost is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import dropwhile, islice

from sayso.intake.credits import FIRST_LINES, agency_credits, bylines
from sayso.knowledge.boilerplate import Boilerplate, Passage, Where, first_word, load
from sayso.records import Lineage, Span

LONGEST_LINE = 400
LONGEST_BIOGRAPHY = 900
LAST_LINES = 6
LAST_CHARACTERS = 1_500
LONGEST_LINK = 120
MOST_LINKS = 12
LEAST_KEPT = 0.2
"""Where less than this share of a text would be left as its body, the rules have gone astray: all of it is body."""

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]{0,2}\s+(?=[\"“‘'(\[]?[^\W_a-z])")
_BRACKET = re.compile(r"\(([^()\n]{3,200})\)")
_BULLET = re.compile(r"[–—•*·-]{1,3}[ \xa0]")
_MENU = re.compile(r"\s[|·•»›>]\s")
_CLAUSE = re.compile(
    r"[.;|]\s|\s(?:on|under|in)\s(?=\d|[A-Z][a-z]{2,8}\s\d|a\s|[A-Z][a-z]{1,9}(?:ish|an|ese|ch|ic)\b)|\s[–—(-]|,\s|\sand\s(?:is|was)\b"
)
_HEADLINE_END = re.compile(r"[.,;:_—–-]$")


@dataclass(slots=True)
class Layout:
    """What the parts of a text are.

    ``body`` are the spans that are the article, ``title`` the headline that the text begins with (and that stays in
    the body), ``authors`` those of its by-line, ``lineage`` what it says of its origin.
    """

    body: list[Span]
    lineage: list[Lineage] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    title: str | None = None


def examine(text: str, knowledge: str | None = None) -> Layout:
    """Return the layout of a text; ``knowledge`` is a directory that extends the phrases."""
    page = _Page(text, load(knowledge))
    page.credits()
    page.labels()
    page.passages()
    page.brackets()
    page.endings()
    return Layout(page.body(), page.lineage(), page.authors, page.title())


@dataclass(slots=True)
class _Cut:
    """A part that is no article, and the origin that it names."""

    span: Span
    kind: str
    origin: Lineage | None = None


class _Page:
    """A text on its way to a layout."""

    def __init__(self, text: str, known: Boilerplate) -> None:
        self.text, self.known = text, known
        self.lines = [span for found in _LINE.finditer(text) if (span := _trimmed(text, *found.span()))]
        self.cuts: list[_Cut] = []
        self.authors: list[str] = []

    def credits(self) -> None:
        """Find the agency in the dateline and at the very end, and the by-line."""
        for credit in agency_credits(self.text, self.known.agencies):
            self.cuts.append(_Cut(credit.span, "agency", _lineage(credit.name, "agency", credit.named)))
        for byline in bylines(self.text, self.lines[:FIRST_LINES], self.known.agencies):
            self.cuts.append(_Cut(byline.span, "by-line"))
            self.authors += [name for name in byline.authors if name not in self.authors]
            self.cuts += [_Cut(c.span, "agency", _lineage(c.name, "agency", c.named)) for c in byline.agencies]

    def labels(self) -> None:
        """Find lines that are a label or a menu, and the links under the label of a list."""
        links = 0
        for start, end in self.lines:
            line = self.text[start : min(end, start + LONGEST_LINE)]
            label = line.lower().rstrip(" :.…>»").lstrip(" •>»") if end - start <= 60 else ""
            if label in self.known.lists:
                links = MOST_LINKS
            elif links and end - start <= LONGEST_LINK and line[-1] not in '.!?…:;”"':
                links -= 1
            else:
                links = 0
                if label not in self.known.labels and not _is_menu(line, end - start):
                    continue
            self.cuts.append(_Cut((start, end), "label"))

    def passages(self) -> None:
        """Find the lines that begin with a phrase."""
        for start, end in self.lines:
            if end - start <= LONGEST_LINE:
                self._match("line", (start, end))

    def brackets(self) -> None:
        """Find brackets that hold a credit."""
        for found in _BRACKET.finditer(self.text):
            self._match("bracket", found.span(1), found.span())

    def endings(self) -> None:
        """Find what only stands at the end: biographies, contacts, contributions, and sentences that are such lines."""
        for start, end in self.lines[-LAST_LINES:]:
            if end - start <= LONGEST_BIOGRAPHY:
                self._match("end", (start, end))
        for start, end in self._last_sentences():
            self._search((start, end))
        if self.lines and self.lines[-1][1] - self.lines[-1][0] > LONGEST_LINE:
            for start, end in list(self._last_sentences())[-3:]:
                self._match("line", (start, end))
                self._match("end", (start, end))
                if self.text[start:end].lower().rstrip(" :") in self.known.lists:
                    self.cuts.append(_Cut((start, end), "label"))

    def body(self) -> list[Span]:
        """Return what is left after the cuts, or everything where that is too little to be believed."""
        kept, place = [], 0
        for start, end in sorted(cut.span for cut in self.cuts):
            kept.append((place, start))
            place = max(place, end)
        kept.append((place, len(self.text)))
        spans = [span for start, end in kept if start < end and (span := _trimmed(self.text, start, end))]
        whole = _trimmed(self.text, 0, len(self.text))
        if whole and sum(end - start for start, end in spans) < LEAST_KEPT * (whole[1] - whole[0]):
            return [whole]
        return spans

    def lineage(self) -> list[Lineage]:
        """Return the origins in text order, each named once."""
        found: dict[tuple[str, str], Lineage] = {}
        for origin in sorted((cut.origin for cut in self.cuts if cut.origin), key=lambda o: o.span):
            found.setdefault((origin.name, origin.relation), origin)
        return list(found.values())

    def title(self) -> str | None:
        """Return the first line, menus aside, where it is clearly a headline: short, no sentence, and set off."""
        labels = {cut.span for cut in self.cuts if cut.kind == "label"}
        lines = list(islice(dropwhile(labels.__contains__, self.lines), 2))
        if len(lines) < 2:
            return None
        (start, end), (after, stop) = lines
        bylines = [cut.span for cut in self.cuts if cut.kind == "by-line"]
        line = self.text[start:end]
        if end - start > 150 or not 2 <= len(line.split()) <= 20 or _HEADLINE_END.search(line) or line[0].islower():
            return None
        if any(cut.span[0] < end and cut.span[1] > start for cut in self.cuts):
            return None
        gap = self.text[end:after].replace("\r\n", "\n").count("\n") > 1
        return line if gap or (after, stop) in bylines or stop - after > max(120, 1.6 * (end - start)) else None

    def _match(self, where: Where, span: Span, whole: Span | None = None) -> None:
        start, end = span
        if bullet := _BULLET.match(self.text, start, end):
            start = bullet.end()
        for passage, phrase in self.known.beginning(where, first_word(self.text[start : start + 40])):
            found = phrase.pattern.match(self.text, start, min(end, start + LONGEST_LINE))
            if found and self._believe(passage, found, span):
                self.cuts.append(_Cut(whole or span, passage.kind, self._origin(passage, found)))
                return

    def _search(self, span: Span) -> None:
        lowered = self.text[span[0] : span[1]].lower()
        for passage, phrase in self.known.phrases("sentence"):
            if phrase.key not in lowered:
                continue
            found = phrase.pattern.search(self.text, span[0], min(span[1], span[0] + LONGEST_LINE))
            if found and self._believe(passage, found, span):
                self.cuts.append(_Cut(span, passage.kind, self._origin(passage, found)))
                return

    def _believe(self, passage: Passage, found: re.Match[str], span: Span) -> bool:
        """Say whether a passage is short enough, and a biography that of the author or of somebody not mentioned."""
        start, end = span
        if end - start > passage.longest:
            return False
        if passage.kind != "biography":
            return True
        words = found.groupdict().get("name")
        if words is None:
            pronoun = first_word(found[0]) in ("he", "she", "they")
            return not pronoun or any(c.kind == "biography" and 0 <= found.start() - c.span[1] < 9 for c in self.cuts)
        surname = words.split()[-1]
        written_by = any(surname.lower() in author.lower() for author in self.authors)
        return len(words.split()) > 1 and (written_by or self.text.find(surname, 0, found.start()) < 0)

    def _origin(self, passage: Passage, found: re.Match[str]) -> Lineage | None:
        if passage.relation is None:
            return None
        for slot in ("agency", "language", "outlet", "origin"):
            words = found.groupdict().get(slot)
            if words:
                name = _CLAUSE.split(words, maxsplit=1)[0].strip(' .,:;"“”')
                start = found.start(slot)
                return _lineage(self.known.agencies.get(name, name), passage.relation, (start, start + len(name)))
        return None

    def _last_sentences(self) -> Iterator[Span]:
        for start, end in self.lines[-LAST_LINES:]:
            start = max(start, len(self.text) - LAST_CHARACTERS)
            ends = [found.end() for found in _SENTENCE_END.finditer(self.text, start, max(start, end))]
            for first, last in zip([start, *ends], [*ends, end], strict=True):
                if span := _trimmed(self.text, first, last):
                    yield span


def _lineage(name: str, relation: str, span: Span) -> Lineage | None:
    return (
        Lineage.model_validate({"name": name, "relation": relation, "span": span})
        if name and span[0] < span[1]
        else None
    )


def _is_menu(line: str, length: int) -> bool:
    """Say whether a line is a row of short entries between strokes, or a trail of them from "Home" on."""
    least = 2 if line.startswith("Home ") else 3
    if length > LONGEST_LINE or len(_MENU.findall(line)) < least:
        return False
    return all(len(entry.split()) <= 4 for entry in _MENU.split(line))


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """Return a span without the blanks at its ends, None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
