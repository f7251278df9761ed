from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from examples import QUOTED, ROAD, gold, said
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.evaluation.attribution import Attribution, evaluate

ANNA = said(ROAD, "Anna Bell", "said", "the road is shut")
CARL = said(ROAD, "Carl", "denied", "that it was")
Score = tuple[int, int, int, int]

CASES: dict[str, tuple[str, list[Attribution], list[Attribution], dict[str, Score]]] = {
    # found, right, predicted, gold; the tokens are: Anna Bell said the road is shut . Carl denied that it was .
    "all is right": (
        ROAD,
        [ANNA, CARL],
        [CARL, ANNA],
        {
            "linked": (2, 2, 2, 2),
            "content": (2, 2, 2, 2),
            "linked indirect": (2, 2, 2, 2),
            "linked direct": (0, 0, 0, 0),
            "token source": (3, 3, 3, 3),
            "token cue": (2, 2, 2, 2),
            "token content": (7, 7, 7, 7),
        },
    ),
    "nothing is predicted": (
        ROAD,
        [ANNA, CARL],
        [],
        {"linked": (0, 0, 0, 2), "content": (0, 0, 0, 2), "token content": (0, 0, 0, 7)},
    ),
    "there is nothing to find": (ROAD, [], [ANNA], {"linked": (0, 0, 1, 0), "token source": (0, 0, 2, 0)}),
    "the sources are swapped": (
        ROAD,
        [ANNA, CARL],
        [said(ROAD, "Carl", "said", "the road is shut"), said(ROAD, "Anna Bell", "denied", "that it was")],
        {"linked": (0, 0, 2, 2), "content": (2, 2, 2, 2), "token source": (3, 3, 3, 3), "token content": (7, 7, 7, 7)},
    ),
    "a source that is touched is enough": (
        ROAD,
        [ANNA],
        [said(ROAD, "Bell", "said", "the road is shut")],
        {"linked": (1, 1, 1, 1), "token source": (1, 1, 1, 2)},
    ),
    "two tokens of four are half": (
        ROAD,
        [ANNA],
        [said(ROAD, "Anna Bell", "said", "the road")],
        {"linked": (1, 1, 1, 1), "token content": (2, 2, 2, 4)},
    ),
    "four of eight are half": (
        ROAD,
        [ANNA],
        [said(ROAD, "Anna Bell", "said", "the road is shut. Carl denied that")],
        {"linked": (1, 1, 1, 1), "token content": (4, 4, 8, 4)},
    ),
    "four of nine are not": (
        ROAD,
        [ANNA],
        [said(ROAD, "Anna Bell", "said", "the road is shut. Carl denied that it")],
        {"linked": (0, 0, 1, 1), "content": (0, 0, 1, 1), "token content": (4, 4, 9, 4)},
    ),
    "one of four is not": (
        ROAD,
        [ANNA],
        [said(ROAD, "Anna Bell", "said", "the")],
        {"linked": (0, 0, 1, 1), "token content": (1, 1, 1, 4)},
    ),
    "part of a word counts as the word": (
        ROAD,
        [ANNA],
        [said(ROAD, "ll", "aid", "oad is shu")],
        {"linked": (1, 1, 1, 1), "token source": (1, 1, 1, 2), "token content": (3, 3, 3, 4)},
    ),
    "gold that names no source asks for none": (
        ROAD,
        [said(ROAD, None, "said", "the road is shut")],
        [said(ROAD, "Carl", "said", "the road is shut")],
        {"linked": (1, 1, 1, 1), "token source": (0, 0, 1, 0)},
    ),
    "a predicted statement needs the source that gold has": (
        ROAD,
        [ANNA],
        [said(ROAD, None, "said", "the road is shut")],
        {"linked": (0, 0, 1, 1), "content": (1, 1, 1, 1)},
    ),
    "a content in two parts is one": (
        QUOTED,  # “ The road , ” · “ is shut , ” make ten tokens, of which five are predicted
        [said(QUOTED, "Anna Bell", "told", ("“The road,”", "“is shut,”"))],
        [said(QUOTED, "Anna Bell", "told", "“The road,”")],
        {
            "linked": (1, 1, 1, 1),
            "linked direct": (1, 1, 1, 1),
            "token content": (5, 5, 5, 10),
        },
    ),
    "overlapping parts count once": (
        ROAD,
        [said(ROAD, "Anna Bell", "said", ("the road", "road is", "is shut"))],
        [ANNA],
        {"linked": (1, 1, 1, 1), "token content": (4, 4, 4, 4)},
    ),
    "of two predicted for one the closest is right": (
        ROAD,
        [ANNA],
        [said(ROAD, "Anna Bell", "said", "the road is"), ANNA],
        {"linked": (1, 1, 2, 1), "content": (1, 1, 2, 1), "token content": (4, 4, 4, 4)},
    ),
    "one predicted for two finds one": (
        ROAD,
        [ANNA, said(ROAD, "Anna Bell", "said", "road is shut")],
        [said(ROAD, "Anna Bell", "said", "the road is shut.")],
        {"linked": (1, 1, 1, 2), "token content": (4, 4, 5, 4)},
    ),
    "the closest pair with the right source is linked, though another has the content": (
        ROAD,
        [ANNA],
        [said(ROAD, "Carl", "said", "the road is shut"), said(ROAD, "Anna Bell", "said", "the road is")],
        {"linked": (1, 1, 2, 1), "content": (1, 1, 2, 1)},
    ),
    "a statement is found as one kind and right as another": (
        QUOTED,  # predicted: “ is shut , ” and Carl — five tokens of seven are quoted
        [said(QUOTED, None, "told", "“is shut,”")],
        [said(QUOTED, None, "told", "“is shut,” and Carl")],
        {
            "linked": (1, 1, 1, 1),
            "linked direct": (1, 0, 0, 1),
            "linked mixed": (0, 1, 1, 0),
            "content direct": (1, 0, 0, 1),
        },
    ),
    "what has no content is not scored": (
        ROAD,
        [said(ROAD, "Anna Bell", "said", None), CARL],
        [said(ROAD, "Anna Bell", "said", None)],
        {"linked": (0, 0, 0, 1), "token source": (0, 0, 0, 1), "token cue": (0, 0, 0, 1)},
    ),
}


