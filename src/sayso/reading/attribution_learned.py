"""Attribution as learned: what the network proposes, in the terms of the rules.

Where a rule knows the same cue, its frame, its addressee and, if the network sees none, its source are taken over: the
network is better at edges, the rules at what a cue does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc, Token

from sayso.knowledge.cues import Cues, logit
from sayso.reading.attribution_candidate import LEARNED, Candidate, Part, Quotations, Range, trim
from sayso.reading.attribution_network import CONTENT, CUE, NONE, SOURCE, AttributionNetwork, Floats, Proposal

Bools = npt.NDArray[np.bool_]

LEAST = 0.2
"""The probability of heading a cue from which a word is looked at."""

LEAST_CONFIDENCE = 0.4
"""The calibrated confidence below which a candidate is rather noise than news."""

_ENOUGH = 0.5
_ENOUGH_FOR_QUOTATIONS = 0.35
_ALL_BUT_CERTAIN = 0.8
_TRUST_IN_RULES = 0.25
"""What a rule's log-odds weigh beside the network's in the decision; a cue that no rule knows counts as doubtful."""
_UNKNOWN_TO_RULES = -1.5
_NEARLY = 0.66
"""Overlap of two contents from which the rule's edges are taken: it never cuts a phrase in two."""

_MAYBE = 0.2
"""The mean probability from which words at the end of a content may belong to it, if a rule says that they do."""

_PARTS: dict[str, Part] = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adjective"}
_DOUBTFUL = 0.5
"""The log-odds of all words of a stretch together below which it is left out, if another stretch has more."""
_LEAST_PROBABLE = 1e-6
_COMMENTING = frozenset(("trailing", "parenthetical"))
"""Frames of a cue that comments on a clause: "..., she said" and "..., officials say, ..."."""
_TENSED = frozenset(("VBD", "VBZ", "VBP", "MD"))
_GAP = 2
"""Tokens between two stretches of content that are taken into it: the network dropped a word or a mark."""


class Learned:
    """Proposes candidates by the trained network."""

    def __init__(self, cues: Cues, network: AttributionNetwork) -> None:
        self.cues = cues
        self.network = network

    def read(self, doc: Doc, rules: list[Candidate]) -> list[Candidate]:
        """Return the candidates that the network, with a word from the rules, finds probable."""
        found = []
        for candidate, proposal, rule in self.propose(doc, rules):
            weights = self.network.calibration
            candidate.logit = sum(weights.get(name, 0.0) * value for name, value in evidence(proposal, rule).items())
            if candidate.probability >= LEAST_CONFIDENCE:
                found.append(candidate)
        return found

    def propose(self, doc: Doc, rules: list[Candidate]) -> Iterator[tuple[Candidate, Proposal, Candidate | None]]:
        """Yield those candidates, each with the network's proposal and the rule's candidate that it is made of."""
        if not doc.has_annotation("DEP"):
            return
        known = {rule.cue_head: rule for rule in rules}
        quotations = Quotations(doc)
        owners = _owners(rules)
        for proposal in self.network.read(doc, LEAST):
            candidate, rule = self._candidate(doc, proposal, known, quotations)
            candidate.content = _without_others(candidate, quotations, owners)
            doubt = rule.logit if rule else _UNKNOWN_TO_RULES
            if candidate.content and logit(proposal.probability) + _TRUST_IN_RULES * doubt >= logit(_ENOUGH):
                yield candidate, proposal, rule

    def _candidate(
        self, doc: Doc, proposal: Proposal, known: dict[int, Candidate], quotations: Quotations
    ) -> tuple[Candidate, Candidate | None]:
        """Return a proposal as a candidate, and the rule's candidate for the same cue, if there is one."""
        roles = proposal.roles.argmax(-1)
        sources, cues = (_stretches(doc, proposal.tokens[roles == role].tolist()) for role in (SOURCE, CUE))
        contents = _stretches(doc, proposal.tokens[_likely(proposal.roles, CONTENT)].tolist())
        sources, contents = _joined(sources), _whole_quotations(quotations, proposal.anchor, _joined(contents))
        trimmed = [part for part in (trim(doc, *cue) for cue in _over_articles(doc, cues)) if part[0] < part[1]]
        cues = trimmed or cues or [(proposal.anchor, proposal.anchor + 1)]
        anchor = doc[proposal.anchor]
        source = max(sources, key=lambda part: part[1] - part[0], default=None)
        candidate = Candidate(
            part="colon" if anchor.text == ":" else _PARTS.get(anchor.pos_, "phrase"),
            lemma=self.cues.lemma(anchor),
            frame=_frame(quotations, proposal.anchor, contents),
            cue_head=proposal.anchor,
            cue=cues,
            content=contents,
            source=source,
            source_head=_head(doc, source) if source else None,
            content_head=_head(doc, contents[0]) if contents else None,
            addressee_head=self._addressee(anchor, contents),
        )
        heads = [proposal.anchor, *(i for start, end in cues for i in range(start, end))]
        rule = max((known[i] for i in heads if i in known), key=lambda c: c.logit, default=None)
        if rule is not None:
            _take_over(doc, candidate, rule, proposal)
        return candidate, rule

    def _addressee(self, anchor: Token, contents: list[Range]) -> int | None:
        """Return the object of a cue that is spoken to: told reporters, warned Moscow."""
        if self.cues.lemma(anchor) not in self.cues.rules.addressing:
            return None
        for child in anchor.rights:
            inside = any(start <= child.i < end for start, end in contents)
            if child.dep_ in ("dobj", "dative") and child.pos_ in ("NOUN", "PROPN", "PRON") and not inside:
                return child.i
        return None


