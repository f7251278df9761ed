from __future__ import annotations

import bz2
import gzip
import io
import zlib
from pathlib import Path

import pytest

from sayso.intake import count, documents, warc
from sayso.records import Document

SENTENCE = "The ministers of both countries met in Riga to talk about the harbour, officials said, and parted. "


def page(head: str = "", words: str = SENTENCE) -> bytes:
    return f"<!doctype html><html><head>{head}</head><body><article><p>{words * 5}</p></article></body></html>".encode()


def http(body: bytes, *lines: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    head = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Type: {kind}", *lines))
    return f"{head}\r\n\r\n".encode() + body


def record(
    name: str, block: bytes, kind: str = "response", content: str = "application/http; msgtype=response"
) -> bytes:
    head = "\r\n".join(
        (
            "WARC/1.0",
            f"WARC-Type: {kind}",
            f"WARC-Record-ID: <urn:uuid:{name}>",
            "WARC-Date: 2024-10-26T10:00:00Z",
            f"WARC-Target-URI: https://example.org/{name}",
            f"Content-Type: {content}",
            f"Content-Length: {len(block)}",
        )
    )
    return f"{head}\r\n\r\n".encode() + block + b"\r\n\r\n"


FOUR = [record(str(number), http(page())) for number in range(4)]
PACKED = [gzip.compress(one) for one in FOUR]


def read(path: Path, data: bytes) -> list[Document]:
    path.write_bytes(data)
    return list(documents([str(path)]))


def names(found: list[Document]) -> list[str | None]:
    """Return the ids of what was read, None for what was not."""
    return [
        document.ref.removeprefix("urn:uuid:") if document.ref and not document.error else None for document in found
    ]


def chunked(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.warc", b"".join(FOUR)),
        ("a.warc.gz", b"".join(PACKED)),
        ("a.warc.gz", gzip.compress(b"".join(FOUR))),
        ("a.warc.bz2", bz2.compress(b"".join(FOUR))),
    ],
)
def test_pages_become_documents(tmp_path: Path, name: str, data: bytes) -> None:
    first, *others = read(tmp_path / name, data)
    assert (first.origin, first.ref, first.error) == ("https://example.org/0", "urn:uuid:0", None)
    assert first.text.startswith("The ministers of both countries")
    assert (first.published, first.published_from) == (None, None)
    assert names(others) == ["1", "2", "3"]
    assert count([str(tmp_path / name)]) is None


def test_what_is_no_page_is_skipped_and_counted_in_one_line(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "sayso.intake")
    records = [
        record("info", b"software: x", "warcinfo", "application/warc-fields"),
        record("request", b"GET / HTTP/1.1\r\n\r\n", "request"),
        record("moved", http(page(), status="301 Moved")),
        record("picture", http(b"\x89PNG", kind="image/png")),
        record("script", http(b"alert(1)", kind="text/javascript")),
        record("seen", http(b""), "revisit"),
        record("dns", b"20241026", content="text/dns"),
        record("page", http(page())),
    ]
    assert names(read(tmp_path / "a.warc", b"".join(records))) == ["page"]
    (line,) = [message for message in caplog.messages if "skipped" in message]
    assert "7 of 8 records" in line
    assert "1 with status 301" in line
    assert "1 image/png" in line


def test_texts_of_a_wet_file(tmp_path: Path) -> None:
    records = [
        record("2024/10/25/a", "Café talks ended in Łódź.".encode(), "conversion", "text/plain"),
        record("b", b"A text of its own.", "resource", "text/plain; charset=utf-8"),
        record("c", page(), "resource", "text/html"),
    ]
    first, second, third = read(tmp_path / "a.wet.gz", b"".join(map(gzip.compress, records)))
    assert (first.text, first.published, first.published_from) == ("Café talks ended in Łódź.", "2024-10-25", "address")
    assert second.text == "A text of its own."
    assert third.text.startswith("The ministers")


@pytest.mark.parametrize(
    "block",
    [
        http(gzip.compress(page()), "Content-Encoding: gzip"),
        http(zlib.compress(page()), "Content-Encoding: deflate"),
        http(chunked(page()), "Transfer-Encoding: chunked"),
        http(chunked(gzip.compress(page())), "Transfer-Encoding: chunked", "Content-Encoding: gzip"),
        http(page(), "Transfer-Encoding: chunked", "Content-Encoding: gzip"),
        http(page(), "Content-Encoding: unheard-of"),
    ],
    ids=["gzip", "deflate", "chunked", "both", "neither, but says so", "unknown"],
)
def test_bodies_are_decoded_as_they_are(tmp_path: Path, block: bytes) -> None:
    (document,) = read(tmp_path / "a.warc", record("a", block))
    assert document.error is None
    assert document.text.startswith("The ministers of both countries")


