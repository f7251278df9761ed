"""Charts: the pictures of ``sayso plot`` on pages, as Vega-Lite for the script that draws them, or as SVG."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from altair.utils import schemapi
from fastapi import APIRouter, Request, Response

from sayso.explorer import address
from sayso.explorer.address import Address
from sayso.explorer.holdings import Holdings
from sayso.explorer.sheets import PROBLEMS
from sayso.plotting import Chart, Scope, specification, svg
from sayso.plotting.saving import library

# What the pictures are made of is checked by their own tests, not again for each reader: it takes half of the time.
schemapi.disable_debug_mode()

Draw = Callable[..., Chart]

_MEDIA = {"json": "application/json", "svg": "image/svg+xml"}
_NO_FILTERS = ("copies", "limit", "after", "width", "of", "by", "when", "most")
"""What an address says that does not narrow what is shown."""


class Charts(APIRouter):
    """Routes of charts. ``chart("/timeline")`` registers /timeline/chart.json (Vega-Lite) and /timeline/chart.svg.

    They are no part of the API that is described: what they show, the twins of their pages have as data.
    """

    def chart(self, path: str) -> Callable[[Draw], Draw]:
        """Register a function that draws, as ``Pages.page`` registers one that tells: it takes the same questions."""

        def registering(function: Draw) -> Draw:
            for form, answer in (("json", _vega), ("svg", svg)):
                self.add_api_route(
                    f"{path}/chart.{form}",
                    _drawing(function, answer, _MEDIA[form]),
                    name=f"{function.__name__}_{form}",
                    response_class=Response,
                    responses={200: {"content": {_MEDIA[form]: {}}}, **PROBLEMS},
                )
            return function

        return registering


def scope_of(holdings: Holdings, here: Address, *, copies: bool = False) -> Scope:
    """Return what a chart says of its selection: the filters of its address and the version of the ledger."""
    names = dict.fromkeys(name for name, _ in here.asked if name not in _NO_FILTERS)
    said = {name: ", ".join(here.values(name)) for name in names}
    filters = {name: value for name, value in said.items() if value}
    return Scope(filters=filters, ledger=holdings.name, version=holdings.version, copies=copies)


charts = APIRouter(include_in_schema=False)


@charts.get("/charts.js")
def script() -> Response:
    """Return what draws charts, a library that comes with Sayso."""
    return Response(library(), media_type="text/javascript", headers={"Cache-Control": "public, max-age=86400"})


def _drawing(function: Draw, answer: Callable[[Chart], str], media: str) -> Callable[..., Response]:
    """Return the endpoint that answers with a chart; what it drew is kept, for drawing costs more than all else."""

    @wraps(function)
    def draw(**given: Any) -> Response:
        request, holdings = given["request"], given["holdings"]
        name = ("chart", request.url.path, request.url.query)
        return Response(holdings.cached(name, lambda: answer(function(**given))), media_type=media)

    signature = inspect.signature(function, eval_str=True)
    draw.__signature__ = signature.replace(return_annotation=Response)  # type: ignore[attr-defined]
    del draw.__wrapped__
    return draw


def _vega(chart: Chart) -> str:
    return json.dumps(specification(chart), ensure_ascii=False)


def here_of(request: Request) -> Address:
    """Return the address of the page that a request for its chart belongs to."""
    path = request.url.path.removesuffix("/chart.json").removesuffix("/chart.svg")
    return address.of(path, request.query_params.multi_items()).having(width=None)