@pytest.mark.parametrize(("text", "annotated", "predicted", "expected"), CASES.values(), ids=CASES)
def test_counts(
    text: str, annotated: list[Attribution], predicted: list[Attribution], expected: dict[str, Score]
) -> None:
    report = evaluate([(gold(text, *annotated), predicted)], resamples=0)
    assert {name: tuple(report.figure(name).counts) for name in expected} == expected


def test_figures_are_quotients_of_the_sums_over_documents() -> None:
    half = said(ROAD, "Anna Bell", "said", "the")
    report = evaluate([(gold(ROAD, ANNA, CARL), [ANNA]), (gold(ROAD, ANNA), [ANNA, CARL, half])], resamples=0)
    linked = report.figure("linked")
    assert linked.counts == (2, 2, 4, 3)
    assert (linked.precision, linked.recall) == (2 / 4, 2 / 3)
    assert linked.f1 == pytest.approx(4 / 7)  # 2 · 1/2 · 2/3 : 7/6
    assert (report.documents, report.statements, report.predicted) == (2, 3, 4)


def test_without_documents_every_figure_is_nought() -> None:
    report = evaluate([])
    assert {(figure.precision, figure.recall, figure.f1, figure.interval) for figure in report.figures} == {
        (0.0, 0.0, 0.0, None)
    }
    assert report.calibration.error is None


def test_the_gold_that_is_scored_otherwise_is_counted() -> None:
    sourceless, empty = said(ROAD, None, "said", "the road is shut"), said(ROAD, "Carl", "denied", None)
    report = evaluate([(gold(ROAD, sourceless, empty, CARL), [])])
    assert (report.statements, report.sourceless, report.empty) == (2, 1, 1)


def test_uncertain_statements_can_be_left_out() -> None:
    predicted = [said(ROAD, "Anna Bell", "said", "the road is shut", 0.9), said(ROAD, "Carl", "denied", "that", 0.3)]
    report = evaluate([(gold(ROAD, ANNA, CARL), predicted)], min_confidence=0.9)
    assert report.figure("linked").counts == (1, 1, 1, 2)
    assert report.calibration.items == 1


