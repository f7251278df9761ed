"""Where names of the gazetteer stand in a text: the longest match over capitalised words, and what they are part of.

This step is generous: "Paris" in "Paris Hilton" is a name here. ``toponym_evidence`` says which names are of places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc

from sayso.knowledge.gazetteer import Entry, Gazetteer, normalise
from sayso.knowledge.places import PlaceCues, WrittenPlace

MAX_WORDS = 8
"""No name of a place that we know has more tokens."""

_HYPHENS = frozenset("-‐‑–")
_GENERIC_ENDINGS = frozenset(
    {"peninsula", "region", "basin", "province", "desert", "islands", "river", "mountains", "coast", "strait", "sea"}
)
_POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


@dataclass(slots=True, eq=False)
class Name:
    """A name of a place in the text, with the places that bear it and what has been found out about it."""

    start: int
    end: int
    key: str
    entries: Sequence[Entry]
    is_abbreviation: bool = False
    is_landform: bool = False
    container: Name | None = None
    contains: bool = False
    wants_region: bool = False
    cues: list[str] = field(default_factory=list)
    probability: float = 0.0
    chosen: Entry | None = None
    share: float = 0.0

    @property
    def best(self) -> Entry | None:
        """Return the most prominent of the places."""
        return self.entries[0] if self.entries else None


class NameFinder:
    """Finds names of the gazetteer, in linear time: a word begins at most ``MAX_WORDS`` look-ups."""

    def __init__(self, places: Gazetteer, cues: PlaceCues) -> None:
        self._places, self._cues = places, cues
        self._pieces: dict[str, str] = {}
        self._candidates: dict[str, Sequence[Entry]] = {}
        self._abbreviations = {
            form: [region] for form, code in cues.abbreviations.items() if (region := places.region(code))
        }
        self._added = _added(cues.places, len(places))
        self._added_prefixes = {key[:n] for key in self._added for n in range(1, len(key) + 1)}

    def find(self, doc: Doc, texts: list[str]) -> list[Name]:
        """Return the names in a document, none overlapping, in text order."""
        names: list[Name] = []
        position = 0
        for index, text in enumerate(texts):
            if index < position or not text[0].isupper():
                continue
            name = self._abbreviation(texts, index, names) or self._longest(doc, texts, index)
            name = self._landform(texts, index, name) or name
            if name:
                names.append(name)
                position = name.end
        return names

    def named(self, name: str) -> Sequence[Entry]:
        """Return the places of a name."""
        return self._entries(normalise(name))

    def _abbreviation(self, texts: list[str], index: int, names: list[Name]) -> Name | None:
        """Return the state that "Tex." stands for, after a town or, where that is safe, alone."""
        text, width = texts[index], 1
        if text == "W." and texts[index + 1 : index + 2] == ["Va."]:
            text, width = "W.Va.", 2
        entries = self._abbreviations.get(text)
        if not entries and texts[index + 1 : index + 2] == ["."]:
            entries, width = self._abbreviations.get(text + "."), 2
        if not entries:
            return None
        after_comma = index > 1 and texts[index - 1] == "," and texts[index - 2][0].isupper()
        after_town = bool(names) and names[-1].end == index and not text.endswith(".")
        if not (after_comma or after_town or text in self._cues.alone):
            return None
        return Name(index, index + width, normalise(entries[0].name), entries, is_abbreviation=True)

    def _longest(self, doc: Doc, texts: list[str], index: int) -> Name | None:
        key, best = "", None
        glued = True
        for end in range(index, min(index + MAX_WORDS, len(texts))):
            text = texts[end]
            if text[0].isspace():
                break
            if text in _HYPHENS:
                glued = False
                continue
            piece = self._piece(text)
            key = key + piece if glued else f"{key} {piece}"
            glued = not doc[end].whitespace_
            if not piece or not self._continues(key):
                break
            if best and text in _POSSESSIVES:
                continue
            if (text[0].isupper() or text in _GENERIC_ENDINGS or _hangs_on(texts, end)) and self._knows(key):
                best = (end + 1, key)
        if best is None or best[1] in self._cues.parts:
            return None
        return Name(index, best[0], best[1], self._entries(best[1]))

    def _landform(self, texts: list[str], index: int, name: Name | None) -> Name | None:
        """Return "Neches River" or "Lake Lanier", known or not, where one begins here."""
        cues, end = self._cues, name.end if name else index + 1
        if name and (name.is_abbreviation or name.key in cues.demonyms):
            return None
        following = texts[end : end + 2]
        if following and following[0][0].isupper() and following[0].lower() in cues.landforms:
            end += 1
        elif end == index + 1 and texts[index].lower() in cues.landforms_before and _is_word(following[:1]):
            end += 1 + _is_word(following[1:])
        else:
            return None
        return Name(index, end, normalise(" ".join(texts[index:end])), (), is_landform=True)

    def _piece(self, text: str) -> str:
        piece = self._pieces.get(text)
        if piece is None:
            if len(self._pieces) > 100_000:
                self._pieces.clear()
            piece = self._pieces[text] = normalise(text[:64])
        return piece

    def _continues(self, key: str) -> bool:
        return self._places.continues(key) or key in self._added_prefixes

    def _knows(self, key: str) -> bool:
        return self._places.knows(key) or key in self._added

    def _entries(self, key: str) -> Sequence[Entry]:
        entries = self._candidates.get(key)
        if entries is None:
            if len(self._candidates) > 20_000:
                self._candidates.clear()
            entries = self._candidates[key] = [*self._added.get(key, ()), *self._places.candidates(key)]
        return entries


def _is_word(texts: list[str]) -> bool:
    """Say whether there is a capitalised word."""
    return bool(texts) and texts[0][0].isupper() and texts[0].isalpha()


def _hangs_on(texts: list[str], index: int) -> bool:
    """Say whether a word hangs on the one before by an apostrophe or a hyphen: "Ma" + "'s", "Seoul" + "-" + "si"."""
    return texts[index][0] in "'’" or (index > 0 and texts[index - 1] in _HYPHENS)


def _added(places: list[WrittenPlace], row: int) -> dict[str, list[Entry]]:
    """Return a user's own places by normalised name; their rows come after those that ship."""
    found: dict[str, list[Entry]] = {}
    for number, place in enumerate(places, row):
        entry = Entry(
            row=number, id=None, name=place.name, lat=place.lat, lon=place.lon, population=place.population,
            feature=place.feature, country=place.country, admin1=None, admin1_code=None, admin1_name=None,
            prominence=9.0,
        )  # fmt: skip
        for name in (place.name, *place.aliases):
            found.setdefault(normalise(name), []).append(entry)
    return found


