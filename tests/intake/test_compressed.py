from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from sayso.intake import compressed, count, documents, unpacking
from sayso.intake.text import MAX_BYTES
from sayso.records import Document

TEXT = "The café talks ended in Łódź.\r\n"
PAGE = b"<!doctype html><html><body><article>" + f"<p>{TEXT * 9}</p>".encode() + b"</article></body></html>"
ROWS = b"".join(json.dumps({"text": f"Talks {n} ended.", "id": n}).encode() + b"\n" for n in range(3))
CSV = b"id,text\n7,The talks ended.\n"


def zstd(data: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return bytes(sink.getvalue())


PACKERS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstd}
every_packing = pytest.mark.parametrize(("extension", "pack"), PACKERS.items(), ids=list(PACKERS))
Pack = Callable[[bytes], bytes]


def read(path: Path, data: bytes) -> list[Document]:
    path.write_bytes(data)
    return list(documents([str(path)]))


def errors(found: list[Document]) -> list[str]:
    return [document.error for document in found if document.error]


def zipped(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in files.items():
            archive.writestr(name, held)
    return data.getvalue()


def tarred(files: dict[str, bytes], **changes: Any) -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name, held in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(held)
            info.type = tarfile.DIRTYPE if name.endswith("/") else tarfile.REGTYPE
            for key, value in changes.items():
                setattr(info, key, value)
            archive.addfile(info, io.BytesIO(held))
    return data.getvalue()


@every_packing
@pytest.mark.parametrize(
    ("name", "data", "texts"),
    [
        ("a.txt", TEXT.encode(), [TEXT]),
        ("a.jsonl", ROWS, ["Talks 0 ended.", "Talks 1 ended.", "Talks 2 ended."]),
        ("a.csv", CSV, ["The talks ended."]),
    ],
)
def test_packed_files_are_read_as_what_they_hold(
    tmp_path: Path, extension: str, pack: Pack, name: str, data: bytes, texts: list[str]
) -> None:
    path = tmp_path / (name + extension)
    found = read(path, pack(data))
    assert [document.text for document in found] == texts
    assert {document.origin for document in found} == {str(path)}
    assert count([str(path)]) == (1 if name == "a.txt" else None)


@every_packing
def test_packed_pages_and_files_put_one_behind_the_other(tmp_path: Path, extension: str, pack: Pack) -> None:
    assert "café talks" in read(tmp_path / f"a.html{extension}", pack(PAGE))[0].text
    assert len(read(tmp_path / f"b.jsonl{extension}", pack(ROWS) + pack(ROWS))) == 6


@every_packing
def test_what_is_before_a_break_is_read(tmp_path: Path, extension: str, pack: Pack) -> None:
    rows = b"".join(json.dumps({"text": f"{os.urandom(600).hex()}"}).encode() + b"\n" for _ in range(900))
    *good, broken = read(tmp_path / f"a.jsonl{extension}", pack(rows)[:-1000])
    assert "broken or cut off" in (broken.error or "")
    assert "get the file again" in (broken.error or "")
    if extension != ".bz2":  # which packs 900 kB at once
        assert len(good) > 100
    assert errors(good) == []


@every_packing
def test_what_is_not_packed_says_so(tmp_path: Path, extension: str, pack: Pack) -> None:
    assert "broken or cut off" in errors(read(tmp_path / f"a.txt{extension}", b"no archive at all"))[0]
    assert errors(read(tmp_path / f"b.txt{extension}", b"")) == [f"{tmp_path}/b.txt{extension}: the file is empty"]
    assert "binary" in errors(read(tmp_path / f"c.txt{extension}", pack(os.urandom(5_000))))[0]


@every_packing
def test_bombs_are_refused_while_they_unpack(
    tmp_path: Path, extension: str, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "HARMLESS", 1_000_000)
    for name, head in (("a.txt", b""), ("a.jsonl", b'{"text": "'), ("a.csv", b"text\n")):
        (error,) = errors(read(tmp_path / (name + extension), pack(head + b"x" * 30_000_000)))
        assert "300 times its size" in error


def test_an_xz_file_may_not_ask_for_any_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = lzma.compress(TEXT.encode())
    assert errors(read(tmp_path / "a.txt.xz", packed)) == []
    monkeypatch.setattr(unpacking, "_XZ_MEMORY", 1 << 15)
    assert "Memory usage limit" in errors(read(tmp_path / "a.txt.xz", packed))[0]


MEMBERS = {
    "inner/": b"",
    "inner/name.txt": TEXT.encode(),
    "rows.jsonl": ROWS,
    "packed.csv.gz": gzip.compress(CSV),
    "page.html": PAGE,
    "photo.jpg": b"\xff\xd8\xff",
    ".hidden.txt": b"x",
    "__MACOSX/._name.txt": b"x",
    "../../etc/name.txt": b"Outside.",
}
READ = ["inner/name.txt", *["rows.jsonl"] * 3, "packed.csv.gz", "page.html", "../../etc/name.txt"]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.zip", zipped),
        ("a.tar", tarred),
        ("a.tgz", lambda files: gzip.compress(tarred(files))),
        ("a.tar.gz", lambda files: gzip.compress(tarred(files))),
        ("a.tar.xz", lambda files: lzma.compress(tarred(files))),
        ("a.tar.zst", lambda files: zstd(tarred(files))),
    ],
)
def test_archives_are_read_in_their_order(
    tmp_path: Path, name: str, make: Callable[[dict[str, bytes]], bytes], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "sayso.intake")
    found = read(tmp_path / name, make(MEMBERS))
    assert [(document.origin, document.error) for document in found] == [
        (f"{tmp_path / name}!{member}", None) for member in READ
    ]
    assert found[0].text == TEXT
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert "1 files of other kinds are skipped: 1 .jpg" in caplog.text
    assert count([str(tmp_path / name)]) is None


