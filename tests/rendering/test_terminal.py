from __future__ import annotations

import re

import pytest
from rich.cells import cell_len
from sample_record import make_event, make_record, words

from sayso.records import Record
from sayso.rendering.terminal import Screen, render


def test_an_account_tells_everything(record: Record) -> None:
    told = " ".join(render(record, Screen()).split())
    for part in (
        "Fighting near Brod",
        "The Herald · 2024-10-25 · by Jo Doe",
        "source Daily Wire",
        "Anna Kovar · person, Foreign Minister, FRD, GOV",
        "s1 says indirect, confidence 90%",
        "“We will not withdraw,” … “whatever happens.”",
        "— Foreign Minister Anna Kovar said",
        "Freedonia · as written",
        "Sylvania → ASSAULT/firearms → 20 to 25 soldiers",
        "certain · Brod, SYL · 20 to 25 killed",
        "on the word of Anna Kovar (s1)",
        "negated · historical · 2014",
        "on the word of Freedonia (s3)",
        "“Freedonia denied that it annexed Brod in 2014.”",
        "3 statements, 2 events, 2 actors, 1 place, 1 time",
        "Left out: 12 words that are not part of the article: “Source: Daily Wire",
    ):
        assert part in told


def test_statements_stand_under_their_speaker(record: Record) -> None:
    told = render(record, Screen())
    assert told.count("Anna Kovar · person") == 1
    assert told.index("s2") < told.index("Freedonia · as written")


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(record: Record, width: int) -> None:
    assert max(map(cell_len, render(record, Screen(width)).splitlines())) <= min(width, 100)


def test_colour_adds_nothing_but_colour(record: Record) -> None:
    coloured, plain = render(record, Screen(colour=True)), render(record, Screen())
    assert "\x1b[" in coloured
    assert "\x1b" not in plain
    without = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert [line.rstrip() for line in without.splitlines()] == plain.splitlines()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "no such encoding"])
def test_other_encodings_get_plain_characters(record: Record, encoding: str) -> None:
    told = render(record, Screen(encoding=encoding))
    assert "Sylvania -> ASSAULT" in told
    assert told.encode("cp1252" if encoding == "cp1252" else "latin-1")


def test_hostile_text_stays_text() -> None:
    text = "[bold red]Attack[/] \x1b[2J\x1b]0;title\x07 \u202egnirts [link=file:///etc/passwd]x"
    hostile = make_record(text, title=text, publisher=text, events=[make_event(words(text, "Attack"))])
    told = render(hostile, Screen())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", told)
    assert "[bold red]Attack[/]" in told


def test_a_failed_document_says_why() -> None:
    assert "Not coded: the text is empty" in render(make_record("", error="the text is empty"), Screen())


def test_a_quiet_document_says_so() -> None:
    assert "no political event" in render(make_record("All is well."), Screen())
