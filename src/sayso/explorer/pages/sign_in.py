"""Signing in with the token that ``sayso serve`` shows, and out again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from sayso.explorer.guard import COOKIE, Guard
from sayso.explorer.templating import render

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def sign_in(request: Request) -> Response:
    """Ask for the token."""
    return render(request, "sign-in.html", {"is_wrong": False})


@router.post("/sign-in")
def signed_in(request: Request, token: Annotated[str, Form(max_length=200)]) -> Response:
    """Give whoever has the token a cookie."""
    guard: Guard = request.app.state.guard
    if not guard.accepts(token):
        return render(request, "sign-in.html", {"is_wrong": True}, 403)
    response = RedirectResponse("/", 303)
    response.set_cookie(COOKIE, guard.session, httponly=True, samesite="strict", path="/")
    return response


@router.post("/sign-out")
def sign_out() -> Response:
    """Take the cookie back."""
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict", path="/")
    return response
