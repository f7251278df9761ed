"""Places: every name of a place in the text, and which place it is.

The names of the gazetteer are looked up over the capitalised words (``toponym_names``), cues around each say whether
it is one of a place here (``toponym_evidence``), and the document as a whole which place (``toponym_resolution``).
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from sayso.knowledge.gazetteer import Entry, gazetteer
from sayso.knowledge.places import place_cues
from sayso.reading.annotations import Place, Toponym
from sayso.reading.toponym_evidence import Evidence
from sayso.reading.toponym_names import Name, NameFinder, add_unknown_towns, link_containers
from sayso.reading.toponym_resolution import resolve
from sayso.reading.toponym_roles import event_place

__all__ = ["PlaceTagger", "event_place"]

_THRESHOLD = 0.5
_HEARD = 0.25
"""Names that may be of a place vote on what the others mean."""


class PlaceTagger:
    """Writes ``doc._.toponyms``: every mention of a place, with ``place`` None where it is not in the gazetteer.

    A mention whose ``rule`` ends in "+metonym" is the subject of speaking or deciding: "Moscow said". Peoples
    ("Ukrainian"), streets, persons and bodies named after places are not mentions.
    """

    def __init__(self, nlp: Language, knowledge: str | None = None) -> None:  # noqa: ARG002 - all steps take it
        self._user = knowledge
        self._gazetteer = gazetteer()
        self._cues = place_cues(knowledge)
        self._finder = NameFinder(self._gazetteer, self._cues)

    def __call__(self, doc: Doc) -> Doc:
        """Find the places of a Doc that was tagged and parsed."""
        if self._user:
            doc.user_data["sayso_knowledge"] = self._user  # for what is asked of the Doc later; a str can be serialised
        texts = [token.text for token in doc]
        names = self._finder.find(doc, texts)
        link_containers(names, texts)
        names = add_unknown_towns(names, texts, self._cues.locatives)
        evidence = Evidence(doc, texts, names, self._cues)
        evidence.weigh()
        heard = [name for name in names if name.probability >= _HEARD]
        resolve(heard, self._home(doc), {self._cues.demonym_of[people] for people in evidence.peoples})
        text = doc.text  # joined anew each time it is asked for
        doc._.toponyms = [_toponym(doc, text, name) for name in heard if name.probability >= _THRESHOLD]
        return doc

    def _home(self, doc: Doc) -> Entry | None:
        """Return the place that the publisher is named after: "The Boston Globe"."""
        words = (doc._.publisher or "").split()[:8]
        spans = [" ".join(words[i:j]) for i in range(len(words)) for j in range(min(len(words), i + 3), i, -1)]
        found = (self._finder.named(span) for span in spans if span[:1].isupper())
        return next((entries[0] for entries in found if entries and entries[0].prominence >= _HOME), None)


_HOME = 4.0


def _toponym(doc: Doc, text: str, name: Name) -> Toponym:
    start, last = doc[name.start], doc[name.end - 1]
    resolved = name.share if name.chosen else 1.0
    chars = (start.idx, last.idx + len(last))
    return Toponym(
        start=name.start,
        end=name.end,
        chars=chars,
        name=text[slice(*chars)],
        place=_place(name),
        confidence=round(min(0.99, name.probability * resolved), 3),
        rule=_rule(name),
    )


def _place(name: Name) -> Place | None:
    entry = name.chosen
    if entry is None:
        return _somewhere_in(name)
    admin1 = entry.name if entry.feature == "ADM1" else entry.admin1_name
    return Place(entry.id, entry.name, entry.country, admin1, entry.lat, entry.lon, entry.feature)


def _somewhere_in(name: Name) -> Place | None:
    """Return a place that is not in the gazetteer, as far as the state or country that holds it says where it is."""
    outer = name.container.chosen if name.container else None
    if outer is None:
        return None
    admin1 = outer.name if outer.feature == "ADM1" else outer.admin1_name
    label = " ".join(word.capitalize() for word in name.key.split())
    return Place(None, label, outer.country, admin1, None, None, None)


def _rule(name: Name) -> str:
    """Return how the place was found: the containment in the text, the only one of the name, or the best of several."""
    if name.chosen is None:
        return "name"
    kind = "container" if name.container else "abbreviation" if name.is_abbreviation else "gazetteer"
    if len(name.entries) > 1 and kind == "gazetteer":
        kind = "coherence"
    return kind + ("+metonym" if "speaks" in name.cues else "")
