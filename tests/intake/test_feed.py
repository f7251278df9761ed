from __future__ import annotations

import logging
import re
import time
import tracemalloc
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from odd_server import article, attempt, item, rss

from sayso.errors import IntakeError
from sayso.intake.feed import content_document, read_feed, read_feed_file

NAME = "https://example.org/feed"
FULL = "".join(
    f"<p>In part {part} of the talk the ministers of both countries spoke about the harbour of Riga, officials said, "
    "and they agreed to meet again before the end of the month to sign what they had drafted.</p>"
    for part in range(1, 6)
)
ENCODED = f"<content:encoded><![CDATA[{FULL}]]></content:encoded>"


def one(body: str, **kinds: str) -> object:
    (entry,) = read_feed(rss(f"<item>{body}</item>").encode(), NAME, **kinds).entries
    return entry


def test_an_rss_entry_with_all_it_may_say() -> None:
    body = (
        "<title>Talks &amp;amp; &lt;b&gt;harbours&lt;/b&gt;</title><link>/a?utm_source=rss#top</link>"
        "<guid isPermaLink='false'>tag:1</guid>"
        "<dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>Jane Roe</dc:creator>"
        f"<pubDate>Fri, 25 Oct 2024 09:30:00 +0200</pubDate><description>Short.</description>{ENCODED}"
    )
    entry = one(body)
    assert (entry.guid, entry.url) == ("tag:1", "https://example.org/a?utm_source=rss")
    assert (entry.title, entry.publisher, entry.authors) == ("Talks & harbours", "Example Wire", ("Jane Roe",))
    assert entry.published == "2024-10-25T09:30:00+02:00"
    assert "part 5 of the talk" in entry.content


def test_an_atom_entry_with_its_source_and_relative_links() -> None:
    feed = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Planet</title><entry>
      <id>urn:1</id><title type="html">Talks &amp;lt;go on</title><link rel="alternate" href="/b"/>
      <updated>2024-10-26T10:00:00Z</updated><published>2024-10-25T08:00:00Z</published>
      <author><name>Jane Roe</name></author><author><name>John Doe</name></author>
      <source><title>Example Times</title></source>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{FULL}</div></content></entry></feed>"""
    (entry,) = read_feed(feed.encode(), NAME).entries
    assert (entry.guid, entry.url, entry.publisher) == ("urn:1", "https://example.org/b", "Example Times")
    assert (entry.published, entry.authors) == ("2024-10-25T08:00:00Z".replace("Z", "+00:00"), ("Jane Roe", "John Doe"))
    assert "part 1 of the talk" in entry.content


def test_older_kinds_of_feeds_are_read() -> None:
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old Wire</title></channel>
      <item rdf:about="https://example.org/c"><title>Old</title><link>https://example.org/c</link>
      <dc:date>2004-05-06</dc:date></item></rdf:RDF>"""
    feed = read_feed(rdf.encode(), NAME)
    assert (feed.title, [(e.url, e.published) for e in feed.entries]) == (
        "Old Wire", [("https://example.org/c", "2004-05-06")]
    )  # fmt: skip
    doctype = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss.dtd">'
    old = f"<?xml version='1.0'?>{doctype}<rss version='0.91'><channel><title>T</title>{item(1, NAME)}</channel></rss>"
    assert len(read_feed(old.encode(), NAME).entries) == 1


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("<pubDate>Fri, 25 Oct 2024 09:30:00 GMT</pubDate>", "2024-10-25T09:30:00+00:00"),
        ("<pubDate>2024-10-25</pubDate>", "2024-10-25"),
        ("<pubDate>Fri, 32 Oct 2024 99:30:00 GMT</pubDate>", None),
        ("<pubDate>yesterday</pubDate>", None),
        ("<pubDate>05/10/2024</pubDate>", None),
        ("<pubDate></pubDate>", None),
        ("<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>", None),
        ("<pubDate>0001-01-01T00:00:00Z</pubDate>", None),
        ("<pubDate>Fri, 25 Oct 2930 09:30:00 GMT</pubDate>", None),
        ("<pubDate>99999999999999999999</pubDate>", None),
        ("", None),
    ],
)
def test_a_date_that_cannot_be_right_is_left_out_and_never_made_up(date: str, published: str | None) -> None:
    assert one(f"<link>{NAME}/1</link>{date}").published == published


def test_a_bad_date_is_noted_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    one("<link>/1</link><pubDate>the other day</pubDate>")
    assert "the other day" in caplog.text
    assert "https://example.org/1" in caplog.text


def test_a_summary_is_not_the_article() -> None:
    long = "This is what it is about. " * 40
    assert one(f"<link>/1</link><description>{long}</description>").content is None
    assert one("<link>/1</link><content:encoded>Only a few words.</content:encoded>").content is None
    cut = ENCODED.replace("]]>", "<p>Continue reading &#8594;</p>]]>")
    assert one(f"<link>/1</link>{cut}").content is None
    assert one(f"<link>/1</link>{ENCODED.replace(']]>', ' [&#8230;]]]>')}").content is None


def test_one_guid_for_all_entries_tells_nothing() -> None:
    items = "".join(f"<item><guid>same</guid><link>/{n}</link></item>" for n in range(3))
    assert [entry.guid for entry in read_feed(rss(items).encode(), NAME).entries] == [None] * 3