def test_the_texts_of_a_zip_archive_are_counted(tmp_path: Path) -> None:
    found = read(tmp_path / "a.zip", zipped({"a.txt": b"a", "b.html": PAGE, "c.zip": b"", "d.jpg": b"", "e/": b""}))
    assert count([str(tmp_path / "a.zip")]) == len(found) == 3


BAD_MEMBERS = {
    "b.zip": (zipped({"a.txt": b"a"}), "archives in archives are not opened"),
    "b.tar.gz": (b"", "archives in archives are not opened"),
    "b.parquet": (b"PAR1", "Parquet files in archives are not read"),
    "empty.txt": (b"", "the file is empty"),
    "binary.txt": (os.urandom(2_000), "binary"),
    "broken.jsonl.gz": (gzip.compress(ROWS)[:-20], "broken or cut off"),
    "big.txt": (b"x" * (MAX_BYTES + 1), "is larger than 64 MB|300 times its size"),
    "odd\n\x1b[31m.txt": (b"", "odd\ufffd\ufffd[31m.txt: the file is empty"),
}


@pytest.mark.parametrize(("name", "make"), [("a.zip", zipped), ("a.tar", tarred)])
def test_bad_files_in_archives_are_named_and_the_rest_is_read(
    tmp_path: Path, name: str, make: Callable[[dict[str, bytes]], bytes]
) -> None:
    files = {member: data for member, (data, _) in BAD_MEMBERS.items()}
    found = read(tmp_path / name, make({"first.txt": b"first", **files, "last.txt": b"last"}))
    texts = [document.text for document in found if not document.error]
    assert (texts[0], texts[-1]) == ("first", "last")
    for error, (_, said) in zip(errors(found), BAD_MEMBERS.values(), strict=True):
        assert error.startswith(f"{tmp_path / name}!")
        assert any(words in error for words in said.split("|"))
        assert "\n" not in error


def flagged(data: bytes, local: int, central: int, value: int) -> bytes:
    """Return a ZIP archive in which a byte of the first file's two headers is another."""
    changed = bytearray(data)
    changed[local] = value
    changed[data.index(b"PK\x01\x02") + central] = value
    return bytes(changed)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (flagged(zipped({"a.txt": b"a", "b.txt": b"b"}), 6, 8, 1), "encrypted"),
        (flagged(zipped({"a.txt": b"a", "b.txt": b"b"}), 8, 10, 99), "cannot be unpacked"),
        (zipped({"a.txt": TEXT.encode(), "b.txt": b"b"}).replace(b"a.txt", b"c.txt", 1), "cannot be unpacked"),
    ],
    ids=["encrypted", "method", "names differ"],
)
def test_a_file_of_a_zip_archive_that_cannot_be_unpacked(tmp_path: Path, data: bytes, said: str) -> None:
    bad, good = read(tmp_path / "a.zip", data)
    assert good.text == "b"
    assert said in (bad.error or "")
    assert (bad.error or "").startswith(f"{tmp_path}/a.zip!a.txt: ")


