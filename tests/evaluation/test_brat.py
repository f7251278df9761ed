from __future__ import annotations

import logging
from pathlib import Path

import pytest
from examples import QUOTED, ROAD, at, said

from sayso.evaluation.attribution import Attribution, Gold, Labels, evaluate, read
from sayso.evaluation.gold import OWN_LABELS


def bound(number: int, label: str, text: str, words: str | tuple[str, ...]) -> str:
    """Return a text-bound line as BRAT writes it."""
    spans = at(text, words)
    offsets = ";".join(f"{start} {end}" for start, end in spans)
    return f"T{number}\t{label} {offsets}\t{' '.join(text[start:end] for start, end in spans)}"


def folder(tmp_path: Path, *lines: str, text: str = ROAD, name: str = "a") -> str:
    (tmp_path / f"{name}.txt").write_bytes(text.encode())
    (tmp_path / f"{name}.ann").write_bytes("".join(f"{line}\n" for line in lines).encode())
    return str(tmp_path)


def statements(path: str, labels: Labels = OWN_LABELS) -> list[Attribution]:
    found = read(path, labels)
    assert found.problems == []
    return [statement for annotated in found.documents for statement in annotated.statements]


ANNA = [
    bound(1, "Source", ROAD, "Anna Bell"),
    bound(2, "Cue", ROAD, "said"),
    bound(3, "Content", ROAD, "the road is shut"),
]
CARL = [
    bound(4, "Source", ROAD, "Carl"),
    bound(5, "Cue", ROAD, "denied"),
    bound(6, "Content", ROAD, "that it was"),
]
ANNA_SAID = said(ROAD, "Anna Bell", "said", "the road is shut")
CARL_DENIED = said(ROAD, "Carl", "denied", "that it was")
ROAD_SHUT = said(ROAD, None, None, "the road is shut")

ASSEMBLED = {
    "an event": ([*ANNA, "E1\tCue:T2 Source:T1 Content:T3"], [ANNA_SAID]),
    "an event before what it joins": (["E1\tCue:T2 Source:T1 Content:T3", *ANNA], [ANNA_SAID]),
    "events, the later one first": (
        [*CARL, "E2\tCue:T5 Content:T6 Source:T4", *ANNA, "E1\tCue:T2 Source:T1 Content:T3"],
        [ANNA_SAID, CARL_DENIED],
    ),
    "relations to the cue": ([*ANNA, "R1\tSays Arg1:T1 Arg2:T2", "R2\tSaid Arg1:T2 Arg2:T3"], [ANNA_SAID]),
    "relations through the content": ([*ANNA, "R1\tOf Arg1:T2 Arg2:T3", "R2\tBy Arg1:T3 Arg2:T1"], [ANNA_SAID]),
    "relations through the source": ([*ANNA, "R1\tOf Arg1:T2 Arg2:T1", "R2\tBy Arg1:T1 Arg2:T3"], [ANNA_SAID]),
    "no cue": ([ANNA[0], ANNA[2], "R1\tBy Arg1:T3 Arg2:T1"], [said(ROAD, "Anna Bell", None, "the road is shut")]),
    "a content alone": ([ANNA[2]], [ROAD_SHUT]),
    "a source alone": ([*ANNA, *CARL[:1], "E1\tCue:T2 Source:T1 Content:T3"], [ANNA_SAID]),
    "a cue without a content": (
        [*ANNA[:2], *CARL, "E1\tCue:T2 Source:T1", "E2\tCue:T5 Content:T6 Source:T4"],
        [said(ROAD, "Anna Bell", "said", None), CARL_DENIED],
    ),
    "two contents of one cue": (
        [*ANNA, CARL[2], "E1\tCue:T2 Source:T1 Content:T3 Content2:T6"],
        [said(ROAD, "Anna Bell", "said", ("the road is shut", "that it was"))],
    ),
    "one source of two cues": (
        [*ANNA, *CARL[1:], "E1\tCue:T2 Source:T1 Content:T3", "E2\tCue:T5 Source:T1 Content:T6"],
        [ANNA_SAID, said(ROAD, "Anna Bell", "denied", "that it was")],
    ),
    "one source of two contents without a cue": (
        [ANNA[0], ANNA[2], CARL[2], "R1\tBy Arg1:T3 Arg2:T1", "R2\tBy Arg1:T1 Arg2:T6"],
        [said(ROAD, "Anna Bell", None, "the road is shut"), said(ROAD, "Anna Bell", None, "that it was")],
    ),
    "the name of the argument tells the role": (
        [bound(1, "Person", ROAD, "Anna Bell"), *ANNA[1:], "E1\tCue:T2 Source2:T1 Content:T3"],
        [ANNA_SAID],
    ),
    "arguments that are events": ([*ANNA, "E1\tCue:T2 Content:T3", "R1\tBy Arg1:E1 Arg2:T1"], [ANNA_SAID]),
    "labels in capitals": (["T3\tCONTENT 15 31\tthe road is shut"], [ROAD_SHUT]),
    "lines of other kinds": (
        [
            *ANNA,
            "#1\tAnnotatorNotes T1\twho is she?",
            "A1\tNegated E1",
            "M1\tSure E1",
            "*\tEquiv T1 T4",
            "N1\tReference T1 Wikipedia:12\tAnna Bell",
            "",
            bound(7, "Place", ROAD, "road"),
            "R7\tAt Arg1:T7 Arg2:T3",
            "E1\tCue:T2 Source:T1 Content:T3 Place:T7",
        ],
        [ANNA_SAID],
    ),
    "nothing": ([], []),
}


