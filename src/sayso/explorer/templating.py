"""Templates: what all of them know, and how a page is made of one. Everything is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from fastapi import Request
from jinja2 import Environment
from markupsafe import Markup
from starlette.responses import HTMLResponse

import sayso.rendering
from sayso.explorer import address
from sayso.explorer.texts import texts
from sayso.plotting.theme import QUADS
from sayso.rendering import templating, wording
from sayso.rendering.neutral import neutral
from sayso.version import __version__

REVIEWER = "sayso-reviewer"
"""The cookie that remembers how a reviewer is called, and nothing else."""
STATIC = Path(__file__).parent / "static"
SHARED = Path(sayso.rendering.__file__).parent / "assets"
"""Static files of the account as one page, which are those of the reader too: their names begin with account/."""


def render(request: Request, template: str, told: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """Return a page: a template with what it tells, the holdings and who is signed in."""
    state = request.app.state
    page = (
        environment()
        .get_template(template)
        .render(
            **{"here": address.of(request.url.path, request.query_params.multi_items()), **told},
            holdings=state.holdings,
            guard=state.guard,
            signed_in=state.guard.knows(request),
            path=request.url.path,
            reviewer=unquote(request.cookies.get(REVIEWER, "")),
        )
    )
    return HTMLResponse(page.encode("utf-8", "replace"), status)


@cache
def environment() -> Environment:
    """Return the environment that all templates share."""
    made = templating.environment("sayso.explorer", "sayso.rendering", finalize=_finalized)
    made.globals.update(t=texts(), to=address.to, asset=asset, version=__version__, quads=QUADS, TWINS=address.TWINS)
    made.filters.update(day=day, counted=wording.counted, percent=wording.percent, number=number)
    made.globals.update(acts=wording.ACTS, certainties=wording.CERTAINTY)
    return made


def _finalized(value: Any) -> Any:
    """Return what is put into a page: characters that hide, or turn the direction of what follows, are made visible."""
    return neutral(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def asset(name: str) -> str:
    """Return the address of a static file; it changes with the file, so that it may be kept for ever."""
    file = SHARED / name.removeprefix("account/") if name.startswith("account/") else STATIC / name
    digest = sha256(file.read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def day(moment: str | None) -> str:
    """Return the day of a date of ISO 8601, or as much of it as is known."""
    return (moment or "")[:10]


def number(value: float) -> str:
    """Return a number with thousands separated."""
    return f"{value:,}"
