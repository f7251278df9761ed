"""The picture of a dispute: that no side is dropped, when each was heard, and in what numbers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest

from sample_occurrences import figure, occurrence, report, voice
from sayso.corroboration.occurrence import Figure, Occurrence, Position, Range, Report
from sayso.plotting import dispute
from sayso.plotting.dispute_figures import MOST_FIGURES, MOST_KINDS
from sayso.plotting.dispute_marks import COLOURS
from sayso.plotting.lettering import width_of

Rows = Callable[..., list[dict[str, Any]]]
Written = Callable[[Any], list[str]]


def _outlet(number: int, position: Position, published: str | None, **parts: Any) -> tuple[str, Report]:
    """Return an outlet that speaks for itself, and its report."""
    name = f"Outlet {number}"
    return name, report(number, f"outlet:{number}", position, name, published, **parts)


def _of(told: list[tuple[str, Report]], **parts: Any) -> Occurrence:
    voices = [voice(said.voice, name, [said], independent=not said.is_copy) for name, said in told]
    return occurrence(voices, [said for _, said in told], **parts)


def _giving(*voices: list[Figure], positions: tuple[Position, ...] = ()) -> Occurrence:
    """Return an occurrence of voices that give figures, each in one report."""
    reports = [
        report(n + 1, f"actor:{n}", positions[n] if positions else "asserts", "Bay Post", "2024-05-04")
        for n in range(len(voices))
    ]
    speakers = [voice(r.voice, f"Speaker {n}", [r], f) for n, (r, f) in enumerate(zip(reports, voices, strict=True))]
    kinds = dict.fromkeys(told.kind for figures in voices for told in figures)
    ranges = [Range(kind=kind, low=0, high=9, voices=[speaker.id for speaker in speakers]) for kind in kinds]
    return occurrence(speakers, reports, figures=ranges)


def _numbers(*told: tuple[float | None, float | None], kind: str = "killed") -> list[Figure]:
    return [figure("actor:0", low, high, "so many", f"2024-05-{n + 1:02}", kind) for n, (low, high) in enumerate(told)]


def _crowd(asserting: int, denying: int) -> Occurrence:
    """Return many who say so in three reports each, and few who deny it in one."""
    reports = [
        report(10 * n + k, f"actor:{n}", "asserts", f"O{k}", "2024-05-04") for n in range(asserting) for k in (1, 2, 3)
    ]
    against = [report(5_000 + n, f"actor:no{n}", "denies", "O1", "2024-05-05") for n in range(denying)]
    voices = [voice(f"actor:{n}", f"Speaker {n}", reports[3 * n : 3 * n + 3]) for n in range(asserting)]
    return occurrence(
        [*voices, *(voice(r.voice, f"Denier {n}", [r]) for n, r in enumerate(against))], [*reports, *against]
    )


def test_a_lone_denial_is_kept_beside_many_who_say_so(written: Written) -> None:
    said = written(dispute(_crowd(30, 1)))
    assert "Denier 0" in said
    assert "1 denies it" in said
    assert "30 say so, 23 of them shown" in said


def test_the_few_are_all_kept_where_the_many_are_not(written: Written) -> None:
    said = written(dispute(_crowd(30, 5), most=8))
    assert sum(words.startswith("Denier") for words in said) == 4
    assert "5 deny it, 4 of them shown" in said
    assert any("27 of 35 voices with fewer reports than others of their position are not shown." in w for w in said)


def test_no_position_is_dropped_however_few_voices_are_asked_for(written: Written) -> None:
    said = written(dispute(_crowd(30, 5), most=1))
    assert sum(words.startswith(("Denier", "Speaker")) for words in said) == 2


def test_independent_voices_come_before_copies_of_the_other_side(written: Written) -> None:
    told = [
        _outlet(1, "asserts", "2024-05-04"),
        _outlet(2, "asserts", "2024-05-04"),
        _outlet(3, "denies", "2024-05-04"),
    ]
    copy = _outlet(4, "denies", "2024-05-04", is_copy=True)
    assert "Outlet 4" not in written(dispute(_of([*told, copy]), most=3))


def _marks(rows_of: Rows, found: Occurrence) -> dict[str, list[float]]:
    """Return where marks of positions stand, by the voice."""
    stand: dict[str, list[float]] = {}
    for row in rows_of(dispute(found), "shape"):
        if "outlet" in row and row["size"] > 60:
            stand.setdefault(row["name"], []).append(row["x"])
    return stand


def _named(rows_of: Rows, found: Occurrence) -> dict[str, float]:
    return {row["words"]: row["x"] for row in rows_of(dispute(found), "words") if "x" in row}


def test_what_is_dated_to_a_day_stands_in_its_middle_above_its_name(rows_of: Rows) -> None:
    found = _of([_outlet(1, "asserts", "2024-05-04"), _outlet(2, "denies", "2024-05-05T00:00:00Z")])
    marks, names = _marks(rows_of, found), _named(rows_of, found)
    assert marks["Outlet 1"] == [names["4 May 2024"]]
    lines = sorted({row["x"] for row in rows_of(dispute(found), "y2")})
    assert lines[0] < marks["Outlet 1"][0] < lines[1] == marks["Outlet 2"][0] < names["5 May"] < lines[2]


def test_the_note_says_how_many_have_no_time_of_day_where_others_have(written: Written) -> None:
    one = [_outlet(1, "asserts", "2024-05-04"), _outlet(2, "denies", "2024-05-05T09:00:00Z")]
    assert any("1 of 2 reports is dated to a day alone: in its middle" in words for words in written(dispute(_of(one))))
    alike = [_outlet(1, "asserts", "2024-05-04"), _outlet(2, "denies", "2024-05-05")]
    assert not any("dated to a day alone" in words for words in written(dispute(_of(alike))))


def test_ticks_of_those_who_relay_begin_below_the_mark_of_the_day(rows_of: Rows) -> None:
    reports = [
        report(1, "state:RED", "asserts", "Bay Post", "2024-05-04T18:00:00Z"),
        report(2, "state:RED", "asserts", "Hill News", "2024-05-05"),
    ]
    rows = rows_of(dispute(occurrence([voice("state:RED", "The Red Coast", reports)], reports)), "outlet")
    marks, ticks = ([row["x"] for row in rows if (row["size"] > 60) is large] for large in (True, False))
    assert marks == ticks


def test_positions_of_one_day_stand_at_their_times(rows_of: Rows) -> None:
    reports = [
        report(1, "state:RED", "denies", "Bay Post", "2024-05-04T06:00:00Z"),
        report(2, "state:RED", "asserts", "Bay Post", "2024-05-04T18:00:00Z"),
        report(3, "state:RED", "doubts", "Bay Post", "2024-05-04T18:00:00Z"),
    ]
    found = occurrence([voice("state:RED", "The Red Coast", reports)], reports)
    denies, asserts, doubts = _marks(rows_of, found)["The Red Coast"]
    middle = _named(rows_of, found)["4 May 2024"]
    assert middle - denies == pytest.approx(asserts - middle, abs=0.2)
    assert doubts - asserts >= 11


@pytest.mark.parametrize(
    ("original", "copy"),
    [
        ("2024-05-04T20:00:00Z", "2024-05-04"),
        ("2024-05-04", "2024-05-04T06:00:00Z"),
        ("2024-05-04T10:00:00+03:00", "2024-05-04T08:00:00Z"),
    ],
)
def test_a_copy_stands_no_earlier_than_its_original_of_the_same_day(rows_of: Rows, original: str, copy: str) -> None:
    first = _outlet(1, "asserts", original)
    second = _outlet(2, "asserts", copy, is_copy=True, copy_of=first[1].document)
    marks = _marks(rows_of, _of([first, second, _outlet(3, "denies", "2024-05-05")]))
    assert marks["Outlet 1"] <= marks["Outlet 2"]


def test_weeks_have_as_many_names_of_days_as_have_room(rows_of: Rows) -> None:
    names = _named(rows_of, _of([_outlet(1, "asserts", "2024-05-02"), _outlet(2, "denies", "2024-05-20")]))
    assert [name for name in names if "May" in name][:3] == ["2 May 2024", "5 May", "8 May"]


@pytest.mark.parametrize(
    ("published", "said"), [(["2024-05"], "1 of 2 reports is"), (["2024-05", "2024"], "2 of 3 reports are")]
)
def test_numbers_and_verbs_agree(written: Written, published: list[str], said: str) -> None:
    told = [_outlet(n, "asserts", when) for n, when in enumerate([*published, "2024-06-12"])]
    assert any(f"{said} dated to a month or year: at its first day." in words for words in written(dispute(_of(told))))


def test_that_a_voice_is_not_counted_is_not_cut_off(written: Written) -> None:
    copy = _outlet(1, "asserts", "2024-05-04", is_copy=True)
    assert "not counted · “struck”" in written(dispute(_of([copy, _outlet(2, "denies", "2024-05-04")])))


def test_zero_does_not_stand_where_the_least_number_stands(rows_of: Rows, written: Written) -> None:
    chart = dispute(_giving(_numbers((0, 0)), _numbers((10, 10)), _numbers((2500, 2500))))
    at = {row["figure"]: row["x"] for row in rows_of(chart, "figure")}
    assert at["0 killed"] < at["10 killed"] - 30
    assert "Figures: 0 to 9 killed (logarithmic scale, with 0 apart)" in written(chart)


@pytest.mark.parametrize("width", [240, 270, 720])
def test_every_last_number_is_written_within_the_picture(rows_of: Rows, width: int) -> None:
    told = [(None, 1.2e6), (9e5, None), (1.1e6, 1.25e6), (0, 1.25e6)]
    chart = dispute(_giving(*(_numbers(one) for one in told)), width=width)
    labels = {row["words"]: row["x"] for row in rows_of(chart, "words") if "x" in row}
    for words in ("up to 1,200,000", "at least 900,000", "1,100,000 to 1,250,000", "0 to 1,250,000"):
        assert 0 < labels[words] < width


def test_no_number_of_the_axis_covers_another(rows_of: Rows) -> None:
    chart = dispute(_giving(_numbers((1, 1)), _numbers((1e6, 2e6))), width=360)
    rows = [row for row in rows_of(chart, "words") if "x" in row]
    bottom = max(row["y"] for row in rows if "y" in row)
    ends = [
        (r["x"] - width_of(r["words"], 11) / 2, r["x"] + width_of(r["words"], 11) / 2) for r in rows if r["y"] == bottom
    ]
    assert len(ends) > 1
    assert all(a[1] < b[0] or b[1] < a[0] for a, b in combinations(ends, 2))


def test_no_line_strikes_out_a_number(rows_of: Rows) -> None:
    chart = dispute(_giving(_numbers((10, 10), (30, 30), (20, 20)), _numbers((10, 50), (30, 30))))
    lines = [row for row in rows_of(chart, "x2") if "words" not in row or "figure" in row]
    labels = [row for row in rows_of(chart, "words") if row["words"].endswith(")")]
    assert {"20 (2024-05-03)", "30 (2024-05-02)"} <= {row["words"] for row in labels}
    over = [
        row["words"] for row in labels for line in lines if line["y"] == row["y"] and line["x"] < row["x"] < line["x2"]
    ]
    assert over == []


def test_the_colour_of_a_figure_is_that_of_the_position_of_its_report(rows_of: Rows) -> None:
    reports = [
        report(1, "state:RED", "denies", "Bay Post", "2024-05-04"),
        report(2, "state:RED", "asserts", "Bay Post", "2024-05-06"),
    ]
    figures = [
        figure("state:RED", number, number, "so many", "2024-05-04").model_copy(update={"report": told.id})
        for number, told in zip((3, 9), reports, strict=True)
    ]
    ranges = [Range(kind="killed", low=3, high=9, voices=["state:RED"])]
    found = occurrence([voice("state:RED", "The Red Coast", reports, figures)], reports, figures=ranges)
    colours = {row["figure"]: row["colour"] for row in rows_of(dispute(found), "figure")}
    assert colours == {"3 killed": COLOURS["denies"], "9 killed": COLOURS["asserts"]}


def test_a_voice_that_gives_no_such_report_has_figures_in_the_colour_of_its_position(rows_of: Rows) -> None:
    found = _giving(_numbers((3, 3)), _numbers((5, 5)), positions=("denies", "doubts"))
    colours = {row["figure"]: row["colour"] for row in rows_of(dispute(found), "figure")}
    assert colours == {"3 killed": COLOURS["denies"], "5 killed": COLOURS["doubts"]}


def test_of_many_figures_in_a_row_the_last_are_shown_and_the_others_told(rows_of: Rows, written: Written) -> None:
    chart = dispute(_giving(_numbers(*((n, n) for n in range(1, 29))), _numbers((5, 5))))
    shown = {row["figure"] for row in rows_of(chart, "figure") if row["name"] == "Speaker 0"}
    assert shown == {f"{n} killed" for n in range(29 - MOST_FIGURES, 29)}
    assert any(
        f"20 of 29 figures older than the last {MOST_FIGURES} of a voice are not shown." in w for w in written(chart)
    )


def test_kinds_of_figures_beyond_the_third_are_told(written: Written) -> None:
    kinds = ("killed", "wounded", "arrested", "missing")
    said = written(dispute(_giving([told for kind in kinds for told in _numbers((3, 3), kind=kind)])))
    assert sum(words.startswith("Figures: ") for words in said) == MOST_KINDS
    assert any("1 of 4 kinds of figures, which fewest voices give, is not shown." in words for words in said)


def test_a_number_is_written_without_what_it_counts(written: Written) -> None:
    said = written(dispute(_giving(_numbers((500, 500), kind="crowd"), _numbers((700, 700), kind="crowd"))))
    assert {"500", "700"} <= set(said)
