"""The application: pages, their twins, static files, and what is said when something is wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.responses import JSONResponse
from starlette.staticfiles import StaticFiles

from sayso.errors import SaysoError
from sayso.explorer import address, pages
from sayso.explorer.cursors import CursorError
from sayso.explorer.desk import Desk, DeskError
from sayso.explorer.guard import Gate, Guard
from sayso.explorer.holdings import Holdings
from sayso.explorer.templating import SHARED, STATIC, render
from sayso.explorer.texts import texts
from sayso.version import __version__


def application(holdings: Holdings, guard: Guard | None = None) -> FastAPI:
    """Return the application for holdings, which whoever opened them closes."""

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.desk.close()

    app = FastAPI(
        title="Sayso",
        version=__version__,
        summary=texts().base.about,
        lifespan=living,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    app.state.holdings = holdings
    app.state.desk = Desk()
    app.state.guard = guard or Guard()
    app.add_middleware(Gate, guard=app.state.guard)
    for router in pages.ROUTERS:
        app.include_router(router)
    app.mount("/static/account", StaticFiles(directory=SHARED), name="shared")
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(StarletteHTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(CursorError, _no_such_page)
    app.add_exception_handler(SaysoError, _not_possible)
    app.add_exception_handler(DeskError, _too_busy)
    app.add_exception_handler(Exception, _failed)
    return app


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, StarletteHTTPException)
    told = texts().errors.get(f"status_{error.status_code}", str(error.detail))
    detail = [] if error.detail in ("Not Found", "Method Not Allowed") else [str(error.detail)]
    return _error(request, error.status_code, told, detail, dict(error.headers or {}))


def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    said = [f"{'.'.join(map(str, one['loc'][1:])) or 'address'}: {one['msg']}" for one in error.errors()]
    return _error(request, 422, texts().errors.not_understood, said)


def _no_such_page(request: Request, error: Exception) -> Response:
    return _error(request, 422, texts().errors.not_understood, [f"after: {texts().errors.bad_cursor}"])


def _not_possible(request: Request, error: Exception) -> Response:
    return _error(request, 400, texts().errors.not_possible, [str(error)])


def _too_busy(request: Request, error: Exception) -> Response:
    return _error(request, 503, texts().errors.not_possible, [str(error)])


def _failed(request: Request, error: Exception) -> Response:
    return _error(request, 500, texts().errors.failed, [])


def _error(
    request: Request, status: int, told: str, said: list[str], headers: dict[str, str] | None = None
) -> Response:
    """Return an error in the form that was asked for: a page for people, JSON for programs."""
    wants_page = "text/html" in request.headers.get("accept", "")
    is_twin = request.url.path.endswith(tuple(f".{form}" for form in address.TWINS))
    if wants_page and not is_twin:
        response: Response = render(request, "error.html", {"told": told, "said": said, "status": status}, status)
    else:
        response = JSONResponse({"error": told, "detail": said}, status)
    response.headers.update(headers or {})
    return response
