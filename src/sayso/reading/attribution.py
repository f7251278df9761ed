"""Attribution: who says, thinks or wants what, and by what words.

Two readers propose: a small trained network, which is better at finding cues and the edges of what goes with them, and
rules over a lexicon of cues, which add what is certain from syntax and quotation marks, and say what a cue does. The
rules' own candidates are kept where the network saw nothing. Speakers are left to coreference.
"""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Doc

from sayso.knowledge.cues import Cues
from sayso.reading.annotations import Statement
from sayso.reading.attribution_acts import act_of
from sayso.reading.attribution_candidate import Candidate, Range, chars_of
from sayso.reading.attribution_kinds import Quoted, add_parents
from sayso.reading.attribution_learned import Learned
from sayso.reading.attribution_network import shared_network
from sayso.reading.attribution_rules import Rules
from sayso.reading.quotes import find_quotations

_SAME = 0.3
"""Share of common words from which two contents under different cues are taken for the same attribution."""


class AttributionTagger:
    """Sets ``doc._.statements``; ``reader`` says by which network, ``fast`` or ``accurate``."""

    def __init__(self, knowledge: str | None = None, reader: str = "fast") -> None:
        self.cues = Cues(knowledge)
        self.rules = Rules(self.cues)
        self.learned = Learned(self.cues, shared_network(reader))

    def __call__(self, doc: Doc) -> Doc:
        """Find the statements of a parsed document, and its quotations if no step before has found any."""
        if not doc._.quotations:
            find_quotations(doc)
        quoted = Quoted(doc)
        by_rule = list(self.rules.read(doc, quoted))
        learned = [c for c in self.learned.read(doc, by_rule) if not self.rules.idiom(doc, c.cue_head)]
        accepted = [c for c in by_rule if self.rules.accepts(doc, c)]
        statements = [self._statement(doc, c, quoted) for c in learned + _unseen(accepted, learned)]
        statements.sort(key=lambda s: (min(s.source + s.cue + s.content), s.content))
        add_parents(statements)
        doc._.statements = statements
        return doc

    def _statement(self, doc: Doc, candidate: Candidate, quoted: Quoted) -> Statement:
        content = [chars_of(doc, part) for part in candidate.content]
        return Statement(
            source=[chars_of(doc, candidate.source)] if candidate.source else [],
            cue=[chars_of(doc, part) for part in candidate.cue],
            content=content,
            source_head=candidate.source_head,
            cue_head=candidate.cue_head,
            kind=quoted.kind(content),
            act=act_of(doc, candidate, self.cues),
            confidence=round(candidate.probability, 3),
            rule=f"{candidate.part}:{candidate.lemma}:{candidate.frame}",
            addressee_head=candidate.addressee_head,
        )


def _unseen(by_rule: list[Candidate], learned: list[Candidate]) -> list[Candidate]:
    """Return the rules' candidates that share neither the cue nor much of the content with one of the network's."""
    cues = {i for candidate in learned for part in candidate.cue for i in range(*part)}
    holders: dict[int, list[int]] = {}
    for number, candidate in enumerate(learned):
        for part in candidate.content:
            for i in range(*part):
                holders.setdefault(i, []).append(number)
    return [c for c in by_rule if cues.isdisjoint(_tokens(c.cue)) and not _same_content(c, learned, holders)]


def _same_content(candidate: Candidate, learned: list[Candidate], holders: dict[int, list[int]]) -> bool:
    """Say whether one of the network's candidates has that content; one that holds the cue as well is another's."""
    own = _tokens(candidate.content)
    around = set(holders.get(candidate.cue_head, ()))
    shared = Counter(number for i in own for number in holders.get(i, ()) if number not in around)
    return any(n > _SAME * (len(own) + _size(learned[k].content) - n) for k, n in shared.items())


def _tokens(parts: list[Range]) -> set[int]:
    return {i for part in parts for i in range(*part)}


def _size(parts: list[Range]) -> int:
    return sum(end - start for start, end in parts)
