from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from sample_record import make_event, make_record, words

from sayso.records import Record
from sayso.rendering import page

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """Reads a page: its tags with their attributes, its text; fails where tags do not match."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("script", "style", "sup"):
            self.text += data

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.tags if attribute in attrs]


def test_the_article_is_there_as_written(record: Record) -> None:
    shown = " ".join(Page(page.render([record])).text.split())
    assert "killed 20 to 25 soldiers near Brod. “We will not withdraw,” she told reporters" in shown


def test_items_and_their_words_link_to_each_other(record: Record) -> None:
    read = Page(page.render([record]))
    ids = read.values("id")
    assert len(ids) == len(set(ids))
    links = {link for link in read.values("href") if link.startswith("#")}
    assert {link[1:] for link in links} <= set(ids)
    for item in ("s1", "s2", "s3", "e1", "e2"):
        assert {f"#d1-{item}", f"#d1-{item}-text"} <= links


def test_the_page_asks_nothing_of_anybody(record: Record) -> None:
    html = page.render([record])
    read = Page(html)
    assert not read.values("src")
    assert all(link.startswith("#") for link in read.values("href"))
    assert "://" not in html
    assert not read.values("style")
    assert not [name for _, attrs in read.tags for name in attrs if name.startswith("on")]


def test_the_policy_allows_what_the_page_holds_and_nothing_else(record: Record) -> None:
    html = page.render([record])
    [policy] = [attrs["content"] or "" for _, attrs in Page(html).tags if "http-equiv" in attrs]
    assert policy.startswith("default-src 'none'; ")
    for tag in ("style", "script"):
        [content] = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "</style></script><img src=x onerror=alert(1)>",
        '"\' onmouseover=alert(1) x="',
        "{{ 7 * 7 }} {% raw %}",
        "a\u2028b\u2029c \u202e\u2066 \x00\x1b",
        "&lt;b&gt; &amp; <!-- -->",
        "javascript:alert(1)",
    ],
)
def test_everything_from_the_text_is_escaped(hostile: str) -> None:
    text = f"{hostile} attack {hostile}"
    event = make_event(words(text, "attack"), actor_spans=[(0, len(hostile))], recipient_spans=[(3, 5)])
    harmless = Page(page.render([make_record("x attack y", events=[make_event((2, 8))], title="x", publisher="x")]))
    html = page.render([make_record(text, events=[event], title=hostile, publisher=hostile, error=hostile)])
    read = Page(html)
    assert {tag for tag, _ in read.tags} <= {tag for tag, _ in harmless.tags} | {"em", "strong", "i"}
    assert not [name for _, attrs in read.tags for name in attrs if name.startswith("on")]
    assert not re.search("[\x00-\x08\x1b\u2028\u2029\u202a-\u202e\u2066-\u2069]", html)
    assert "49" not in read.text


def test_several_documents_make_one_page_with_contents(record: Record) -> None:
    read = Page(page.render([record, make_record("Nothing.", title="A quiet day")]))
    assert read.values("data-document") == ["d1", "d2"]
    assert {"#d1", "#d2"} <= set(read.values("href"))
    assert "2 articles" in read.text


def test_a_page_of_nothing() -> None:
    assert "0 articles" in Page(page.render([])).text
