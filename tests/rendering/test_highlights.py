from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st
from sample_record import make_event, make_record

from sayso.records import Record
from sayso.rendering.highlights import DEEPEST, Piece, paragraphs


def pieces(record: Record) -> list[Piece]:
    return [piece for paragraph in paragraphs(record) for piece in paragraph.pieces]


def marked(record: Record, mark: str) -> str:
    return "|".join(piece.text for piece in pieces(record) if mark in piece.roles.split())


def test_every_item_has_its_words(record: Record) -> None:
    assert marked(record, "s1:source") == "Foreign Minister Anna Kovar"
    assert marked(record, "s2:content") == "“We will not withdraw,”|“whatever happens.”"
    assert marked(record, "e1:anchor") == "killed"
    assert marked(record, "e2:time") == "2014"


def test_nested_items_share_pieces(record: Record) -> None:
    [piece] = [piece for piece in pieces(record) if piece.text == "killed"]
    assert set(piece.items.split()) == {"s1", "e1"}
    assert piece.anchor == piece.label == "e1"


def test_each_item_opens_once(record: Record) -> None:
    opened = [item for piece in pieces(record) for item in piece.opens]
    assert sorted(opened) == ["e1", "e2", "s1", "s2", "s3"]


def test_paragraphs_headings_and_what_is_left_out(record: Record) -> None:
    found = paragraphs(record)
    assert [p.heading for p in found[:2]] == [True, False]
    assert [p.outside for p in found] == [False, False, True, True]


def test_lines_wrapped_at_a_width_make_one_paragraph() -> None:
    text = "\n".join(["The committee met in the capital to talk about the budget."] * 6) + "\n\nIt will meet again."
    assert len(paragraphs(make_record(text))) == 2


@given(st.data())
def test_no_character_is_lost_or_doubled(data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from("ab c\n👍"), min_size=1, max_size=60))
    offsets = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(offsets, offsets).filter(lambda s: s[0] < s[1]), max_size=6))
    events = [make_event(span, id=f"e{n}", actor_spans=spans[:n]) for n, span in enumerate(spans)]
    shown = "".join(piece.text for piece in pieces(make_record(text, events=events)))
    assert "".join(shown.split()) == "".join(text.split())


def test_deep_nesting_stays_quick_and_bounded() -> None:
    size = 20_000
    events = [make_event((n, 2 * size - n), id=f"e{n}") for n in range(size)]
    record = make_record("x" * 2 * size).model_copy(update={"events": events})
    began = time.process_time()
    assert max(len(piece.marks) for piece in pieces(record)) <= DEEPEST
    assert time.process_time() - began < 10
