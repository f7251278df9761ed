from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from sample_rows import event

from sayso.errors import PlotError
from sayso.plotting import Scope, network, page, place_map, save, specification, svg, timeline
from sayso.plotting.saving import library

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"
SCOPE = Scope(filters={"actor": HOSTILE}, ledger="war-news", version=14)


class _Loads(HTMLParser):
    """Collects the elements of a page, and what it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.loads += [f"{tag} {name}={value}" for name, value in attrs if name in {"src", "href", "srcset", "data"}]


def _hostile(**given: Any) -> dict[str, Any]:
    return event(actors=[HOSTILE], recipients=[HOSTILE + "2"], place_name=HOSTILE, voucher_name=HOSTILE, **given)


def test_a_page_loads_nothing_and_may_not() -> None:
    made = page(timeline([event()], scope=SCOPE))
    parser = _Loads()
    parser.feed(made)
    assert parser.loads == []
    assert "default-src 'none'" in made
    ours = made.replace(library(), "").replace("https://vega.github.io/schema/vega-lite/", "")
    assert re.findall(r"https?:|url\(|@import", ours) == []


@pytest.mark.parametrize("draw", [timeline, place_map, network])
def test_names_with_markup_stay_names(draw: Any) -> None:
    chart = draw([_hostile()], scope=SCOPE)
    parser = _Loads()
    parser.feed(page(chart))
    assert parser.elements.count("script") == 3
    assert "img" not in parser.elements
    assert "<script" not in svg(chart)
    assert "<img" not in svg(chart)


def test_the_specification_in_a_page_is_the_whole_one() -> None:
    chart = timeline([_hostile()], scope=SCOPE)
    held = re.search(r'<script type="application/json" id="specification">(.*?)</script>', page(chart), re.DOTALL)
    assert held is not None
    assert json.loads(held[1]) == specification(chart)


@pytest.mark.parametrize(
    ("ending", "start"),
    [(".svg", b"<svg"), (".png", b"\x89PNG"), (".PDF", b"%PDF"), (".html", b"<!DOCTYPE html>"), (".json", b"{")],
)
def test_the_ending_says_how_a_picture_is_written(tmp_path: Path, ending: str, start: bytes) -> None:
    save(timeline([event()]), tmp_path / f"picture{ending}")
    assert (tmp_path / f"picture{ending}").read_bytes().startswith(start)
    assert [file.name for file in tmp_path.iterdir()] == [f"picture{ending}"]


def test_another_ending_and_a_missing_folder_are_explained(tmp_path: Path) -> None:
    with pytest.raises(PlotError, match=r"\.svg, \.png, \.pdf, \.html, \.json"):
        save(timeline([event()]), tmp_path / "picture.bmp")
    with pytest.raises(PlotError, match="No such file or directory"):
        save(timeline([event()]), tmp_path / "nowhere" / "picture.svg")


def test_title_and_footnote_say_selection_ledger_and_on_whose_word(written: Any) -> None:
    text = " ".join(written(timeline([event()], scope=Scope(filters={"since": "2024"}, ledger="war-news", version=14))))
    assert "since: 2024" in text
    assert "Counts what articles report, not confirmed events." in text
    assert "Copies of other documents are not counted. Sayso, ledger “war-news”, version 14." in text


def test_a_picture_is_described_for_those_who_do_not_see_it() -> None:
    description = specification(timeline([event()]))["description"]
    assert description == "Reported events, 4 March 2024 1 event in 1 document"


def test_names_from_right_to_left_and_long_ones_are_written(written: Any) -> None:
    long = "Committee for the Review of the Implementation of the Agreement on Everything"
    text = " ".join(written(network([event(actors=["محمد بن سلمان"], recipients=[long])])))
    assert "محمد بن سلمان" in text
    assert "Committee for the Review" in text
