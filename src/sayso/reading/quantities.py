"""Quantities: numbers of people and things that an event is about (``doc._.quantities``).

One pass over the words finds numbers; the noun that is counted and the word that governs it say of what kind they are:
"12 soldiers" are forces, but in "12 soldiers were killed" they are dead. Years, ages, scores, shares and dates are not
quantities.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token

from sayso.knowledge import factuality
from sayso.knowledge.quantities import Lexicon, load
from sayso.reading.annotations import Quantity
from sayso.reading.numbers import Bounds, Number, reader
from sayso.reading.quantity_kinds import Kinds
from sayso.records import QuantityKind

_FARTHEST_NOUN = 6
"""Words between a number and the noun that it counts."""

_WINDOW = 24
"""Words handed to the reader of numbers at a time."""


@dataclass(slots=True, frozen=True)
class _Count:
    """A number in a Doc, as tokens ``start`` to ``end``, and what it counts: a noun, or the number itself."""

    start: int
    end: int
    head: Token
    bounds: Bounds


class QuantityTagger:
    """Finds quantities and their kinds."""

    def __init__(self, nlp: Language, knowledge: str | None = None) -> None:  # noqa: ARG002 - every step takes it
        self._lexicon: Lexicon = load(knowledge)
        self._numbers = reader(knowledge)
        self._happenings = factuality.load(knowledge)

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.quantities``."""
        doc._.quantities = self._find(doc)
        return doc

    def _find(self, doc: Doc) -> list[Quantity]:
        words = [token.lower_ for token in doc]
        dated = {i for timex in doc._.times for i in range(timex.start, timex.end)}
        kinds, may_start = Kinds(self._lexicon, doc), self._numbers.may_start
        found, i = [], 0
        while i < len(words):
            if not may_start(words[i]):
                i += 1
                continue
            number = self._numbers.read(words[i : i + _WINDOW])
            if number is None:
                i += 1
                continue
            number = Number(number.bounds, number.end + i, number.last + i)
            quantity = None if number.last in dated else self._quantity(kinds, doc, words, i, number)
            if quantity is not None:
                found.append(quantity)
            i = number.end if quantity is None else quantity.end
        return found

    def _quantity(self, kinds: Kinds, doc: Doc, words: list[str], start: int, number: Number) -> Quantity | None:
        money = self._money(doc, words, start, number)
        if money is not None:
            return money
        if self._is_no_count(doc, words, start, number):
            return None
        count = self._counted(doc, start, number)
        role = self._role(count)
        kind, rule = kinds.of(doc[start], count.head, role, bare=count.head.i == number.last)
        return None if kind is None else _made(doc, count, kind, rule, self._holder(role))

    # Amounts of money.

    def _money(self, doc: Doc, words: list[str], start: int, number: Number) -> Quantity | None:
        """As in "$2.3 billion", "2bn euros"; the sign may stand inside the qualifier: "at least $5m"."""
        sign = start > 0 and words[start - 1] in self._lexicon.signs
        if sign and number.end < len(words) and words[number.end] in self._lexicon.numbers.suffixes:
            factor = self._lexicon.numbers.suffixes[words[number.end]]
            number = Number(number.bounds.times(factor), number.end + 1, number.end)
        noun = next((i for i in range(number.end, min(number.end + 2, len(words))) if self._is_currency(doc, i)), None)
        if not sign and noun is None:
            return None
        if noun is not None and noun + 1 < len(words) and words[noun + 1] == "of" and not sign:
            return None
        first = self._qualifier_before(words, start - 1) if sign else start
        bounds = self._requalified(words, first, start, number.bounds) if sign else number.bounds
        head = doc[noun] if noun is not None else doc[number.last]
        return _made(doc, _Count(first, max(number.end, head.i + 1), head, bounds), "money", "currency", head)

    def _is_currency(self, doc: Doc, i: int) -> bool:
        """A noun, or a sign behind its number; before a number it belongs to that one."""
        if doc[i].lower_ in self._lexicon.signs:
            return i + 1 >= len(doc) or not doc[i + 1].lower_[:1].isdigit()
        return doc[i].lemma_.lower() in self._lexicon.currencies

    def _qualifier_before(self, words: list[str], sign: int) -> int:
        """Return where a qualifier begins that ends right before a currency sign, else the sign."""
        for length in (3, 2, 1):
            phrase = " ".join(words[max(0, sign - length) : sign])
            if sign >= length and phrase in self._lexicon.numbers.bounds:
                return sign - length
        return sign

    def _requalified(self, words: list[str], first: int, start: int, bounds: Bounds) -> Bounds:
        phrase = " ".join(words[first : start - 1])
        return bounds.limited(self._lexicon.numbers.bounds[phrase]) if phrase else bounds

    # What is not a count of anything.

    def _is_no_count(self, doc: Doc, words: list[str], start: int, number: Number) -> bool:
        following = words[number.end] if number.end < len(words) else ""
        before = words[start - 1] if start else ""
        if (
            before in {"in", "of"}
            and start > 1
            and self._numbers.may_start(words[start - 2])
            and doc[start - 2].pos_ == "NUM"
        ):
            return before == "in"
        if (
            following in self._lexicon.partitives
            or doc[min(number.end, len(doc) - 1)].lemma_ in self._lexicon.partitives
        ):
            return True
        if _is_partitive(words, start, number) or _is_age(words, start, number):
            return True
        return before in {
            "aged",
            "age",
            "no.",
            "no",
            "number",
            "article",
            "room",
            "chapter",
            "resolution",
            "/",
            ":",
        } or (following in {":", "/", "-"} and number.end + 1 < len(words) and words[number.end + 1][:1].isdigit())

    # What is counted.

    def _counted(self, doc: Doc, start: int, number: Number) -> _Count:
        last = doc[number.last]
        noun = self._noun(doc, last, number)
        if noun is None:
            return _Count(start, number.end, last, number.bounds)
        end = noun.i + 1 if 0 <= noun.i - number.end < _FARTHEST_NOUN else number.end
        return _Count(start, end, noun, number.bounds)

    def _role(self, count: _Count) -> Token:
        """Return the token whose place in the sentence is that of the whole phrase: "dozens" in "dozens of people"."""
        role = count.head
        for _ in range(_FARTHEST_NOUN):
            above = role.head
            inside = count.start <= above.i < count.end
            collective = role.dep_ == "pobj" and above.lower_ == "of" and above.head.lemma_ in self._lexicon.collectives
            if above.i == role.i or not (inside or collective or above.lower_ == "including"):
                break
            role = above
        if (
            role.dep_ == "prep"
            and role.head.pos_ in {"NOUN", "NUM"}
            and (role.i >= count.start or role.i + 1 == count.start)
        ):
            return role.head if role.lower_ in {"of", "including"} else role
        return role

    def _holder(self, role: Token) -> Token:
        """Return what a number stands in the sentence as: "a crowd of 3,000". What happens has its number itself."""
        noun = role.head.head
        held = role.dep_ == "pobj" and role.head.lower_ == "of" and noun.lemma_.lower() in self._lexicon.containers
        return noun if held and not self._happenings.names_event(noun.lemma_.lower()) else role

    def _noun(self, doc: Doc, last: Token, number: Number) -> Token | None:
        if number.end < len(doc) and doc[number.end].lower_ == "of":
            return _after_of(doc, number.end)
        head = last.head
        if last.dep_ in {"nummod", "det", "predet"} and head.i > last.i and head.pos_ in {"NOUN", "PROPN", "ADJ"}:
            return head
        return _next_noun(doc, number.end)


