"""Where words stand beside marks."""

from __future__ import annotations

from sayso.plotting.labels import Spot, placed
from sayso.plotting.lettering import Box

PAGE = Box(0, 0, 400, 100)


def _around(spot: Spot) -> Box:
    return Box(spot.x - spot.radius, spot.y - 5, spot.x + spot.radius, spot.y + 5)


def test_a_label_is_not_written_over_what_has_the_same_middle_as_its_mark() -> None:
    mark = Spot(200, 50, 7, "twenty", height=5)
    line = Box(100, 48, 300, 52)
    (label,) = placed([mark], [line, _around(mark)], PAGE, 11)
    assert not label.box.meets(line)


def test_a_wide_bar_without_room_beside_it_has_its_label_above() -> None:
    bar = Spot(200, 50, 190, "nought to a million", height=5)
    (label,) = placed([bar], [_around(bar)], PAGE, 11)
    assert (label.align, label.x) == ("center", 200)
    assert 20 < label.y < 45


def test_shorter_words_stand_where_the_whole_ones_have_no_room() -> None:
    mark = Spot(380, 8, 5, "14 of them, as was said on 3 May 2024, in so many words and no others, twice", shorter="14")
    (label,) = placed([mark], [], Box(340, 0, 400, 16), 11)
    assert label.words == "14"
