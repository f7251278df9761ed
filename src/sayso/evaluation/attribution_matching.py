"""Which predicted statement is which gold one: one-to-one, the closest pairs first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sayso.evaluation.attribution_tokens import Tokenised, common, overlaps, size

HALF = 0.5
"""Contents are the same where they share so much: tokens in both as a part of tokens in either."""

Pairs = dict[int, int]
"""Number of a gold statement to the number of the predicted one that it is matched with."""

Agreement = Mapping[tuple[int, int], float]
"""How much of their contents a gold and a predicted statement share, by number; pairs that share none left out."""


@dataclass(frozen=True, slots=True)
class Matching:
    """The gold and predicted statements of one document, and how they are matched.

    ``content`` asks that the contents be the same; ``linked`` also that the source be touched, where gold has one.
    """

    gold: list[Tokenised]
    predicted: list[Tokenised]
    agreement: Agreement
    content: Pairs
    linked: Pairs


def match(gold: list[Tokenised], predicted: list[Tokenised]) -> Matching:
    """Match the statements of one document."""
    agreement = _agreement(gold, predicted)

    def same_source(i: int, j: int) -> bool:
        return not gold[i].source or common(gold[i].source, predicted[j].source) > 0

    same = {pair: share for pair, share in agreement.items() if share >= HALF}
    linked = closest(same, same_source)
    return Matching(gold, predicted, agreement, closest(same), linked)


def closest(agreement: Agreement, allowed: Callable[[int, int], bool] = lambda _i, _j: True) -> Pairs:
    """Pair one-to-one what may be paired, those that agree most first, and of equals those that come first."""
    pairs: Pairs = {}
    used: set[int] = set()
    for _, i, j in sorted((-share, i, j) for (i, j), share in agreement.items()):
        if i not in pairs and j not in used and allowed(i, j):
            pairs[i] = j
            used.add(j)
    return pairs


def _agreement(gold: Sequence[Tokenised], predicted: Sequence[Tokenised]) -> Agreement:
    sizes = [size(statement.content) for statement in gold], [size(statement.content) for statement in predicted]
    shared = overlaps([statement.content for statement in gold], [statement.content for statement in predicted])
    return {(i, j): both / (sizes[0][i] + sizes[1][j] - both) for (i, j), both in shared.items()}
