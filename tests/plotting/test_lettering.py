from __future__ import annotations

import pytest

from sayso.plotting.lettering import one_line, shortened, unlike, width_of, wrapped


@pytest.mark.parametrize(
    ("text", "pixels"), [("Verbal cooperation", 91), ("Material conflict", 76), ("certain or probable", 92)]
)
def test_widths_are_those_of_the_letters_that_are_drawn(text: str, pixels: int) -> None:
    assert width_of(text, 11) == pytest.approx(pixels, rel=0.08)


def test_letters_as_wide_as_high_and_marks_without_width() -> None:
    assert width_of("河内", 10) == 20
    assert width_of("é", 10) == width_of("e\u0301", 10)


def test_a_long_text_is_cut_with_an_ellipsis_within_its_room() -> None:
    cut = shortened("High Representative of the Union for Foreign Affairs", 120, 12)
    assert cut.endswith("…")
    assert width_of(cut, 12) <= 120


def test_lines_are_broken_at_spaces() -> None:
    lines = wrapped("one two three four five six seven", 60, 12)
    assert " ".join(lines) == "one two three four five six seven"
    assert all(width_of(line, 12) <= 60 for line in lines)


def test_controls_and_marks_that_turn_the_direction_are_dropped() -> None:
    assert one_line("a\u202eb\nc\x00\ud800") == "ab c"


def test_no_two_labels_are_the_same() -> None:
    labels = list(unlike([("a", "Ivan"), ("b", "Ivan"), ("b", "Ivan")], 200, 12))
    assert labels == ["Ivan", "Ivan (b)", "Ivan (b) 2"]
