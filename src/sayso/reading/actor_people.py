"""People and bodies that no list knows: capitalised names with a title, a verb of saying, or the tagger's word.

"Nigerian junior foreign minister Dubem Oniya" introduces a person with country and sector; "Oniya" alone is met again
by surname. A surname that was never introduced is a known office holder of the day, or nobody.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from sayso.knowledge.actor_contexts import Contexts
from sayso.reading.actor_marks import Mark
from sayso.reading.actor_phrases import Agent

_HYPHENS = {"-", "–", "‑"}
_NOT_NAMES = {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE", "LAW"}
_LONGEST = 6
_PERSONAL = ("er", "or", "ar", "ist", "man", "woman", "ian", "eer", "ess", "yst", "ant", "ent", "ee")
_THINGS = frozenset(
    ("order", "letter", "paper", "number", "center", "centre", "newspaper", "chapter", "tower", "corner", "sector",
     "agreement", "statement", "document", "government", "parliament", "movement", "department", "committee", "river",
     "factor", "error", "power", "offer", "answer", "quarter", "member", "matter", "winter", "dinner", "career",
     "restaurant", "plant", "process", "business", "press", "congress", "access", "success", "seminar", "cellar",
     "event", "client", "content", "moment", "comment", "employment", "cabinet", "settlement", "regiment")
)  # fmt: skip
_LONGEST_TAIL = 5


@dataclass(slots=True, eq=False)
class Run:
    """Capitalised words that stand together and that no list knows; ``label`` is the tagger's word for them."""

    start: int
    end: int
    label: str

    def text(self, doc: Doc) -> str:
        """Return the name as it is written, on one line."""
        return " ".join(doc[self.start : self.end].text.split())


