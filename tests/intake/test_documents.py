from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.errors import IntakeError
from sayso.intake import count, documents
from sayso.records import Document

ARTICLE = "The ministers met in Riga on Monday.\r\nThey agreed to meet again.\n"
PAGE = "<!doctype html><html><body><article>" + f"<p>{ARTICLE * 6}</p>" * 4 + "</article></body></html>"


def stdin(data: str | bytes) -> io.BytesIO:
    return io.BytesIO(data.encode() if isinstance(data, str) else data)


def one(*paths: str, data: bytes = b"") -> Document:
    (document,) = documents(paths, stdin=stdin(data))
    return document


def test_a_text_file_is_taken_to_the_character(tmp_path: Path) -> None:
    path = tmp_path / "a.TXT"
    path.write_bytes(ARTICLE.encode())
    assert one(str(path)) == Document(text=ARTICLE, origin=str(path))


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.md", "a.html", "c.txt", ".hidden.txt", ".git/x.txt", "photo.jpg", "notes.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE if name.endswith("html") else ARTICLE)
    (tmp_path / "d.jsonl").write_text('{"text": "x"}\n{"text": "y"}\n')
    found = [(document.origin, document.error) for document in documents([str(tmp_path)])]
    names = ["a.html", "c.txt", "d.jsonl", "d.jsonl", "b/10.md", "b/2.txt"]
    assert found == [(str(tmp_path / name), None) for name in names]
    assert count([str(tmp_path), str(tmp_path / "c.txt")]) == 7


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (ARTICLE.encode(), [ARTICLE]),
        (b'{"text": "one"}\n{"text": "two"}\n', ["one", "two"]),
        (b'\xef\xbb\xbf{ "text": "one"}', ["one"]),
        (b"{He said} is how it began.", ["{He said} is how it began."]),
    ],
    ids=["text", "jsonl", "marked jsonl", "brace"],
)
def test_standard_input_is_what_it_looks_like(data: bytes, texts: list[str]) -> None:
    source = stdin(data)
    assert [document.text for document in documents(["-"], stdin=source)] == texts
    assert count(["-"]) is None


def test_standard_input_may_be_a_page() -> None:
    assert one("-", data=b"\n " + PAGE.encode()).text.count("They agreed") == 6


def test_options_fill_in_what_is_not_given(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "a", "published": "2001-01-01", "publisher": "Own"}) + '\n{"text": "b"}\n')
    own, filled = documents([str(path)], published="25 Oct 2024", publisher="Example Times")
    assert (own.published, own.published_from, own.publisher) == ("2001-01-01", "column", "Own")
    assert (filled.published, filled.published_from) == ("2024-10-25", "option")
    assert filled.publisher == "Example Times"


def test_a_url_goes_before_the_option_and_the_option_before_the_text(tmp_path: Path) -> None:
    rows = [
        {"text": "The talks ended.", "url": "https://example.org/2024/10/25/talks"},
        {"text": "Published: 25 October 2024\n\nThe talks ended."},
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = [(document.published, document.published_from) for document in documents([str(path)], published="2023")]
    assert found == [("2024-10-25", "address"), ("2023", "option")]
    found = [(document.published, document.published_from) for document in documents([str(path)])]
    assert found == [("2024-10-25", "address"), ("2024-10-25", "text")]


def test_what_failed_has_no_date(tmp_path: Path) -> None:
    document = next(documents([str(tmp_path / "none.txt")]))
    assert (document.published, document.published_from) == (None, None)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"published": "soon"}, "write it as YYYY-MM-DD"),
        ({"published": "2931-01-01"}, "in the future"),
        ({"published": "2931"}, "in the future"),
        ({"columns": {"txt": "body"}}, "no column is called txt"),
    ],
)
def test_options_that_make_no_sense_are_refused_at_once(options: dict[str, object], said: str) -> None:
    with pytest.raises(IntakeError, match=said):
        documents(["-"], **options)  # type: ignore[arg-type]