def test_calibration_is_about_linked_statements() -> None:
    predicted = [
        said(ROAD, "Anna Bell", "said", "the road is shut", 0.95),
        said(ROAD, "Anna Bell", "denied", "that it was", 0.75),  # the content is right, the source is not
    ]
    calibration = evaluate([(gold(ROAD, ANNA, CARL), predicted)]).calibration
    assert {bin_.low: (bin_.items, bin_.right) for bin_ in calibration.bins if bin_.items} == {
        0.7: (1, 0.0),
        0.9: (1, 1.0),
    }
    assert calibration.error == pytest.approx((0.05 + 0.75) / 2)


KINDS = [
    ("He said it is shut.", "it is shut", "indirect"),
    ("He said “it is shut”.", "“it is shut”", "direct"),
    ("He said ``it is shut''.", "``it is shut''", "direct"),
    ("He said ‘it is shut’.", "‘it is shut’", "direct"),
    ("He said it's shut 'til noon.", "it's shut 'til noon", "indirect"),
    ('He said "it is shut".', '"it is shut"', "direct"),
    ("He said “it is\nshut”.", "shut", "indirect"),  # an open quotation ends with its paragraph
    ("He said “it is shut.", "it is shut", "direct"),  # or with the text
    ("He said it “is shut and barred”.", "it “is shut and barred”", "direct"),  # six of seven
    ("He said it is “shut”.", "it is “shut”", "mixed"),  # three of five
]


@pytest.mark.parametrize(("text", "content", "kind"), KINDS)
def test_kinds(text: str, content: str, kind: str) -> None:
    report = evaluate([(gold(text, said(text, "He", "said", content)), [])], resamples=0)
    assert [k for k in ("direct", "indirect", "mixed") if report.figure(f"linked {k}").counts.gold] == [kind]


# The same measure as its definition reads, with sets, for any statements.


def tokens_of(text: str) -> Callable[[tuple[tuple[int, int], ...]], frozenset[int]]:
    found = [match.span() for match in re.finditer(r"\w+|[^\w\s]", text)]
    return lambda spans: frozenset(i for i, (s, e) in enumerate(found) for a, b in spans if a < e and s < b)


def plainly_linked(text: str, annotated: list[Attribution], predicted: list[Attribution]) -> tuple[int, int, int]:
    tokens = tokens_of(text)
    golds = [(tokens(s.source), tokens(s.content)) for s in annotated if tokens(s.content)]
    guesses = [(tokens(s.source), tokens(s.content)) for s in predicted if tokens(s.content)]
    candidates = []
    for i, (source, content) in enumerate(golds):
        for j, (other_source, other) in enumerate(guesses):
            share = len(content & other) / len(content | other)
            if share >= 0.5 and (not source or source & other_source):
                candidates.append((-share, i, j))
    left, right = set(range(len(golds))), set(range(len(guesses)))
    for _, i, j in sorted(candidates):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
    return len(golds) - len(left), len(guesses), len(golds)


spans = st.lists(
    st.tuples(st.integers(0, len(QUOTED) - 1), st.integers(1, 30)).map(lambda p: (p[0], min(p[0] + p[1], len(QUOTED)))),
    max_size=3,
).map(tuple)
statements = st.lists(st.builds(Attribution, spans, spans, spans), max_size=6)


@settings(max_examples=200, deadline=None)
@given(statements, statements)
def test_any_statements_score_as_the_definition_says(
    annotated: list[Attribution], predicted: list[Attribution]
) -> None:
    report = evaluate([(gold(QUOTED, *annotated), predicted)], resamples=0)
    counts = report.figure("linked").counts
    assert (counts.found, counts.predicted, counts.gold) == plainly_linked(QUOTED, annotated, predicted)
    tokens, kept = tokens_of(QUOTED), [s for s in annotated if tokens_of(QUOTED)(s.content)]
    assert report.figure("token cue").counts.gold == len(frozenset().union(*(tokens(s.cue) for s in kept)))
    assert sum(report.faults.values()) <= len(annotated) + len(predicted)
