from __future__ import annotations

import codecs
import io

import pytest

from sayso.errors import IntakeError
from sayso.intake import text

SENTENCE = "Łódź and Škoda: the café “reopens” in Zürich, said Đinđić.\r\n"
WESTERN = "The café’s owner – a Zürich banker – said the fiancée “agreed” to leave the town on Monday.\n" * 3
RUSSIAN = "Президент встретился с министром иностранных дел в Москве и обсудил переговоры о мире.\n" * 4


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (SENTENCE.encode(), SENTENCE),
        (codecs.BOM_UTF8 + SENTENCE.encode(), SENTENCE),
        (SENTENCE.encode("utf-16"), SENTENCE),
        (codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"), SENTENCE),
        (SENTENCE.encode("utf-32"), SENTENCE),
        (b"plain\r\nascii \t \n\n", "plain\r\nascii \t \n\n"),
        ("astral 🗳 and combining e\u0301".encode(), "astral 🗳 and combining e\u0301"),
        (WESTERN.encode("cp1252"), WESTERN),
        ("The talks ended.\n".encode("utf-16-le") * 4, "The talks ended.\n" * 4),
        ("The talks ended.\n".encode("utf-16-be") * 4, "The talks ended.\n" * 4),
        (RUSSIAN.encode("cp1251"), RUSSIAN),
    ],
    ids=["utf8", "bom", "utf16", "utf16be", "utf32", "ascii", "astral", "cp1252", "bare16le", "bare16be", "cp1251"],
)
def test_decodes_to_the_character(data: bytes, expected: str) -> None:
    assert text.decode(data) == expected


def test_a_byte_order_mark_in_the_middle_stays() -> None:
    assert text.decode("one\ufefftwo".encode()) == "one\ufefftwo"


@pytest.mark.parametrize("declared", ["utf-8", "ascii", "no-such-code", "rot13", None])
def test_a_wrong_declaration_is_not_believed(declared: str | None) -> None:
    assert text.decode(WESTERN.encode("cp1252"), declared) == WESTERN


def test_a_declaration_that_fits_is_believed() -> None:
    polish = "Pracownicy łódzkiej fabryki żądają wyższych płac, mówią związkowcy.\n" * 3
    assert text.decode(polish.encode("iso-8859-2"), "iso-8859-2") == polish


def test_one_broken_character_in_much_utf8_does_not_make_it_another_encoding(caplog: pytest.LogCaptureFixture) -> None:
    data = SENTENCE.encode() * 40 + b"\xe2\x28 end\n"
    assert text.decode(data).startswith(SENTENCE * 40)
    assert "not UTF-8" in caplog.text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"PAR1\x15\x04", ".parquet"),
        (bytes(range(256)) * 40, "binary"),
        (b"text with a\x00NUL", "binary"),
        (b"\x01\x02\x03\x04 escape codes " * 5, "binary"),
    ],
)
def test_says_what_is_no_text(data: bytes, said: str) -> None:
    with pytest.raises(IntakeError, match=said):
        text.decode(data)


def test_a_stream_is_not_read_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MAX_BYTES", 1000)
    endless = io.BytesIO(b"x" * 1_000_000)
    with pytest.raises(IntakeError, match=r"big\.txt is larger .* split it"):
        text.read_stream(endless, "big.txt")
    assert endless.tell() == 1001


def test_lone_surrogates_become_replacement_characters_of_the_same_length() -> None:
    assert text.without_surrogates("a\ud800b🗳") == "a\ufffdb🗳"