def find_runs(
    doc: Doc, contexts: Contexts, marks: dict[int, Mark], agents: dict[int, Agent], given: Container[str]
) -> list[Run]:
    """Return the unknown names of a document; words of known names and of titles are not part of them.

    ``given`` are first names: behind one of them even what the tagger takes for a date is a surname.
    """
    taken = bytearray(len(doc))
    surnamed = {end for end, agent in agents.items() if _is_surname(doc, contexts, agent)}
    surnames = {doc[end].text for end in surnamed}
    for mark in marks.values():
        taken[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    for end, agent in agents.items():
        if end not in surnamed and not _is_surname_again(doc, agent, surnames):
            taken[agent.start : agent.end + 1] = b"\1" * (agent.end + 1 - agent.start)
    runs: list[Run] = []
    i, n = 0, len(doc)
    while i < n:
        if taken[i] or not (_begins_name(doc[i], contexts) or _is_first_name(doc, i, contexts, given)):
            i += 1
            continue
        end = _run_end(doc, contexts, i, taken, given)
        runs.append(Run(i, end, _label(doc, contexts, i, end)))
        i = end
    return runs


def _begins_name(token: Token, contexts: Contexts) -> bool:
    text = token.text
    return (
        text[0].isupper()
        and token.tag_ in {"NNP", "NNPS"}
        and token.ent_type_ not in _NOT_NAMES
        and token.lower_ not in contexts.honorifics
        and (len(text) > 1 or token.ent_type_ == "PERSON")
    )


def _is_first_name(doc: Doc, i: int, contexts: Contexts, given: Container[str]) -> bool:
    """Say whether a word that the tagger did not take for a name is a first name before a surname."""
    word = doc[i].lower_
    if i + 1 >= len(doc) or word not in given or word in contexts.honorifics or not doc[i].text[0].isupper():
        return False
    return doc[i + 1].tag_ == "NNP" and doc[i + 1].text[0].isupper() and bool(doc[i].whitespace_)


def _is_surname(doc: Doc, contexts: Contexts, agent: Agent) -> bool:
    """Say whether a title word is somebody's surname: "John Major", "Billie Jean King"."""
    token = doc[agent.end]
    if agent.start != agent.end or not agent.end or not token.text[0].isupper():
        return False
    before = doc[agent.end - 1]
    if before.lower_ in contexts.honorifics:
        return True
    people = token.ent_type_ == before.ent_type_ == "PERSON"
    return people and before.text[0].isupper() and before.tag_ == "NNP"


def _is_surname_again(doc: Doc, agent: Agent, surnames: set[str]) -> bool:
    """Say whether a title word stands alone for somebody whose surname it is in this text: "King struck a car"."""
    if agent.start != agent.end or doc[agent.end].text not in surnames:
        return False
    before, after = doc[max(agent.end - 1, 0)], doc[min(agent.end + 1, len(doc) - 1)]
    return before.pos_ != "DET" and not (after.tag_ == "NNP" and after.text[:1].isupper())


def _run_end(doc: Doc, contexts: Contexts, start: int, taken: bytearray, given: Container[str]) -> int:
    """Return where a name ends; hyphens, particles and initials inside it belong to it."""
    end = k = start + 1
    limit = min(len(doc), start + 2 * _LONGEST)
    while k < limit and not taken[k]:
        token = doc[k]
        text = token.text
        if token.lower_ in contexts.honorifics or token.lower_.removesuffix("s") in contexts.saying:
            break
        if text[0].isupper() and (token.tag_ in {"NNP", "NNPS"} or token.ent_type_ == "PERSON"):
            if token.ent_type_ in _NOT_NAMES and doc[k - 1].lower_ not in given:
                break
            end = k = k + 1
        elif _ends_given_name(doc, k, start, contexts):
            end = k = k + 2
        elif text.lower() in contexts.name_joiners or _joins(doc, k):
            k += 1
        else:
            break
    return end


def _joins(doc: Doc, k: int) -> bool:
    """Say whether a mark is part of a name: the full stop of an initial, a hyphen without space around it."""
    if doc[k].text == ".":
        return len(doc[k - 1].text) == 1
    return doc[k].text in _HYPHENS and not doc[k - 1].whitespace_ and not doc[k].whitespace_


def _ends_given_name(doc: Doc, k: int, start: int, contexts: Contexts) -> bool:
    """Say whether a hyphen and a small word end an East Asian given name: "Jae-in", but not "Smith-led forces"."""
    if doc[k].text not in _HYPHENS or k - start < 2 or k + 2 >= len(doc) or doc[k - 1].whitespace_:
        return False
    tail, after = doc[k + 1], doc[k + 2]
    glued = not doc[k].whitespace_ and tail.text.isalpha() and tail.is_lower and len(tail.text) <= _LONGEST_TAIL
    return glued and tail.lower_ not in contexts.remote and after.pos_ not in {"NOUN", "ADJ", "PROPN", "NUM"}


def _label(doc: Doc, contexts: Contexts, start: int, end: int) -> str:
    """Return the tagger's word for most of a name's tokens, ORG where its last word heads names of bodies."""
    last = doc[end - 1]
    if end - start > 1 and _ends_body(last, contexts):
        return "ORG"
    return last.ent_type_ or doc[start].ent_type_ or ""


def is_body(run: Run, doc: Doc, contexts: Contexts) -> bool:
    """Say whether a name of several words ends as those of bodies do."""
    return run.end - run.start > 1 and _ends_body(doc[run.end - 1], contexts)


def _ends_body(last: Token, contexts: Contexts) -> bool:
    return last.lower_.rstrip(".") in contexts.body_endings


def plausible_person(run: Run, doc: Doc) -> bool:
    """Say whether the words could be the name of one person."""
    if run.end - run.start > _LONGEST or run.label == "ORG":
        return False
    return all(
        doc[i].text[0].isalpha() or doc[i].text in _HYPHENS or doc[i].text == "." for i in range(run.start, run.end)
    )


def looks_like_person(noun: str) -> bool:
    """Say whether a noun that no list knows is likely one for a person, by its ending: "hydrologist", "seamstress"."""
    return noun.endswith(_PERSONAL) and noun not in _THINGS
