"""Writing a picture to a file: SVG, PNG, PDF, a page that needs no network, or its Vega-Lite specification."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from string import Template
from typing import Any
from uuid import uuid4

import altair as alt

from sayso.errors import PlotError
from sayso.plotting.heading import Chart

_PAGE = Path(__file__).parent / "data" / "page.html"
_VERSION = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
"""The Vega-Lite that Altair writes for, as vl-convert names it."""

_GLOBAL = "window.vegaEmbed = vegaEmbed;"

SCALE = 2.0
"""Pixels of a PNG for one of the picture: letters stay sharp in print."""


def specification(chart: Chart) -> dict[str, Any]:
    """Return the Vega-Lite specification of a picture, with its data: what Vega-Embed takes."""
    return dict(chart.to_dict(format="vega-lite"))


def svg(chart: Chart) -> str:
    """Return a picture as SVG; text stays text."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(specification(chart), vl_version=_VERSION))


def png(chart: Chart, scale: float = SCALE) -> bytes:
    """Return a picture as PNG, ``scale`` pixels for each of its own."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(specification(chart), vl_version=_VERSION, scale=scale))


def pdf(chart: Chart) -> bytes:
    """Return a picture as PDF, fonts embedded."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_pdf(specification(chart), vl_version=_VERSION))


def page(chart: Chart) -> str:
    """Return a picture as an HTML page that holds all it needs and is forbidden, by its own policy, to fetch more.

    Not vl-convert's page: that one puts the data into a script as they are, where a name with "</script>" ends it.
    """
    spec = specification(chart)
    return Template(_PAGE.read_text(encoding="utf-8")).substitute(
        title=_escaped(str(spec.get("description", "Sayso"))),
        library=library(),
        specification=in_script(spec),
    )


@cache
def library() -> str:
    """Return the JavaScript that draws: Vega, Vega-Lite and Vega-Embed, as ``vegaEmbed``."""
    import vl_convert

    return str(vl_convert.javascript_bundle(_GLOBAL, vl_version=_VERSION))


def in_script(value: object) -> str:
    """Return JSON that may stand in a script element of HTML: nothing in it ends the element or opens a comment."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _escaped(text: str) -> str:
    from html import escape

    return escape(text)


def _json(chart: Chart) -> str:
    return json.dumps(specification(chart), ensure_ascii=False, indent=1)


_FORMATS: dict[str, Callable[[Chart], str | bytes]] = {
    ".svg": svg,
    ".png": png,
    ".pdf": pdf,
    ".html": page,
    ".json": _json,
}


def save(chart: Chart, path: str | Path) -> None:
    """Write a picture to a file; its ending says how: .svg, .png, .pdf, .html or .json (Vega-Lite).

    The file is there whole or not at all. Raises PlotError for another ending and where it cannot be written.
    """
    path = Path(path)
    draw = _FORMATS.get(path.suffix.lower())
    if draw is None:
        raise PlotError(f"{path}: a picture is written as {', '.join(_FORMATS)}: give the file one of these endings.")
    drawn = draw(chart)
    beside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        beside.write_bytes(drawn.encode() if isinstance(drawn, str) else drawn)
        os.replace(beside, path)
    except OSError as error:
        raise PlotError(f"{path}: cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            beside.unlink()
