from __future__ import annotations

from sample_record import TEXT, make_record, words

from sayso.reading.annotations import Rejection
from sayso.reading.assembly import Reason
from sayso.reading.reader import Explanation
from sayso.records import Record
from sayso.rendering.explanation import render
from sayso.rendering.terminal import Screen


def test_reasons_and_rejections_are_told_with_their_evidence(record: Record) -> None:
    explanation = Explanation(
        record,
        reasons=[
            Reason("s1", "statement", "cue:say", [words(TEXT, "said")]),
            Reason("e1", "event", "frame:kill", [words(TEXT, "killed")]),
            Reason("actor:anna-kovar", "actor", "title+name", [words(TEXT, "she")] * 9),
        ],
        rejections=[Rejection(words(TEXT, "Fighting"), "heading", "a heading repeats what the text tells")],
    )
    told = " ".join(render(explanation, Screen()).split())
    assert "s1 say, indirect, speaker actor:anna-kovar by cue:say" in told
    assert "e1 ASSAULT/firearms, CT+ by frame:kill" in told
    assert "Anna Kovar (person) by title+name" in told
    assert "and 3 more" in told
    assert "a passage that is not part of the article “Source: Daily Wire" in told
    assert "Not coded “Fighting”: a heading repeats what the text tells by heading “Fighting near Brod”" in told


def test_nothing_was_left_out() -> None:
    told = render(Explanation(make_record("All is well."), [], []), Screen())
    assert "nothing that looked like an event was left out" in told


def test_a_failed_document_says_why() -> None:
    told = render(Explanation(make_record("", error="the text is empty"), [], []), Screen())
    assert "Not coded: the text is empty" in told
