"""How well statements are found: who said what, against gold.

The measures follow Newell, Margolin & Ruths (2018), who made PolNeAR. A predicted statement is right (``linked``) when
it is matched one-to-one with a gold one whose content it shares by half (tokens in both as a part of tokens in either)
and whose source it touches. ``content`` asks for the content alone; the other rows count the tokens of each role.

    from sayso.evaluation.attribution import attributions_of, evaluate, read

    gold = read("gold.jsonl").documents
    records = sayso.Reader().read(annotated.document for annotated in gold)
    report = evaluate((annotated, attributions_of(record)) for annotated, record in zip(gold, records))
    print(report.figure("linked").f1)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.evaluation.attribution_matching import Matching, Pairs, match
from sayso.evaluation.attribution_mistakes import Fault, Mistake, slips, told
from sayso.evaluation.attribution_spans import ROLES, Attribution, attributions_of
from sayso.evaluation.attribution_tokens import Ranges, Tokenised, Tokens, common, size, united
from sayso.evaluation.bootstrap import intervals
from sayso.evaluation.calibration import Calibration, calibration
from sayso.evaluation.figures import Counts, Figure
from sayso.evaluation.gold import Gold, GoldDocument, Labels, read
from sayso.records import StatementKind

__all__ = [
    "Attribution", "Fault", "Figure", "Gold", "GoldDocument", "Labels", "Mistake", "Report", "attributions_of",
    "evaluate", "read",
]  # fmt: skip

KINDS: tuple[StatementKind, ...] = ("direct", "indirect", "mixed")
"""Direct: four fifths of the content in quotation marks or more; indirect: none of it; mixed: the rest."""

Pair = tuple[GoldDocument, Sequence[Attribution]]


@dataclass(frozen=True, slots=True)
class Report:
    """How good the predicted statements of some documents are.

    ``statements`` and ``predicted`` count those that were scored, ``sourceless`` the gold ones of them that name no
    source and are linked by content alone; ``empty`` counts gold statements without a content, which are not scored.
    ``mistakes`` has as many of each fault as were asked for, in the order of the documents, ``faults`` counts them all.
    """

    documents: int
    statements: int
    predicted: int
    sourceless: int
    empty: int
    figures: tuple[Figure, ...]
    calibration: Calibration
    faults: dict[Fault, int]
    mistakes: tuple[Mistake, ...]

    def figure(self, name: str) -> Figure:
        """Return a row by its name: ``linked``, ``linked direct``, ``content``, ``token source`` and so on."""
        return next(figure for figure in self.figures if figure.name == name)


def evaluate(
    pairs: Iterable[Pair], *, min_confidence: float = 0.0, resamples: int = 1000, seed: int = 0, mistakes: int = 0
) -> Report:
    """Score the statements predicted for each document; take documents in one at a time.

    Predicted statements less certain than ``min_confidence`` are left out. ``resamples`` and ``seed`` are for the
    intervals of F1, percentiles of the bootstrap over documents; ``mistakes`` says how many of each fault to tell.
    """
    tally = _Tally(mistakes)
    for gold, predicted in pairs:
        tokens = Tokens(gold.text)
        kept = (one for one in predicted if one.confidence is None or one.confidence >= min_confidence)
        tally.add(gold, match(tokens.statements(gold.statements), tokens.statements(kept)))
    return tally.report(resamples, seed)


@dataclass(slots=True)
class _Tally:
    """What has been counted so far."""

    wanted: int
    counts: list[list[Counts]] = field(default_factory=list)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    faults: Counter[Fault] = field(default_factory=Counter)
    mistakes: list[Mistake] = field(default_factory=list)
    sourceless: int = 0
    empty: int = 0

    def add(self, gold: GoldDocument, found: Matching) -> None:
        """Count one document."""
        self.counts.append(_counts(found))
        self.sourceless += sum(not statement.source for statement in found.gold)
        self.empty += len(gold.statements) - len(found.gold)
        right = set(found.linked.values())
        for j, statement in enumerate(found.predicted):
            if statement.attribution.confidence is not None:
                self.judged.append((statement.attribution.confidence, j in right))
        for slip in slips(found):
            if self.faults[slip.fault] < self.wanted:
                self.mistakes.append(told(slip, found, gold.name, gold.text))
            self.faults[slip.fault] += 1

    def report(self, resamples: int, seed: int) -> Report:
        """Return the sum of it."""
        totals = [_sum(counts[row] for counts in self.counts) for row in range(len(_NAMES))]
        reaches = intervals(self.counts, resamples, seed) or [None] * len(_NAMES)
        return Report(
            documents=len(self.counts),
            statements=totals[0].gold,
            predicted=totals[0].predicted,
            sourceless=self.sourceless,
            empty=self.empty,
            figures=tuple(Figure(*row) for row in zip(_NAMES, totals, reaches, strict=True)),
            calibration=calibration(self.judged),
            faults={fault: self.faults[fault] for fault in Fault},
            mistakes=tuple(self.mistakes),
        )


_NAMES = (
    *(" ".join(filter(None, (rule, kind))) for rule in ("linked", "content") for kind in ("", *KINDS)),
    *(f"token {role}" for role in ROLES),
)


def _counts(found: Matching) -> list[Counts]:
    """Return the counts of one document for each row, in the order of the names."""
    counts = []
    for pairs in (found.linked, found.content):
        by_kind = [_of_kind(kind, found, pairs) for kind in KINDS]
        counts += [_sum(by_kind), *by_kind]
    return counts + [_tokens(role, found) for role in ROLES]


def _of_kind(kind: StatementKind, found: Matching, pairs: Pairs) -> Counts:
    return Counts(
        found=sum(found.gold[i].kind == kind for i in pairs),
        right=sum(found.predicted[j].kind == kind for j in pairs.values()),
        predicted=sum(statement.kind == kind for statement in found.predicted),
        gold=sum(statement.kind == kind for statement in found.gold),
    )


def _tokens(role: str, found: Matching) -> Counts:
    gold, predicted = (_together(statements, role) for statements in (found.gold, found.predicted))
    both = common(gold, predicted)
    return Counts(both, both, size(predicted), size(gold))


def _together(statements: list[Tokenised], role: str) -> Ranges:
    return united(part for statement in statements for part in statement.tokens(role))


def _sum(counts: Iterable[Counts]) -> Counts:
    return Counts(*map(sum, zip(Counts(0, 0, 0, 0), *counts, strict=True)))