def evidence(proposal: Proposal, rule: Candidate | None) -> dict[str, float]:
    """Return what speaks for a proposal: the network on its cue and on its words, and the rules; for calibration."""
    chosen = proposal.roles.max(-1)[proposal.roles.argmax(-1) != NONE]
    return {
        "anchor": logit(proposal.probability),
        "roles": logit(float(chosen.mean())) if len(chosen) else 0.0,
        "rule": rule.logit if rule else 0.0,
        "no rule": 0.0 if rule else 1.0,
        "bias": 1.0,
    }


def _take_over(doc: Doc, candidate: Candidate, rule: Candidate, proposal: Proposal) -> None:
    """Take from a rule what it knows better: what the cue does, where quotations end, edges both nearly agree on."""
    quotes = rule.frame.startswith("quote") and rule.probability >= _ENOUGH_FOR_QUOTATIONS
    if quotes:
        candidate.cue = rule.cue
    if (
        quotes
        or _overlap(candidate.content, rule.content) >= _NEARLY
        or _only_quotations_more(candidate, rule)
        or _breaks_off(candidate, rule, proposal)
        or _misses_the_clause(doc, candidate, rule)
    ):
        candidate.content, candidate.content_head = rule.content, rule.content_head
    if quotes or candidate.source is None or _names_the_same(candidate, rule):
        candidate.source, candidate.source_head = rule.source, rule.source_head
    candidate.part, candidate.lemma, candidate.frame = rule.part, rule.lemma, rule.frame
    candidate.cue_head = rule.cue_head
    if rule.addressee_head is not None:
        candidate.addressee_head = rule.addressee_head


def _names_the_same(candidate: Candidate, rule: Candidate) -> bool:
    """Say whether a rule has the same source, by its whole noun phrase."""
    if candidate.source is None or rule.source is None or rule.probability < _ENOUGH:
        return False
    return _overlap([candidate.source], [rule.source]) > 0


def _breaks_off(candidate: Candidate, rule: Candidate, proposal: Proposal) -> bool:
    """Say whether the network stops, without being sure of it, short of where a probable rule ends the same content."""
    if rule.probability < _ENOUGH or len(candidate.content) != 1 or not rule.content:
        return False
    (start, end), (rule_start, rule_end) = candidate.content[0], rule.content[0]
    if start != rule_start or end >= rule_end:
        return False
    rest = proposal.roles[(proposal.tokens >= end) & (proposal.tokens < rule_end), CONTENT]
    return bool(rest.size and rest.mean() >= _MAYBE)


def _misses_the_clause(doc: Doc, candidate: Candidate, rule: Candidate) -> bool:
    """Say whether a probable rule has the clause that a cue comments on, and the network a piece of it without a verb.

    "X was arrested, the office announced" is not of "the office"; nor of "him as saying" where somebody quoted him so.
    """
    if rule.probability < _ENOUGH or rule.frame not in _COMMENTING or not candidate.content:
        return False
    if any(doc[i].tag_ in _TENSED for start, end in candidate.content for i in range(start, end)):
        return False
    last = candidate.content[-1][1]
    return last <= candidate.cue_head or doc[last - 1].tag_ == "VBG"