def _made(doc: Doc, count: _Count, kind: QuantityKind, rule: str, head: Token) -> Quantity:
    first, final = doc[count.start], doc[count.end - 1]
    chars = (first.idx, final.idx + len(final))
    low, high = count.bounds.low, count.bounds.high
    return Quantity(count.start, count.end, head.i, chars, kind, low, high, rule)


def _is_partitive(words: list[str], start: int, number: Number) -> bool:
    """Say whether a number is a share: "one of the soldiers", "one in five people"."""
    following = words[number.end : number.end + 2]
    if words[start : number.end] == ["one"] and following[:1] == ["of"]:
        return True
    return len(following) == 2 and following[0] in {"in", "out"} and following[1][:1].isdigit()


def _is_age(words: list[str], start: int, number: Number) -> bool:
    """Say whether a number is an age: "12 years old", "12-year-old", ", 34,"."""
    following = words[number.end : number.end + 3]
    if following[:1] in (["year"], ["years"], ["-"]) and any(w.startswith(("year", "month", "old")) for w in following):
        return True
    bare = number.bounds.high is not None and number.bounds.high < 110 and number.end - start == 1
    return bare and start > 0 and words[start - 1] == "," and following[:1] in ([","], ["."])


def _after_of(doc: Doc, of: int) -> Token | None:
    """The noun that a quantity noun holds: "dozens of armed men", "two of the soldiers"."""
    noun = next((token for token in doc[of + 1 : of + _FARTHEST_NOUN] if token.head.i == of), None)
    return noun if noun is not None and noun.dep_ == "pobj" else _next_noun(doc, of + 1)


def _next_noun(doc: Doc, start: int) -> Token | None:
    """The last noun of the nouns and adjectives that follow a number, where the parser gives no other."""
    found = None
    for token in doc[start : start + _FARTHEST_NOUN]:
        if token.pos_ in {"NOUN", "PROPN"}:
            found = token
        elif found is not None or token.pos_ not in {"ADJ", "DET", "NUM"}:
            break
    return found