def test_names_in_utf8_that_are_not_marked_as_such(tmp_path: Path) -> None:
    data = zipped({"Łódź.txt": b"a"})
    (document,) = read(tmp_path / "a.zip", flagged(flagged(data, 7, 9, 0), 7, 9, 0))
    assert document.origin == f"{tmp_path}/a.zip!Łódź.txt"


def test_a_zip_archive_whose_files_are_one_and_the_same_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressed, "HARMLESS", 1_000_000)
    found = read(tmp_path / "a.zip", zipped({f"{n}.txt": b"x" * 900_000 for n in range(100)}))
    assert len(found) < 100
    assert "what follows is not read" in (found[-1].error or "")


def test_links_and_files_with_holes_in_a_tar_archive_are_left_alone(tmp_path: Path) -> None:
    link = tarred({"a.txt": b""}, type=tarfile.SYMTYPE, linkname="/etc/hostname")
    assert read(tmp_path / "a.tar", link) == []
    holes = tarred({"a.txt": b""}, type=tarfile.GNUTYPE_SPARSE)
    assert all(document.text == "" for document in read(tmp_path / "b.tar", holes))


@pytest.mark.parametrize(
    ("cut", "said"), [(700, "unexpected end of data"), (1_400, "no end of it")], ids=["in a file", "in a header"]
)
def test_a_tar_archive_that_is_cut_off(tmp_path: Path, cut: int, said: str) -> None:
    *_, last = read(tmp_path / "a.tar", tarred({"a.txt": b"a" * 500, "b.txt": b"b"})[:cut])
    assert said in (last.error or "")
    assert "what follows is not read: get it again" in (last.error or "")


def test_a_tar_archive_that_is_broken_in_the_middle(tmp_path: Path) -> None:
    data = tarred({"a.txt": b"a", "b.txt": b"b", "c.txt": b"c"})
    first, last = read(tmp_path / "a.tar", data[:1_030] + b"xx" + data[1_032:])
    assert first.text == "a"
    assert "not a sound tar archive after 1 files" in (last.error or "")


def test_a_zip_archive_with_a_file_that_has_no_name(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"a", "b.txt": b"b"}).replace(b"b.txt", b"\0.txt")
    (document,) = read(tmp_path / "a.zip", data)
    assert document.text == "a"


def test_a_tar_archive_may_not_describe_itself_at_any_length(tmp_path: Path) -> None:
    info = tarfile.TarInfo("a.txt")
    info.type, info.size = tarfile.XHDTYPE, 1 << 40
    (error,) = errors(read(tmp_path / "a.tar", info.tobuf(tarfile.GNU_FORMAT) + bytes(10_000)))
    assert "its own description is too long" in error


def test_a_bomb_that_is_skipped_in_a_tar_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "HARMLESS", 1_000_000)
    bomb = gzip.compress(tarred({"a.txt": b"a", "b.jpg": b"x" * 30_000_000, "c.txt": b"c"}))
    first, last = read(tmp_path / "a.tar.gz", bomb)
    assert first.text == "a"
    assert "300 times its size" in (last.error or "")


def test_archives_hold_no_more_than_so_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressed, "MAX_MEMBERS", 3)
    files = {f"{n}.txt": b"x" for n in range(9)}
    for name, make in (("a.zip", zipped), ("a.tar", tarred)):
        *three, last = read(tmp_path / name, make(files))
        assert len(three) == 3
        assert "more than 3 files" in (last.error or "")


def test_nothing_of_a_packed_table_is_read_ahead(tmp_path: Path) -> None:
    rows = b"".join(json.dumps({"text": os.urandom(300).hex()}).encode() + b"\n" for _ in range(20_000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(rows, 1))
    found = documents([str(tmp_path / "a.jsonl.gz")])
    began = time.process_time()
    assert next(found).error is None
    assert time.process_time() - began < 0.1