@pytest.mark.parametrize(("lines", "expected"), ASSEMBLED.values(), ids=ASSEMBLED)
def test_statements_are_assembled(tmp_path: Path, lines: list[str], expected: list[Attribution]) -> None:
    assert statements(folder(tmp_path, *lines)) == expected


def test_a_span_may_be_in_pieces(tmp_path: Path) -> None:
    lines = [bound(1, "Content", QUOTED, ("“The road,”", "“is shut,”"))]
    assert lines[0].startswith("T1\tContent 0 11;")
    assert statements(folder(tmp_path, *lines, text=QUOTED)) == [
        said(QUOTED, None, None, ("“The road,”", "“is shut,”"))
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_count_as_the_characters_they_are(tmp_path: Path, end: str) -> None:
    text = f"Thaw.{end}{end}Anna Bell said the road{end}is shut."
    content = f"the road{end}is shut"
    line = f"T1\tContent {text.index('the')} {text.index('the') + len(content)}\tthe road is shut"
    path = folder(tmp_path, text=text)
    (tmp_path / "a.ann").write_bytes(f"{line}\r\n".encode())
    [statement] = statements(path)
    assert [text[start:stop] for start, stop in statement.content] == [content]


def test_offsets_count_characters_and_not_bytes(tmp_path: Path) -> None:
    text = "Über 🗳: “Nein,” sagte Änne."
    assert statements(folder(tmp_path, bound(1, "Content", text, "“Nein,”"), text=text)) == [
        said(text, None, None, "“Nein,”")
    ]


def test_labels_of_ones_own(tmp_path: Path) -> None:
    lines = [
        bound(1, "Speaker", ROAD, "Anna Bell"),
        bound(2, "VERB", ROAD, "said"),
        bound(3, "Quote", ROAD, "the road is shut"),
        "E1\tVERB:T2 Speaker:T1 Quote:T3",
    ]
    labels = {"speaker": "source", "agency": "source", "verb": "cue", "quote": "content"}
    assert statements(folder(tmp_path, *lines), labels) == [ANNA_SAID]


def test_labels_that_nobody_uses_are_refused(tmp_path: Path) -> None:
    found = read(folder(tmp_path, bound(1, "Quote", ROAD, "the road is shut")))
    assert found.documents == []
    [problem] = found.problems
    assert problem.startswith(f"{tmp_path}: nothing is labelled content (the labels are Quote); say which one is, ")


def test_folders_are_walked_in_order(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "sayso")
    for directory, name in ((tmp_path / "sub", "b"), (tmp_path, "z"), (tmp_path, "a"), (tmp_path / ".hidden", "h")):
        directory.mkdir(exist_ok=True)
        folder(directory, *ANNA, name=name)
    (tmp_path / "readme.txt").write_text("Not gold.")
    (tmp_path / "annotation.conf").write_text("[entities]")
    found = read(str(tmp_path))
    assert [annotated.name for annotated in found.documents] == ["a", "z", "sub/b"]
    assert found.documents[2].document.origin == str(tmp_path / "sub" / "b.txt")
    assert "1 .txt without an .ann left out, being no gold: readme.txt" in caplog.text


BROKEN = [
    ("X1\tContent 0 5\tAnna", "this is no line of BRAT"),
    ("T9\tContent 0\tAnna", "not a text-bound annotation; write it as T1, tab, Label 0 5;8 10, tab, the words"),
    ("T9\tContent\tAnna", "not a text-bound annotation"),
    ("T9", "not a text-bound annotation"),
    ("T9 Content 0 4 Anna", "not a text-bound annotation"),
    ("T9\tContent 0 4;\tAnna", "not a text-bound annotation"),
    ("T9\tContent a b\tAnna", "not a text-bound annotation"),
    ("T9\tContent 0 99\tAnna", "the span 0 to 99 lies outside the text, which has 57 characters"),
    ("T9\tContent 4 4\t", "the span 4 to 4 covers nothing"),
    ("T9\tContent 1 5\tAnna", "the offsets cover “nna ”, but the line says “Anna”"),
    ("T1\tContent 0 4\tAnna", "T1 is there twice; number one of them anew"),
    ("E1\tCue:T2 Source:T1", "E1 is there twice"),
    ("E9\tCue", "'Cue' is not Role:ID; write an event as E1"),
    ("E9", "nothing follows the id; write an event as E1"),
    ("E9\tCue:T2 Source:T99", "it refers to T99, which is not there; add that or take this line out"),
    ("E9\tCue:T99 Source:T1", "it refers to T99"),
    ("R9\tBy Arg1:T3", "R9 joins 1 annotations; a relation has two, Arg1:T1 Arg2:T2"),
    ("R9\tBy T3 T1", "'T3' is not Role:ID; write a relation as R1"),
    ("R9", "nothing follows the id; write a relation as R1"),
]


@pytest.mark.parametrize(("line", "problem"), BROKEN)
def test_a_line_that_cannot_be_used_is_named_and_the_rest_goes_on(tmp_path: Path, line: str, problem: str) -> None:
    path = folder(tmp_path, *ANNA, "E1\tCue:T2 Source:T1 Content:T3", line, *CARL, "E2\tCue:T5 Source:T4 Content:T6")
    found = read(path)
    [told] = found.problems
    assert told.startswith(f"{tmp_path}/a.ann, line 5: ")
    assert problem in told
    assert found.documents[0].statements == (ANNA_SAID, CARL_DENIED)


def test_what_refers_to_a_broken_line_is_not_told_as_well(tmp_path: Path) -> None:
    path = folder(tmp_path, "T1\tSource 0 999\tAnna Bell", *ANNA[1:], "E1\tCue:T2 Source:T1 Content:T3")
    found = read(path)
    assert len(found.problems) == 1
    assert found.documents[0].statements == (said(ROAD, None, "said", "the road is shut"),)


def test_files_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    folder(tmp_path, *ANNA, name="fine")
    folder(tmp_path, *ANNA, name="empty", text="")
    folder(tmp_path, name="binary")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "orphan.ann").write_text("")
    found = read(str(tmp_path))
    assert [annotated.name for annotated in found.documents] == ["fine"]
    binary, empty, orphan = found.problems
    assert binary.startswith(f"{tmp_path}/binary.txt: this is binary data")
    assert empty == f"{tmp_path}/empty.txt: the text is empty; take it and its .ann out"
    assert (
        orphan == f"{tmp_path}/orphan.ann: there is no {tmp_path}/orphan.txt; put the text that it annotates beside it"
    )


def test_a_cue_without_a_content_is_counted_and_not_scored(tmp_path: Path) -> None:
    found: Gold = read(folder(tmp_path, *ANNA[:2], *CARL, "E1\tCue:T2 Source:T1", "E2\tCue:T5 Content:T6 Source:T4"))
    report = evaluate((annotated, [CARL_DENIED]) for annotated in found.documents)
    assert (report.statements, report.empty) == (1, 1)
    assert report.figure("linked").f1 == 1.0
