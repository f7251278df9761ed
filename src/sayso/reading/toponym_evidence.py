"""Whether a name of the gazetteer is one of a place here: cues around it, each with a weight, added up.

The weights (``weights`` in ``knowledge/data/places.yaml``) are log-odds of a logistic regression; a cue without a
weight counts nothing. The named entities of the parser's model are one cue among others: it calls Kursk a product.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Doc, Token

from sayso.knowledge.places import PlaceCues
from sayso.reading.toponym_names import Name

_DATELINE_DASHES = frozenset({"—", "–", "--", "-", "―"})
_NAME_TAGS = frozenset({"NNP", "NNPS"})
_SPEECH_DEPS = frozenset({"nsubj", "nsubjpass"})
_ENTITY = {
    "GPE": "entity_place",
    "LOC": "entity_place",
    "PERSON": "entity_person",
    "ORG": "entity_organisation",
    "FAC": "entity_facility",
}
_SURE = 2.0
_LIST_MARKS = frozenset({",", "and", "or", "&", "to"})


class Evidence:
    """Collects the cues of every name of one document and turns them into a probability."""

    def __init__(self, doc: Doc, texts: list[str], names: list[Name], cues: PlaceCues) -> None:
        self._doc, self._texts, self._cues = doc, texts, cues
        self._lower = [text.lower() for text in texts]
        self._names = names
        self._uncapitalised = {text for text in texts if text.islower()}
        self._people = set(self._surnames_of_people())
        self._has_entities = bool(doc.ents)
        self.peoples = sorted(
            {
                word
                for word, text in zip(self._lower, texts, strict=True)
                if word in cues.demonym_of and text[0].isupper()
            }
        )

    def weigh(self) -> None:
        """Set the cues and the probability of every name; a name that is sure once is likelier everywhere."""
        starts = {name.start for name in self._names}
        ends = {name.end for name in self._names}
        for name in self._names:
            name.cues = [
                *self._of_name(name),
                *self._before(name),
                *self._after(name),
                *self._listed(name, starts, ends),
            ]
        sure = [name for name in self._names if self._log_odds(name) > _SURE]
        keys = Counter(name.key for name in sure)
        lands = {land: key for key, land in self._lands(sure)}
        for before, name in pairwise(self._names):
            name.wants_region |= before.wants_region and "listed_after" in name.cues and name.best is not None
        for name in self._names:
            if keys[name.key] - (self._log_odds(name) > _SURE) > 0:
                name.cues.append("sure_elsewhere")
            elif name.best and lands.get(name.best.country, name.key) != name.key:
                name.cues.append("country_named")
            name.probability = 1 / (1 + math.exp(-max(-30.0, min(30.0, self._log_odds(name)))))

    def _lands(self, sure: list[Name]) -> Iterator[tuple[str, str | None]]:
        """Yield the countries of sure names and of peoples, each with what named it."""
        for word in self.peoples:
            yield word, self._cues.demonym_of[word]
        for name in sure:
            if name.best and name.best.country:
                yield name.key, name.best.country

    def _log_odds(self, name: Name) -> float:
        weights = self._cues.weights
        total = sum(weights.get(cue, 0.0) for cue in name.cues) + weights.get("bias", 0.0)
        return total + weights.get("prominence", 0.0) * prominence_of(name)

    def _surnames_of_people(self) -> Iterator[str]:
        """Yield last names that follow a given name or a title somewhere in the document."""
        for index in range(1, len(self._texts)):
            if not self._texts[index][0].isupper() or not self._texts[index - 1][0].isupper():
                continue
            if self._opens_a_person(index - 1):
                yield self._lower[index]

    def _opens_a_person(self, index: int) -> bool:
        """Say whether a word is a title, a given name or the initial after one."""
        word = self._lower[index]
        if len(word) == 2 and word[1] == "." and index > 0:
            word = self._lower[index - 1]
        return word in self._cues.given_names or (word in self._cues.titles and word not in {"st", "st."})

    def _of_name(self, name: Name) -> Iterator[str]:
        """Yield what kind of name it is."""
        best, head = name.best, self._doc[name.end - 1]
        if name.is_abbreviation:
            yield "abbreviation"
        if best is None:
            yield "landform_name" if name.is_landform else "unknown_place"
        elif best.is_country:
            yield "country"
        elif best.feature_class not in "AP":
            yield "landmark"
        elif best.feature == "ADM1":
            yield "first_level"
        if best and best.feature == "ADM2":
            yield "second_level"
        if best and best.alias:
            yield "alias"
        if " " in name.key:
            yield "several_words"
        else:
            yield from self._of_word(name)
        if head.tag_ not in _NAME_TAGS:
            yield "not_proper_noun"
        if self._has_entities:
            yield _ENTITY.get(head.ent_type_, "entity_other" if head.ent_type_ else "entity_none")
        if name.end - name.start == 1 and len(self._texts[name.start]) < 4 and best and not best.is_country:
            yield "short"

    def _of_word(self, name: Name) -> Iterator[str]:
        key = name.key
        if key in self._cues.demonyms:
            yield "demonym"
        if key in self._cues.common_words:
            yield "common_word"
        elif key in self._uncapitalised:
            yield "also_lower_case"
        if key in self._cues.given_names:
            yield "given_name"
        if key in self._cues.surnames:
            yield "surname"
        if key in self._people:
            yield "surname_here"
        if not (key in self._cues.common_words or key in self._cues.given_names or key in self._cues.surnames):
            yield "only_a_place"
        follows = name.end < len(self._texts) and self._capitalised(name.end)
        leads = (
            name.start > 0 and self._capitalised(name.start - 1) and self._lower[name.start - 1] not in self._cues.parts
        )
        if (follows and key in self._cues.given_names) or (leads and key in self._cues.surnames):
            yield "person_shape"

    def _before(self, name: Name) -> Iterator[str]:
        """Yield what the words before it say."""
        doc, index = self._doc, name.start - 1
        while index >= 0 and self._lower[index] in self._cues.parts:
            yield "part"
            index -= 1
        if index < 0 or doc[name.start].is_sent_start or self._texts[index].isspace():
            yield "first_word"
            return
        word = self._lower[index]
        if word == "the":
            yield "after_the"
            index -= 1
            word = self._lower[index] if index >= 0 else ""
        if word in self._cues.locatives:
            yield "after_strong_locative" if word in self._cues.strong_locatives else "after_locative"
        elif word == "of" and index > 0:
            yield from self._before_of(name, index - 1)
        elif word in self._cues.titles:
            yield "after_title"
        elif word in self._cues.parties and self._capitalised(index):
            yield "after_body_of"
        elif self._capitalised(index):
            yield "after_given_name" if word in self._cues.given_names else "after_capital"
        elif word == ",":
            yield "after_comma"
        elif word in self._cues.towns or word in self._cues.regions:
            name.wants_region = word in self._cues.regions
            yield "after_kind"

    def _before_of(self, name: Name, index: int) -> Iterator[str]:
        word = self._lower[index]
        if word in self._cues.towns or word in self._cues.regions or word in self._cues.parts:
            name.wants_region = word in self._cues.regions
            yield "after_kind"
        elif self._texts[index][0].isupper() and (word in self._cues.organisations or word in self._cues.titles):
            yield "after_body_of"
        else:
            yield "after_of"

    def _after(self, name: Name) -> Iterator[str]:
        """Yield what the words after it say."""
        if name.container:
            yield "contained"
        if name.contains:
            yield "container"
        if self._is_dateline(name):
            yield "dateline"
        index = name.end
        if index >= len(self._texts) or self._texts[index].isspace():
            return
        word = self._lower[index]
        if word in {"'s", "’s"}:
            yield "possessive"
        elif word in {"-", "–"} and index + 1 < len(self._lower):
            yield "based" if self._lower[index + 1] in {"based", "born", "area", "held", "controlled"} else "hyphen"
        elif word in self._cues.regions:
            name.wants_region = True
            yield "before_kind"
        elif self._capitalised(index):
            yield from self._before_capital(index, word)
        elif self._speaks(name):
            yield "speaks"

    def _before_capital(self, index: int, word: str) -> Iterator[str]:
        if word in self._cues.streets:
            yield "street"
        elif word in self._cues.public_bodies:
            yield "public_body"
        elif self._body_follows(index):
            yield "body"
        elif word in self._cues.offices:
            yield "before_office"
        elif word in self._cues.landforms:
            yield "landform"
        elif word in self._cues.surnames or word in self._cues.given_names:
            yield "before_person_name"
        else:
            yield "before_capital"

    def _body_follows(self, index: int) -> bool:
        """Say whether the capitalised words from here on, four at most, have one that makes a body of the whole."""
        for position in range(index, min(index + 4, len(self._texts))):
            if not self._capitalised(position):
                return False
            if self._lower[position] in self._cues.organisations:
                return True
        return False

    def _capitalised(self, index: int) -> bool:
        text = self._texts[index]
        return text[0].isupper() and self._doc[index].pos_ in {"PROPN", "NOUN", "ADJ", "X"}

    def _is_dateline(self, name: Name) -> bool:
        """Say whether it opens a paragraph before a dash or an agency: "KYIV, Ukraine (Reuters) -"."""
        first = name.start
        while first > 0 and name.start - first < 6 and not self._doc[first].is_sent_start:
            first -= 1
        if not self._texts[first][0].isupper() or (first > 0 and not self._texts[first - 1].isspace()):
            return False
        following = self._texts[name.end : name.end + 9]
        dash = next((n for n, text in enumerate(following) if text in _DATELINE_DASHES), None)
        bracket = following[:1] == ["("] or (name.container is not None and "(" in following[:4])
        if dash is None:
            return False
        between = following[:dash]
        return (
            (bracket or dash < 4)
            and all(t[0].isupper() or not t[0].isalpha() for t in between)
            and self._spaced(name.end + dash)
        )

    def _spaced(self, index: int) -> bool:
        return bool(self._doc[index - 1].whitespace_) and bool(self._doc[index].whitespace_)

    def _speaks(self, name: Name) -> bool:
        head: Token = self._doc[name.end - 1]
        return head.dep_ in _SPEECH_DEPS and head.head.lemma_ in self._cues.speech_verbs

    def _listed(self, name: Name, starts: set[int], ends: set[int]) -> Iterator[str]:
        before, after = name.start - 1, name.end
        if before > 0 and self._lower[before] in _LIST_MARKS and (before in ends or before - 1 in ends):
            yield "listed_after"
        if (
            after < len(self._texts)
            and self._lower[after] in _LIST_MARKS
            and (after + 1 in starts or after + 2 in starts)
        ):
            yield "listed_before"


def prominence_of(name: Name) -> float:
    """Return how well known the best known place of a name is, between bounds."""
    return min(max(name.best.prominence - 4.0, -2.0), 4.0) if name.best else 0.0