@pytest.mark.parametrize(
    ("encoding", "declared", "charset"),
    [
        ("utf-8", "", None),
        ("cp1251", "windows-1251", None),
        ("cp1251", "", "windows-1251"),
        ("cp1251", "utf-8", "windows-1251"),
        ("koi8-r", "KOI8-R", "utf-8"),
        ("utf-16", "utf-16", None),
        ("utf-16-be", "utf-16", "text/xml"),
        ("utf-8-sig", "iso-8859-1", "iso-8859-1"),
        ("utf-8", "windows-1251", "no-such-charset"),
    ],
)
def test_encodings_declared_or_declared_wrongly(encoding: str, declared: str, charset: str | None) -> None:
    declaration = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    text = rss(item(1, "https://example.org/1").replace("Talk", "Министры встретились в Риге"), "Пример", declaration)
    feed = read_feed(text.encode(encoding), NAME, charset)
    assert (feed.title, feed.entries[0].title) == ("Пример", "Министры встретились в Риге 1")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (article(1), "web page"),
        (article(1, "<link rel='alternate' type='application/rss+xml' href='/feed.xml'>"), "https://example.org/feed.xml"),
        (b"<opml version='2.0'><body/></opml>", "OPML"),
        (b"<urlset><url><loc>https://example.org/</loc></url></urlset>", "XML of another kind (urlset)"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "no feed"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
        (b"<!-- <rss> never closed", "not XML"),
        (b"x" * (4 * 2**20 + 1), "too large"),
        (b"<rss>" + b"<Item>" * 20_001, "too many"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused_with_a_remedy(data: bytes, said: str) -> None:
    with pytest.raises(IntakeError, match=re.escape(said)) as caught:
        read_feed(data, NAME)
    assert str(caught.value).startswith(NAME)


def laughs(root: str) -> str:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f"<?xml version='1.0'?><!DOCTYPE x [{entities}]>{root}"


def test_billion_laughs_and_foreign_entities_do_nothing(tmp_path: object) -> None:
    secret = tmp_path / "secret"  # type: ignore[operator]
    secret.write_text("TOPSECRET")
    tracemalloc.start()
    started = time.monotonic()
    for bomb in (
        laughs(rss(item(1, "https://example.org/&a11;").replace("Talk", "&a11;"), "&a11;", "")),
        f'<!DOCTYPE x [<!ENTITY f SYSTEM "file://{secret}">]>' + rss(item(1, NAME).replace("Talk", "&f;"), "&f;", ""),
        f'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p; <!ENTITY q "<rss>&#60;]>">]>{rss(item(1, NAME))}',
    ):
        feed, _ = attempt(partial(read_feed, bomb.encode(), NAME))
        assert "TOPSECRET" not in repr(feed)
        assert len(repr(feed)) < 5_000
    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    tracemalloc.stop()
    assert time.monotonic() - started < 5


@given(st.text(alphabet="<>/&;![]CDATA-? \"'=x:abcitem\x00\ud800é", max_size=300), st.booleans())
@settings(max_examples=150, deadline=None)
def test_broken_feeds_give_entries_or_an_error_and_nothing_else(noise: str, inside: bool) -> None:
    text = rss(item(1, "https://example.org/1") + noise) if inside else noise + rss(item(1, NAME))
    feed, said = attempt(lambda: read_feed(text.encode("utf-8", "replace"), NAME))
    if feed is None:
        assert said.startswith(NAME)
    else:
        assert all(entry.url is None or entry.url.startswith("http") for entry in feed.entries)


@pytest.mark.parametrize("hostile", ["<item>" * 20_000, "<a b='" * 50_000, "&lt;" * 400_000, "<![CDATA[" * 50_000])
def test_hostile_feeds_cost_little_time(hostile: str) -> None:
    started = time.monotonic()
    feed, said = attempt(lambda: read_feed(rss(hostile).encode(), NAME))
    assert said or len(feed.entries) <= 5_000
    assert time.monotonic() - started < 6


def test_a_saved_feed_gives_the_articles_it_carries_and_says_which_it_does_not() -> None:
    date = "<pubDate>Fri, 25 Oct 2024 09:30:00 GMT</pubDate>"
    items = item(1, "https://example.org/1", ENCODED + date) + item(
        2, "https://example.org/2", "<description>x</description>"
    )
    full, short = read_feed_file("saved.xml", rss(items).encode())
    assert full.error is None
    assert full.text.count("the ministers of both countries") == 5
    assert (full.origin, full.ref, full.title) == ("https://example.org/1", "talk-1", "Talk 1")
    assert (full.publisher, full.published, full.published_from) == (
        "Example Wire",
        "2024-10-25T09:30:00+00:00",
        "feed",
    )
    assert (short.text, short.origin, short.ref) == ("", "https://example.org/2", "talk-2")
    assert "saved.xml, entry 2: the feed has only a summary" in str(short.error)
    assert "sayso watch" in str(short.error)


def test_a_file_that_is_no_feed_is_one_failed_document() -> None:
    (failed,) = read_feed_file("saved.xml", b"<opml><body/></opml>")
    assert "OPML" in str(failed.error)
    (empty,) = read_feed_file("saved.xml", rss("").encode())
    assert "no entries" in str(empty.error)


def test_the_date_of_an_entry_is_the_feeds_and_not_one_in_its_text() -> None:
    entry = one(f"<link>/1</link>{ENCODED.replace('<p>', '<time datetime=2001-01-01>2001</time><p>', 1)}")
    document = content_document(entry, NAME)
    assert (document.published, document.published_from) == (None, None)