def add_unknown_towns(names: list[Name], texts: list[str], locatives: frozenset[str]) -> list[Name]:
    """Return the names with those of places that only their state gives away: "in Smallville, Texas"."""
    found: list[Name] = []
    for name in names:
        floor = found[-1].end if found else 0
        first = comma = name.start - 1
        while first > floor and comma - first < 4 and _is_word(texts[first - 1 : first]):
            first -= 1
        region = name.is_abbreviation or (name.best is not None and name.best.feature in {"ADM1", "PCLI"})
        if region and comma > 0 and texts[comma] == "," and floor < first < comma and texts[first - 1] in locatives:
            name.contains = True
            found.append(Name(first, comma, normalise(" ".join(texts[first:comma])), (), container=name))
        found.append(name)
    return found


def link_containers(names: list[Name], texts: list[str]) -> None:
    """Note on each name the name after its comma that it lies in: "Alexandria, Louisiana"."""
    known: dict[tuple[str, str], bool] = {}
    for name, following in pairwise(names):
        if not _side_by_side(name, following, texts):
            continue
        pair = name.key, following.key
        if pair not in known:
            known[pair] = bool(entries_in(name.entries, following))
        if known[pair]:
            name.container, following.contains = following, True
        elif following.is_abbreviation and not name.contains and not name.is_abbreviation:
            name.container, following.contains, name.entries = following, True, ()


def _side_by_side(name: Name, following: Name, texts: list[str]) -> bool:
    """Say whether one name follows the other after a comma, or a postal code follows without one."""
    gap = following.start - name.end
    return (gap == 1 and texts[name.end] == ",") or (gap == 0 and following.is_abbreviation)


def entries_in(entries: Sequence[Entry], container: Name) -> list[Entry]:
    """Return those places that lie in one of the best known places of another name."""
    outers = [entry for entry in container.entries[:5] if entry.is_region or entry.is_country]
    return [entry for entry in entries if any(lies_in(entry, outer) for outer in outers)] if outers else []


def lies_in(inner: Entry, outer: Entry) -> bool:
    """Say whether a place lies in a region or a country, which is not itself."""
    if inner.row == outer.row:
        return False
    if outer.feature == "ADM1":
        return inner.admin1 == outer.row
    if outer.is_country:
        return inner.country == outer.country and inner.country is not None and not inner.is_country
    return inner.admin1 == outer.admin1 and inner.country == outer.country and near(inner, outer)


def near(one: Entry, other: Entry) -> bool:
    """Say whether two places are about a hundred kilometres apart or less."""
    return abs(one.lat - other.lat) < 1 and abs(one.lon - other.lon) < 1.5