def test_the_encoding_is_that_of_the_header(tmp_path: Path) -> None:
    polish = page(words="Pracownicy łódzkiej fabryki żądają wyższych płac. ").decode().encode("iso-8859-2")
    (document,) = read(tmp_path / "a.warc", record("a", http(polish, kind="text/html; charset=iso-8859-2")))
    assert "łódzkiej fabryki żądają" in document.text


@pytest.mark.parametrize(
    ("name", "day", "published"),
    [
        ("a", "2024-10-25T10:00:00Z", "2024-10-25T10:00:00+00:00"),
        ("a", "2024-10-27", "2024-10-27"),
        ("a", "2024-10-29", None),
        ("2024/11/29/a", "", None),
        ("2024/10/25/a", "2024-10-29", "2024-10-25"),
    ],
)
def test_nothing_is_published_after_the_crawl(tmp_path: Path, name: str, day: str, published: str | None) -> None:
    head = f"<meta property='article:published_time' content='{day}'>"
    (document,) = read(tmp_path / "a.warc", record(name, http(page(head))))
    assert document.published == published


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (http(gzip.compress(page())[:60] + b"x" * 50, "Content-Encoding: gzip"), "broken or cut off"),
        (http(gzip.compress(b" " * 3_000_000), "Content-Encoding: gzip"), "when unpacked"),
        (http(b"x" * 3_000_000), "the record is larger"),
        (http(b""), "the page is empty"),
        (http(b"<html><a href='/'>Home</a></html>"), "no article"),
        (http(page(), "Content-Encoding: gzip, gzip, gzip, gzip, gzip"), "more than four times"),
    ],
    ids=["broken gzip", "bomb", "large", "empty", "menu", "packed over and over"],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_bad_page_is_named_and_the_rest_is_read(
    tmp_path: Path, block: bytes, said: str, packed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warc, "MAX_RECORD", 1_000_000)
    records = [FOUR[0], record("bad", block), FOUR[1]]
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    first, bad, last = read(path, b"".join(map(gzip.compress, records) if packed else records))
    assert (first.error, last.error) == (None, None)
    assert (bad.origin, bad.ref) == ("https://example.org/bad", "urn:uuid:bad")
    assert (bad.error or "").startswith(f"{path}, https://example.org/bad: ")
    assert said in (bad.error or "")


def spoilt(data: bytes) -> bytes:
    return data[:60] + bytes(255 - byte for byte in data[60:64]) + data[64:]


@pytest.mark.parametrize(
    ("name", "data", "read_names", "said"),
    [
        ("a.warc", b"".join(FOUR)[:-100], ["0", "1", "2", None], "cut off"),
        ("a.warc.gz", b"".join(PACKED)[:-30], ["0", "1", "2", None], "cut off"),
        ("a.warc.gz", PACKED[0] + spoilt(PACKED[1]) + PACKED[2], ["0", None, "2"], "broken after record 1"),
        ("a.warc.gz", PACKED[0] + PACKED[1][:200] + PACKED[2], ["0", None, "2"], "broken after record 1"),
        ("a.warc", FOUR[0] + b"rubbish\r\n" * 999 + FOUR[2], ["0", None, "2"], "broken after record 1"),
        ("a.warc", FOUR[0] + FOUR[1][:400] + FOUR[2] + FOUR[3], ["0", None, None, "2", "3"], "cut off"),
        ("a.warc", b"rubbish" * 99, [None], "not a sound WARC file"),
        ("a.warc", b"", [None], "no WARC record"),
        ("a.warc.gz", b"", [None], "no WARC record"),
    ],
)
def test_reading_goes_on_behind_what_is_broken(
    tmp_path: Path, name: str, data: bytes, read_names: list[str | None], said: str
) -> None:
    found = read(tmp_path / name, data)
    assert names(found) == read_names
    broken = [document.error for document in found if document.error]
    assert said in broken[0]
    assert all("get the file again" in error or "check what kind" in error for error in broken)


def test_a_record_that_promises_more_than_there_is_costs_nothing(tmp_path: Path) -> None:
    endless = record("a", http(page())).replace(b"Content-Length: ", b"Content-Length: 99999999")
    (document,) = read(tmp_path / "a.warc", endless)
    assert "cut off" in (document.error or "")


def test_records_are_read_one_at_a_time() -> None:
    class Watched(io.BytesIO):
        taken = 0

        def read(self, size: int | None = -1) -> bytes:
            data = super().read(size)
            self.taken += len(data)
            return data

    stream = Watched(b"".join(record(str(n), http(page(words=f"{SENTENCE} {n} " * 40))) for n in range(300)))
    found = warc.read_warc(stream, "a.warc")
    assert next(found)[0].error is None
    assert stream.taken < len(stream.getvalue()) / 4
