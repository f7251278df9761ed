from __future__ import annotations

import socket

import pytest

from sayso.errors import IntakeError
from sayso.intake.html import read_html

BODY = "".join(
    f"<p>The ministers of both countries met in Riga on day {number} to talk about the harbour, officials said, "
    "and agreed to meet again before the end of the month.</p>"
    for number in range(1, 6)
)


def page(body: str = BODY, head: str = "<title>Ministers meet in Riga</title>") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body><article>{body}</article></body></html>".encode()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_article_and_what_the_page_says_of_itself() -> None:
    head = (
        "<title>Ministers meet in Riga - Example Times</title><meta name='author' content='Jane Roe'>"
        "<meta property='article:published_time' content='2024-10-25T09:00:00Z'>"
        "<meta property='og:title' content='Ministers meet in Riga'>"
        "<meta property='og:site_name' content='Example Times'>"
    )
    document = read_html(page("<nav><a href='/'>Home</a></nav>" + BODY, head), "saved.html")
    assert document.text.count("The ministers of both countries") == 5
    assert "Home" not in document.text
    assert document.title == "Ministers meet in Riga"
    assert (document.authors, document.publisher) == (["Jane Roe"], "Example Times")
    assert (document.published, document.origin) == ("2024-10-25", "saved.html")


def test_a_page_without_a_date_has_none() -> None:
    assert read_html(page(), "saved.html").published is None
    assert read_html(page(BODY + "<footer>© 2023 Example</footer>"), "saved.html").published is None


def test_a_future_date_is_left_out() -> None:
    head = "<meta property='article:published_time' content='2931-10-25T09:00:00Z'>"
    assert read_html(page(head=head), "saved.html").published is None


def test_scripts_are_neither_run_nor_read() -> None:
    document = read_html(page("<script>document.write('SECRET')</script>" * 500 + BODY), "saved.html")
    assert "SECRET" not in document.text
    assert document.text.count("The ministers") == 5


def test_a_wrong_declared_encoding() -> None:
    body = BODY.replace("harbour", "café in Łódź")
    assert "café in Łódź" in read_html(page(body, "<meta charset='iso-8859-1'>"), "saved.html").text
    western = page(BODY.replace("harbour", "café"), "<meta charset='utf-8'>").decode().encode("cp1252")
    assert "café" in read_html(western, "saved.html").text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"<html><body></body></html>", "no article"),
        (page("<div>" * 100_000 + BODY), "tags|no article"),
        (page("<b>" * 60_000 + BODY), "no article"),
        (page("<p " + " ".join(f"a{n}='>'" for n in range(50_000)) + ">" + BODY), "attributes"),
        (page("<p " + " ".join(f"a{n}" for n in range(50_000)) + ">" + BODY), "attributes"),
        (b"<" * 400_000, "tags"),
        (b"<!--" * 20_000, "no article"),
        (b"<a x='" * 20_000, "no article|attributes"),
    ],
    ids=["empty", "bare", "nested", "bold", "attributes", "names", "brackets", "comments", "quotes"],
)
def test_hostile_pages_are_refused_with_a_reason(data: bytes, said: str) -> None:
    with pytest.raises(IntakeError, match=said):
        read_html(data, "saved.html")
