"""The guard: who comes in, who writes, what a browser may do, and what nobody gets."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient

from sayso.explorer import Guard, Holdings, application
from sayso.explorer.guard import COOKIE, MOST_BYTES, Writing, hosts_of

TOKEN = "a-token-for-tests-only"
PAGE = {"accept": "text/html"}


def client_of(holdings: Holdings, **guard: Any) -> TestClient:
    app = application(holdings, Guard(**{"hosts": ("testserver",), "token": TOKEN} | guard))
    router = APIRouter()

    @router.post("/write")
    def write(allowed: Writing) -> dict[str, str]:
        return {"written": "yes"}

    app.include_router(router)
    return TestClient(app, follow_redirects=False)


def test_pages_may_run_no_script_but_their_own(client: TestClient) -> None:
    headers = client.get("/ledger").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/nothing", "/ledger.json", "/static/base.css", "/sign-in"])
def test_all_answers_have_the_policy(client: TestClient, path: str) -> None:
    assert "default-src 'none'" in client.get(path).headers["content-security-policy"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "", "[", "testserver.evil.example"])
def test_answers_to_no_other_name(client: TestClient, host: str) -> None:
    assert client.get("/ledger", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "header", [{"origin": "http://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}]
)
def test_takes_nothing_from_another_site(holdings: Holdings, header: dict[str, str]) -> None:
    sent = {"authorization": f"Bearer {TOKEN}", **header}
    assert client_of(holdings).post("/write", headers=sent).status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"authorization": "Bearer wrong"}, 401),
        ({"authorization": f"Basic {TOKEN}"}, 401),
        ({"authorization": f"Bearer {TOKEN}"}, 200),
        ({"authorization": "Bearer é".encode("latin-1")}, 401),
    ],
)
def test_writing_needs_the_token(holdings: Holdings, headers: dict[str, Any], status: int) -> None:
    assert client_of(holdings).post("/write", headers=headers).status_code == status


def test_a_browser_signs_in_and_writes_with_a_key(holdings: Holdings) -> None:
    browser = client_of(holdings)
    assert browser.post("/sign-in", data={"token": "wrong"}).status_code == 403
    answer = browser.post("/sign-in", data={"token": f" {TOKEN} "})
    assert answer.status_code == 303
    assert {"HttpOnly", "SameSite=strict"} <= set(answer.headers["set-cookie"].split("; "))
    assert TOKEN not in answer.headers["set-cookie"]
    assert browser.post("/write").status_code == 401  # a cookie alone may come from a form of another site
    assert browser.post("/write", headers={"x-sayso-key": "wrong"}).status_code == 401
    assert browser.post("/write", headers={"x-sayso-key": Guard(token=TOKEN).form_key}).status_code == 200
    browser.post("/sign-out")
    assert COOKIE not in browser.cookies


def test_where_others_can_connect_reading_needs_the_token(holdings: Holdings) -> None:
    outside = client_of(holdings, everywhere=True)
    assert outside.get("/ledger.json").status_code == 401
    assert outside.get("/openapi.json").status_code == 401
    assert outside.get("/ledger", headers=PAGE).headers["location"] == "/sign-in"
    assert outside.get("/sign-in", headers=PAGE).status_code == 200
    assert outside.get("/static/base.css").status_code == 200
    assert outside.get("/ledger.json", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    outside.post("/sign-in", data={"token": TOKEN})
    assert outside.get("/ledger", headers=PAGE).status_code == 200


@pytest.mark.parametrize(
    "path", ["/static/../shelf.py", "/static/%2e%2e/shelf.py", "/static/..%2fapp.py", "/static//etc/passwd"]
)
def test_nothing_outside_the_static_files_is_given(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in (404, 405)


@pytest.mark.parametrize("length", [str(MOST_BYTES + 1), "9" * 30, "-1", "x"])
def test_a_body_that_says_it_is_too_long_is_refused(client: TestClient, length: str) -> None:
    assert client.post("/sign-in", headers={"content-length": length}, content=b"token=x").status_code == 413


def test_a_body_that_does_not_end_is_cut_off(client: TestClient) -> None:
    chunks = (b"x" * 100_000 for _ in range(MOST_BYTES // 100_000 + 2))
    answer = client.post("/sign-in", content=chunks, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 413


def test_a_server_that_others_reach_goes_by_its_address() -> None:
    assert set(hosts_of("192.0.2.7")) == {"127.0.0.1", "localhost", "::1", "192.0.2.7"}
    assert set(hosts_of("127.0.0.1")) == {"127.0.0.1", "localhost", "::1"}
