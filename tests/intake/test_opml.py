from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odd_server import attempt

from sayso.errors import IntakeError
from sayso.intake.opml import FeedAddress, feed_addresses, read_opml


def opml(body: str) -> bytes:
    return f"<?xml version='1.0' encoding='utf-8'?><opml version='2.0'><body>{body}</body></opml>".encode()


def test_nested_folders_duplicates_and_odd_spellings() -> None:
    body = """<outline text="News"><outline text="World"><outline type="rss" text="Wire" title="The Wire"
      xmlUrl="https://example.org/feed?a=1&amp;b=2"/></outline>
      <outline text="Times &amp; Tide" xmlurl=" http://EXAMPLE.com/rss "/></outline>
      <outline text="again" xmlUrl="http://example.org/feed?a=1&amp;b=2"/><outline text="no feed" htmlUrl="https://x.example/"/>
      <outline text="other" xmlUrl="file:///etc/passwd"/><outline text="bare" xmlUrl="feeds.example/rss"/>"""
    assert read_opml(opml(body), "feeds.opml") == [
        FeedAddress("https://example.org/feed?a=1&b=2", "The Wire"),
        FeedAddress("http://example.com/rss", "Times & Tide"),
    ]


def test_small_mistakes_in_the_xml_are_forgiven() -> None:
    broken = opml("<outline text='A & B' xmlUrl='https://example.org/1'/><outline xmlUrl='https://example.org/2'>")
    assert [feed.url for feed in read_opml(broken, "f")] == ["https://example.org/1", "https://example.org/2"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (opml("<outline text='empty'/>"), "names no feed"),
        (b"<rss><channel/></rss>", "no list of feeds"),
        (b"just words", "not XML"),
        (b"", "empty"),
        (b"<opml><body>" + b" " * (16 * 2**20) + b"</body></opml>", "too large"),
    ],
)
def test_what_is_no_list_is_refused_with_the_name_of_the_file(data: bytes, said: str) -> None:
    with pytest.raises(IntakeError, match=said) as caught:
        read_opml(data, "feeds.opml")
    assert str(caught.value).startswith("feeds.opml: ")


def test_addresses_and_files_together_each_feed_once(tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_bytes(opml("<outline xmlUrl='https://example.org/1'/><outline xmlUrl='https://example.org/2'/>"))
    found = feed_addresses(["https://example.org/2", str(file)])
    assert [feed.url for feed in found] == ["https://example.org/2", "https://example.org/1"]
    with pytest.raises(IntakeError, match="no such file"):
        feed_addresses([str(tmp_path / "missing.opml")])
    with pytest.raises(IntakeError, match="https://"):
        feed_addresses(["ftp://example.org/feed"])


@pytest.mark.parametrize(
    "body",
    [
        "<outline>" * 100_000,
        "<outline xmlUrl='https://example.org/1'>" + "<outline a='b'>" * 200,
        "<outline xmlUrl='https://example.org/" + "a" * 100_000 + "'/>",
        "<outline xmlUrl='https://example.org/&a11;'/>" * 1000,
    ],
)
def test_hostile_lists_cost_little(body: str) -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    data = f"<!DOCTYPE opml [{entities}]>".encode() + opml(body).partition(b"?>")[2]
    started = time.monotonic()
    feeds, said = attempt(lambda: read_opml(data, "feeds.opml"))
    assert said.startswith("feeds.opml") if feeds is None else all(len(feed.url) < 5_000 for feed in feeds)
    assert time.monotonic() - started < 3


@given(st.text(alphabet="<>/&;![]-?'\"= xmlUroutine:\x00é", max_size=200))
@settings(max_examples=150, deadline=None)
def test_broken_lists_give_feeds_or_an_error_and_nothing_else(noise: str) -> None:
    feeds, said = attempt(lambda: read_opml(opml(f"<outline xmlUrl='https://example.org/1'/>{noise}"), "f"))
    assert feeds or said.startswith("f: ")