def bad_input(folder: Path) -> dict[str, tuple[bytes | None, str]]:
    """Return the files of the worst folder there is, and a word of what must be said about each."""
    return {
        "empty.txt": (b"", "empty"),
        "binary.txt": (os.urandom(100_000), "binary|not text"),
        "scan.txt": (b"%PDF-1.4\n\x00\x01", "pdftotext"),
        "scan.pdf": (b"%PDF-1.4\n", "does not read .pdf"),
        "noextension": (b"text", "files without an extension"),
        "missing.txt": (None, "no such file"),
        "nested.html": (b"<html><body>" + b"<div>" * 100_000, "tags"),
        "menus.html": (b"<html><body><a href='/'>Home</a></body></html>", "no article"),
        "broken.jsonl": (b'{"text": \n', "line 1: not valid JSON"),
        "columns.csv": (b"id,body\n1,x\n", "no column 'text'"),
        "rubbish.parquet": (b"rubbish", "not a sound Parquet file"),
        "rubbish.warc": (b"rubbish", "not a sound WARC file"),
        "rubbish.zip": (b"rubbish", "not a sound ZIP file"),
        "rubbish.tar": (b"rubbish" * 200, "not a sound tar archive"),
        "rubbish.jsonl.gz": (b"rubbish", "broken or cut off"),
        "packed.gz": (b"\x1f\x8b", "name it like news.jsonl.gz"),
        "table.parquet.gz": (b"\x1f\x8b", "does not read .parquet.gz"),
    }


def test_bad_input_is_named_with_a_remedy_and_the_rest_is_read(tmp_path: Path) -> None:
    wanted = []
    for name, (data, said) in bad_input(tmp_path).items():
        if data is not None:
            (tmp_path / name).write_bytes(data)
        wanted.append((str(tmp_path / name), said))
    (tmp_path / "good.txt").write_bytes(ARTICLE.encode())
    paths = [path for path, _ in wanted]
    *bad, web, good = documents([*paths, "ftp://example.org/a.html", str(tmp_path / "good.txt")])
    assert good.text == ARTICLE
    assert "save the file" in (web.error or "")
    assert [document.origin for document in bad] == paths
    for document, (path, said) in zip(bad, wanted, strict=True):
        assert document.error is not None
        assert document.error.startswith(path)
        assert any(word in document.error for word in said.split("|")), document.error
        assert "\n" not in document.error


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_an_unreadable_file(tmp_path: Path) -> None:
    for name in ("a.txt", "a.jsonl", "a.parquet"):
        (tmp_path / name).write_text("x")
        (tmp_path / name).chmod(0)
        assert "cannot be read (Permission denied)" in (one(str(tmp_path / name)).error or "")


def test_files_that_fail_while_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.jsonl").write_text("x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    for name in ("a.txt", "a.jsonl"):
        error = one(str(tmp_path / name)).error or ""
        assert error == f"{tmp_path / name} cannot be read (Permission denied)"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a regular file" in (one(str(tmp_path / "pipe.txt")).error or "")


def test_long_texts_are_taken_for_the_reader_to_refuse(tmp_path: Path) -> None:
    (tmp_path / "line.txt").write_bytes(b"x" * 5_000_000)
    assert len(one(str(tmp_path / "line.txt")).text) == 5_000_000


def test_web_addresses_and_feeds_are_left_to_their_readers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sayso.intake import feed, page

    def address(url: str) -> Iterator[Document]:
        yield Document(text="page", origin=url)

    def entries(name: str, data: bytes) -> Iterator[Document]:
        yield Document(text=data.decode(), origin=name)

    monkeypatch.setattr(page, "read_address", address)
    monkeypatch.setattr(feed, "read_feed_file", entries)
    (tmp_path / "feed.xml").write_text("entry")
    paths = ["https://example.org/2024/10/25/a", str(tmp_path / "feed.xml")]
    fetched, entry = documents(paths)
    assert (fetched.text, fetched.published, fetched.published_from) == ("page", "2024-10-25", "address")
    assert (entry.text, entry.origin) == ("entry", paths[1])
    assert count(paths) is None


def test_nothing_is_read_ahead(tmp_path: Path) -> None:
    first, second = tmp_path / "1.txt", tmp_path / "2.txt"
    first.write_text("one")
    found = documents([str(first), str(second)])
    assert next(found).text == "one"
    second.write_text("two")
    assert next(found).text == "two"


def test_a_folder_that_cannot_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked").mkdir()
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    scan = os.scandir

    def refuse(folder: str) -> object:
        if str(folder).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    read, failed = documents([str(tmp_path)])
    assert read.error is None
    assert failed.error == f"{tmp_path / 'locked'}: the folder cannot be opened; check who may read it"


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("text,text\nx,y\n", encoding="utf-8")
    assert "2 columns called 'text'" in (one(str(path)).error or "")
