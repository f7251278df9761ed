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
    assert (document.published, document.published_from) == ("2024-10-25T09:00:00+00:00", "page")
    assert document.origin == "saved.html"


def json_ld(text: str) -> str:
    return f"<script type='application/ld+json'>{text}</script>"


ARTICLE_LD = '{"@graph": [{"@type": ["NewsArticle"], "datePublished": "2024-10-25T09:00:00+02:00"}]}'
CANONICAL = "<link rel='canonical' href='https://example.org/2024/10/25/riga'>"
RELATED = '{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "datePublished": "2014-10-25"}]}'


@pytest.mark.parametrize(
    ("head", "body", "published", "found"),
    [
        ("<meta property='article:published_time' content='2024-10-25T09:00:00Z'>", "",
         "2024-10-25T09:00:00+00:00", "page"),
        ("<meta property='article:published_time' content='2024-10-25T00:00:00Z'>", "", "2024-10-25", "page"),
        ("<meta name='publish-date' content='2024-10-25'>" + json_ld(ARTICLE_LD), "",
         "2024-10-25T09:00:00+02:00", "page"),
        (json_ld(RELATED) + json_ld(ARTICLE_LD), "", "2024-10-25T09:00:00+02:00", "page"),
        ("<meta name='date' content='2024-10'>", "", "2024-10", "page"),
        ("<meta property='article:published_time' content='2931-01-01'><meta name='date' content='2024-10-25'>", "",
         "2024-10-25", "page"),
        ("", "<time datetime='2024-10-25T09:00'>today</time>", "2024-10-25T09:00:00", "page"),
        ("", "<time pubdate datetime='2024-10-25'>x</time><time datetime='2020-01-05'>y</time>", "2024-10-25", "page"),
        ("", "<span class='date'>25 October 2024</span>", "2024-10-25", "page"),
        (CANONICAL, "", "2024-10-25", "address"),
        (CANONICAL + "<meta name='date' content='2024-10'>", "", "2024-10-25", "address"),
        (CANONICAL + "<meta name='date' content='2024-10-24T23:00:00-05:00'>", "", "2024-10-24T23:00:00-05:00", "page"),
        (CANONICAL + "<meta name='date' content='2024-10-12'>", "", "2024-10-12", "page"),
        (json_ld('{"datePublished": "2024-10-25", "a":' + "[" * 50_000 + "}"), "", "2024-10-25", "page"),
        (json_ld('{"@type": "NewsArticle", "datePublished": "2024-10-25",}'), "", "2024-10-25", "page"),
    ],
)  # fmt: skip
def test_the_date_is_as_precise_as_the_page_gives_it(head: str, body: str, published: str, found: str) -> None:
    document = read_html(page(body + BODY, head), "saved.html")
    assert (document.published, document.published_from) == (published, found)


@pytest.mark.parametrize(
    ("head", "more"),
    [
        ("", ""),
        ("", "<footer>© 2023 Example. 12.03.2021</footer>"),
        ("<meta itemprop='copyrightyear' content='2023'>", ""),
        ("<meta property='article:modified_time' content='2024-10-25T09:00:00Z'>", ""),
        (json_ld('{"@type": "NewsArticle", "dateModified": "2024-10-25"}'), ""),
        ("<meta property='og:image' content='https://example.org/uploads/2019/05/03/a.jpg'>", ""),
        (json_ld(RELATED), ""),
        ("", "<p><time class='updated' datetime='2024-10-25'>25 October</time></p>"),
        ("", "<aside><time datetime='2020-01-05'>x</time></aside><nav>2020-01-05</nav>"),
        ("", "<p>They had last met on 2019-05-05 in the same harbour, they said.</p>"),
        ("<meta property='article:published_time' content='soon'>", ""),
    ],
)
def test_no_date_is_made_up(head: str, more: str) -> None:
    document = read_html(page(BODY + more, "<title>Ministers meet in Riga</title>" + head), "saved.html")
    assert (document.published, document.published_from) == (None, None)


def test_an_archived_page_was_not_published_after_it_was_fetched() -> None:
    head = "<meta property='article:published_time' content='2024-10-29'>"
    assert read_html(page(head=head), "saved.html", fetched="2024-10-28").published == "2024-10-29"
    assert read_html(page(head=head), "saved.html", fetched="2024-10-26").published is None


def test_a_page_that_disagrees_with_its_url_is_believed_and_that_is_said(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "sayso.intake")
    document = read_html(page(head="<meta name='date' content='2024-10-12'>"), "https://example.org/2024/10/25/riga")
    assert (document.published, document.published_from) == ("2024-10-12", "page")
    assert "13 days from the date in its URL" in caplog.text


def test_the_encoding_that_the_server_gives_goes_before_that_of_the_page() -> None:
    polish = page(BODY.replace("harbour", "port w Łodzi żąda"), "<meta charset='cp1252'>").decode().encode("iso-8859-2")
    assert "Łodzi żąda" in read_html(polish, "saved.html", charset="iso-8859-2").text
    western = page(BODY.replace("said", "“said” – dit-il, à côté")).decode().encode("cp1252")
    assert "“said”" in read_html(western, "saved.html", charset="ISO-8859-1").text


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
        (page(BODY + ("<time class='updated'>x</time>" + "y" * 300) * 10_000), "in one row"),
        (b"<" * 400_000, "tags"),
        (b"<!--" * 20_000, "no article"),
        (b"<a x='" * 20_000, "no article|attributes"),
    ],
    ids=["empty", "bare", "nested", "bold", "attributes", "names", "rows", "brackets", "comments", "quotes"],
)
def test_hostile_pages_are_refused_with_a_reason(data: bytes, said: str) -> None:
    with pytest.raises(IntakeError, match=said):
        read_html(data, "saved.html")
