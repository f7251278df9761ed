from __future__ import annotations

import pytest
from examples import ROAD, gold, said

from sayso.evaluation.attribution import Attribution, Fault, evaluate

ANNA = said(ROAD, "Anna Bell", "said", "the road is shut")
CARL = said(ROAD, "Carl", "denied", "that it was")

CASES = [
    ([ANNA, CARL], [ANNA, CARL], []),
    ([ANNA], [], [(Fault.missed, 0.0)]),
    ([], [ANNA], [(Fault.false, 0.0)]),
    ([ANNA], [said(ROAD, "Carl", "said", "the road is shut")], [(Fault.source, 1.0)]),
    ([ANNA], [said(ROAD, "Anna Bell", "said", "the")], [(Fault.overlap, 0.25)]),
    ([ANNA], [CARL], [(Fault.missed, 0.0), (Fault.false, 0.0)]),
    # near a gold statement that is found by another: false, and nothing is missed
    ([ANNA], [ANNA, said(ROAD, "Carl", "said", "the road")], [(Fault.false, 0.0)]),
    # one predicted statement is near one gold one, the closest
    (
        [ANNA, said(ROAD, "Anna Bell", "said", "shut. Carl")],
        [said(ROAD, "Bell", "said", "is shut. Carl denied that it was")],
        [(Fault.overlap, 3 / 8), (Fault.missed, 0.0)],
    ),
]


@pytest.mark.parametrize(("annotated", "predicted", "expected"), CASES)
def test_each_mistake_is_told_once(
    annotated: list[Attribution], predicted: list[Attribution], expected: list[tuple[Fault, float]]
) -> None:
    report = evaluate([(gold(ROAD, *annotated), predicted)], mistakes=9)
    assert [(mistake.fault, mistake.overlap) for mistake in report.mistakes] == expected
    assert {fault: number for fault, number in report.faults.items() if number} == {
        fault: [one for one, _ in expected].count(fault) for fault, _ in expected
    }


def test_a_near_miss_has_the_words_of_both() -> None:
    [mistake] = evaluate(
        [(gold(ROAD, ANNA, ref="d7"), [said(ROAD, "Carl", "denied", "the road is")])], mistakes=1
    ).mistakes
    assert (mistake.document, mistake.fault) == ("d7", Fault.source)
    assert mistake.span == (0, ROAD.index("denied") + 6)
    assert mistake.gold_excerpt == "[source Anna Bell] [cue said] [content the road is shut]. Carl denied that it was."
    assert mistake.predicted_excerpt.startswith(
        "Anna Bell said [content the road is] shut. [source Carl] [cue denied] that"
    )


def test_so_many_of_each_fault_are_told_and_all_are_counted() -> None:
    report = evaluate([(gold(ROAD, ANNA), [CARL]) for _ in range(5)], mistakes=2)
    assert [mistake.fault for mistake in report.mistakes] == [Fault.missed, Fault.false] * 2
    assert (report.faults[Fault.missed], report.faults[Fault.false]) == (5, 5)
    assert evaluate([(gold(ROAD, ANNA), [CARL])]).mistakes == ()
