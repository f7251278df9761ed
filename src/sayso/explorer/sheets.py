"""A sheet: what a page tells, once as HTML and once as rows, so that each page has its twins for programs."""

from __future__ import annotations

import inspect
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import pyarrow as pa
from fastapi import APIRouter, Request, Response
from pyarrow import parquet
from starlette.datastructures import QueryParams

from sayso.explorer import address
from sayso.explorer.holdings import Holdings
from sayso.explorer.templating import render
from sayso.rendering.cells import csv_lines

Row = dict[str, Any]
Page = Callable[..., "Sheet"]

_MEDIA = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}


_SCHEMAS: dict[str, dict[str, Any]] = {
    "json": {
        "type": "object",
        "required": ["address", "ledger", "total", "next", "rows"],
        "properties": {
            "address": {"type": "string", "description": "the address of the page"},
            "ledger": {"type": "object", "description": "name and version of the ledger"},
            "total": {"type": ["integer", "null"], "description": "rows on all pages"},
            "next": {"type": ["string", "null"], "description": "address of the next page, null on the last"},
            "rows": {"type": "array", "items": {"type": "object"}},
        },
    },
    "csv": {"type": "string", "description": "a line for each row, the first with the names of the columns"},
    "parquet": {"type": "string", "contentMediaType": "application/vnd.apache.parquet"},
}
_PROBLEM = {
    "type": "object",
    "required": ["error", "detail"],
    "properties": {"error": {"type": "string"}, "detail": {"type": "array", "items": {"type": "string"}}},
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": told, "content": {"application/json": {"schema": _PROBLEM}}}
    for status, told in {
        400: "This cannot be answered: for want of words, or of time.",
        404: "There is nothing of that name.",
        422: "The address asks for something that there is not.",
        503: "Too many ask for this at once.",
    }.items()
}
"""Answers that any page may give instead of its own."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page tells: ``told`` for its template, ``rows`` for programs.

    ``total`` is how many rows there are on all pages, ``after`` the cursor of the next one, None on the last.
    ``about`` is what the JSON twin says besides the rows: facets, the item that the page is about.
    """

    template: str
    told: Mapping[str, Any]
    rows: pa.Table
    total: int | None = None
    after: str | None = None
    about: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


class Pages(APIRouter):
    """Routes of pages. ``page("/search")`` registers /search, /search.json, /search.csv and /search.parquet.

    The function takes the request, its question and the holdings, and returns a Sheet.
    """

    def page(self, path: str) -> Callable[[Page], Page]:
        """Register a function as the page of a path, and of its twins."""

        def registering(function: Page) -> Page:
            for form in address.TWINS:
                twin = f"{path if path != '/' else '/index'}.{form}"
                self.add_api_route(
                    twin,
                    _answering(function, form),
                    response_class=_response_of(form),
                    responses={200: {"content": {_MEDIA[form].split(";")[0]: {"schema": _SCHEMAS[form]}}}, **PROBLEMS},
                    name=f"{function.__name__}_{form}",
                    summary=f"{_summary(function)} As {form.upper() if form != 'parquet' else 'Parquet'}.",
                )
            self.add_api_route(
                path,
                _answering(function, "html"),
                response_class=_response_of("html"),
                include_in_schema=False,
                name=function.__name__,
            )
            return function

        return registering


def table_of(rows: list[Row], schema: pa.Schema) -> pa.Table:
    """Return rows as a table of a schema; what a row lacks is null, what the schema lacks is dropped."""
    return pa.Table.from_pylist(rows, schema=schema)


def _answering(function: Page, form: str) -> Callable[..., Response]:
    """Return the endpoint that answers in a form; it takes what the page's function takes, and the request."""

    @wraps(function)
    def answer(**given: Any) -> Response:
        request: Request = given["request"]
        sheet = function(**given)
        here = address.of(request.url.path, QueryParams(request.url.query).multi_items())
        if form == "html":
            return render(request, sheet.template, {**sheet.told, "sheet": sheet, "here": here}, sheet.status)
        return _written(sheet, form, here, request.app.state.holdings)

    answer.__signature__ = inspect.signature(function, eval_str=True).replace(  # type: ignore[attr-defined]
        return_annotation=Response
    )
    del answer.__wrapped__
    return answer


def _written(sheet: Sheet, form: str, here: address.Address, holdings: Holdings) -> Response:
    going_on = here.going_on(sheet.after).twin(form) if sheet.after else None
    headers = {"Link": f'<{going_on}>; rel="next"'} if going_on else {}
    if form == "json":
        body = _json(sheet, here, going_on, holdings)
    elif form == "csv":
        body = _csv(sheet.rows)
    else:
        body = _parquet(sheet.rows)
    if form != "json":
        name = here.path.strip("/").replace("/", "-").replace(":", "-") or "index"
        plain = "".join(c if (c.isalnum() and c.isascii()) or c in "-._" else "-" for c in name)[:80]
        headers["Content-Disposition"] = f'attachment; filename="{plain}.{form}"'
    return Response(body, sheet.status, headers, _MEDIA[form])


def _json(sheet: Sheet, here: address.Address, going_on: address.Address | None, holdings: Holdings) -> bytes:
    told = {
        "address": str(here),
        "ledger": {"name": holdings.name, "version": holdings.version},
        "total": sheet.total,
        "next": str(going_on) if going_on else None,
        **sheet.about,
        "rows": sheet.rows.to_pylist(),
    }
    return json.dumps(told, ensure_ascii=False, default=_plain, allow_nan=False).encode("utf-8", "surrogatepass")


def _plain(value: Any) -> Any:
    """Return what JSON has no form for as ISO 8601, or as a list."""
    return value.isoformat() if hasattr(value, "isoformat") else list(value)


def _csv(rows: pa.Table) -> bytes:
    lines = csv_lines([rows.schema.names, *(row.values() for row in rows.to_pylist())])
    return lines.encode("utf-8", "replace")


def _parquet(rows: pa.Table) -> bytes:
    sink = io.BytesIO()
    parquet.write_table(rows, sink, compression="zstd")
    return sink.getvalue()


def _summary(function: Page) -> str:
    return (inspect.getdoc(function) or function.__name__).split("\n", 1)[0]


def _response_of(form: str) -> type[Response]:
    media = _MEDIA.get(form, "text/html; charset=utf-8")
    return type(f"{form.title()}Response", (Response,), {"media_type": media})