def _only_quotations_more(candidate: Candidate, rule: Candidate) -> bool:
    """Say whether a rule that is all but certain has the same content and goes on with whole quotations."""
    plain = [part for part in rule.content if part not in rule.quotations]
    return (
        rule.probability >= _ALL_BUT_CERTAIN and plain != rule.content and _overlap(candidate.content, plain) >= _NEARLY
    )


def _overlap(some: list[Range], others: list[Range]) -> float:
    """Return the share of common tokens in all tokens of two lists of ranges."""
    common = sum(max(0, min(b, d) - max(a, c)) for a, b in some for c, d in others)
    every = sum(end - start for start, end in some + others) - common
    return common / every if every else 0.0


def _likely(roles: Floats, role: int) -> Bools:
    """Say of which words a role is the likeliest, without short stretches of doubtful ones beside a surer stretch."""
    odds = np.log(np.clip(roles, _LEAST_PROBABLE, 1))
    lead = odds[:, role] - np.delete(odds, role, 1).max(1)
    chosen: Bools = lead > 0
    edges = np.flatnonzero(np.diff(chosen.astype(np.int8), prepend=0, append=0)).reshape(-1, 2)
    weights = [lead[start:end].sum() for start, end in edges]
    for (start, end), weight in zip(edges, weights, strict=True):
        if weight < min(_DOUBTFUL, max(weights)):
            chosen[start:end] = False
    return chosen


def _stretches(doc: Doc, tokens: Iterable[int]) -> list[Range]:
    """Return the ranges that tokens make up, white space between them ignored."""
    found: list[Range] = []
    for token in tokens:
        if found and all(doc[i].is_space for i in range(found[-1][1], token)):
            found[-1] = (found[-1][0], token + 1)
        else:
            found.append((token, token + 1))
    return found


def _over_articles(doc: Doc, parts: list[Range]) -> list[Range]:
    """Return the stretches of a cue with an article between two of them taken in ("said in a statement")."""
    found: list[Range] = []
    for start, end in parts:
        if found and start - found[-1][1] == 1 and doc[start - 1].pos_ == "DET":
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _joined(parts: list[Range]) -> list[Range]:
    found: list[Range] = []
    for start, end in parts:
        if found and start - found[-1][1] <= _GAP:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _whole_quotations(quotations: Quotations, anchor: int, contents: list[Range]) -> list[Range]:
    """Complete the quotations that are mostly in a content, and leave out those of which a little is."""
    touched = {one for part in contents for one in quotations.within(*part) if not one[0] <= anchor < one[1]}
    for start, end in sorted(touched):
        covered = sum(max(0, min(b, end) - max(a, start)) for a, b in contents)
        outside = [part for a, b in contents for part in ((a, min(b, start)), (max(a, end), b)) if part[0] < part[1]]
        contents = _joined(sorted([*outside, (start, end)] if 2 * covered >= end - start else outside))
    return contents


def _owners(rules: list[Candidate]) -> dict[Range, int]:
    """Return the cue of each quotation that a rule gives to one."""
    return {
        quotation: rule.cue_head
        for rule in rules
        if rule.frame.startswith("quote") and rule.probability >= _ENOUGH_FOR_QUOTATIONS
        for quotation in rule.quotations
    }


def _without_others(candidate: Candidate, quotations: Quotations, owners: dict[Range, int]) -> list[Range]:
    """Return a content without whole quotations of other cues, where more than these is left of it."""
    own = []
    for start, end in candidate.content:
        around = quotations.around(start)
        if around is None or end > around[1] or owners.get(around, candidate.cue_head) == candidate.cue_head:
            own.append((start, end))
    return own or candidate.content


def _frame(quotations: Quotations, anchor: int, contents: list[Range]) -> str:
    """Return the frame of a quotation beside its cue; anything else has none that is known."""
    if not contents or quotations.around(contents[0][0]) is None:
        return LEARNED
    return "quote_after_cue" if contents[0][0] > anchor else "quote_before_cue"


def _head(doc: Doc, part: Range) -> int:
    """Return the token of a range that the others hang on."""
    start, end = part
    token = doc[start]
    while token.head.i != token.i and start <= token.head.i < end:
        token = token.head
    return token.i
