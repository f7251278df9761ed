"""Tables of documents, one per row: JSONL, CSV, TSV and Parquet, streamed, so that they may be of any size.

Columns are ``text`` (required), ``id``, ``published``, ``title``, ``publisher``, ``url`` and ``language``; all others
are ignored. A row that cannot be read is a Document with ``error``, and the rows after it are read. The text of a row
is taken over to the character.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from sayso import object_store
from sayso.errors import IntakeError
from sayso.intake.dates import is_future, iso
from sayso.intake.text import buffered, encoding_of, log, without_surrogates
from sayso.records import Document

COLUMNS = ("text", "id", "published", "title", "publisher", "url", "language")
"""The columns that are read; ``columns`` in the functions here says under which names the input has them."""

MAX_ROW = 64_000_000
"""Characters in one row; more is a broken file, and is not kept in memory."""

_SAMPLE = 65_536
_HEAD = 1_024
_PARQUET_ROWS = 64

Columns = Mapping[str, str]
Row = Mapping[str, Any]


def read_table(path: str, columns: Columns) -> Iterator[Document]:
    """Yield the Documents of a table, told by its extension; what cannot be read is a Document with ``error``."""
    try:
        if Path(path).suffix.lower() == ".parquet":
            yield from _read_parquet(path, columns)
        else:
            with Path(path).open("rb", buffering=_SAMPLE) as stream:
                yield from TEXT_READERS[Path(path).suffix.lower()](stream, path, columns)
    except OSError as error:
        yield _failed(path, f"{path} cannot be read ({error.strerror or error})")


def read_jsonl(stream: BinaryIO, name: str, columns: Columns) -> Iterator[Document]:
    """Yield the Document of every line that holds a JSON object; blank lines are skipped."""
    for row in json_rows(stream, name):
        yield _failed(name, str(row)) if isinstance(row, IntakeError) else document(row[1], name, row[0], columns)


def json_rows(stream: BinaryIO, name: str) -> Iterator[tuple[str, Row] | IntakeError]:
    """Yield where each JSON object stands ("line 3") with the object, or the error that says why it cannot be read."""
    try:
        with _decoded(stream, newline="\n", encoding="utf-8") as characters:
            for number, line in enumerate(_lines(characters), 1):
                where = f"line {number}"
                if line is None:
                    yield IntakeError(f"{name}, {where}: more than {MAX_ROW:,} characters; split the document")
                elif line.strip():
                    yield _json_row(line, name, where)
    except (IntakeError, UnicodeDecodeError) as error:
        yield IntakeError(f"{name}: {error}")


def read_csv(stream: BinaryIO, name: str, columns: Columns) -> Iterator[Document]:
    """Yield the Document of every row after the header; the delimiter is the one that gives a text column."""
    csv.field_size_limit(max(csv.field_size_limit(), MAX_ROW))
    try:
        with _decoded(stream, newline="") as characters:
            delimiter, names = _header(characters.readline(_SAMPLE), columns)
            lines = iter(lambda: characters.readline(MAX_ROW), "")
            yield from _csv_documents(csv.reader(lines, delimiter=delimiter, strict=True), names, name, columns)
    except (IntakeError, UnicodeDecodeError) as error:
        yield _failed(name, f"{name}: {error}")


TEXT_READERS: dict[str, Callable[[BinaryIO, str, Columns], Iterator[Document]]] = {
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".csv": read_csv,
    ".tsv": read_csv,
}
EXTENSIONS = (*TEXT_READERS, ".parquet")


def document(row: Row, name: str, where: str, columns: Columns) -> Document:
    """Return the Document of one row, with ``error`` where it has no text."""
    values = {column: row.get(columns.get(column, column)) for column in COLUMNS}
    text = values["text"]
    place = f"{name}, {where}"
    published = _published(values["published"], place)
    made = Document(
        text=without_surrogates(text) if isinstance(text, str) else "",
        published=published,
        published_from="column" if published else None,
        publisher=_value(values["publisher"]),
        title=_value(values["title"]),
        origin=_value(values["url"]) or name,
        ref=_value(values["id"]),
        language=_value(values["language"]),
    )
    column = columns.get("text", "text")
    if text is None:
        made.error = f"{place}: no text; give it in {column!r}, or name its column with --map text=COLUMN"
    elif not isinstance(text, str):
        made.error = f"{place}: {column!r} holds a {type(text).__name__}, not text; write it as a string"
    elif not text.strip():
        made.error = f"{place}: the text is empty"
    elif made.text != text:
        log.warning("%s: half characters (lone surrogates) in the text become U+FFFD", place)
    return made


def count_rows(path: str) -> int | None:
    """Return how many rows a table has, estimated from its first megabyte; None where it cannot be read."""
    try:
        if Path(path).suffix.lower() == ".parquet":
            from pyarrow import parquet

            with parquet.ParquetFile(path) as file:
                return int(file.metadata.num_rows)
        with Path(path).open("rb") as stream:
            sample = stream.read(1 << 20)
        rows = _rows_in(sample.decode("latin-1"), Path(path).suffix.lower())
        return round(rows * Path(path).stat().st_size / max(1, len(sample)))
    except (OSError, ValueError, csv.Error):
        return None


def _rows_in(sample: str, extension: str) -> int:
    if extension in (".csv", ".tsv"):
        return sum(map(bool, csv.reader(io.StringIO(sample, newline="")))) - 1
    return sample.count("\n") + (not sample.endswith("\n"))


def _read_parquet(path: str, columns: Columns) -> Iterator[Document]:
    from pyarrow import ArrowException, parquet

    wanted = {columns.get(column, column) for column in COLUMNS}
    number = 0
    try:
        # without these two a whole row group, which may be the whole file, is read at once
        source = object_store.opened(path) if object_store.is_stored(path) else path
        with parquet.ParquetFile(source, buffer_size=_SAMPLE, pre_buffer=False) as table:
            _require_text(table.schema_arrow.names, columns)
            held = [name for name in table.schema_arrow.names if name in wanted]
            for batch in table.iter_batches(batch_size=_PARQUET_ROWS, columns=held):
                for row in batch.to_pylist():
                    number += 1
                    yield document(row, path, f"row {number}", columns)
    except IntakeError as error:
        yield _failed(path, f"{path}: {error}")
    except (ArrowException, UnicodeDecodeError) as error:
        problem = " ".join(str(error).split())[:200]
        yield _failed(path, f"{path}, after row {number}: not a sound Parquet file ({problem}); write it again")


@contextmanager
def _decoded(stream: BinaryIO, newline: str, encoding: str | None = None) -> Iterator[io.TextIOWrapper]:
    """Give a stream of characters; bytes that cannot be decoded become surrogates, to be found row by row.

    ``encoding`` is the one that the format prescribes; a byte order mark, or the look of UTF-16, overrules it.
    """
    peekable = buffered(stream)
    head = peekable.peek(_SAMPLE)
    if not head:
        raise IntakeError("the file is empty")
    found = encoding_of(head[: head.rfind(b"\n") + 1] or head, checked=_HEAD)
    if encoding is None or found.startswith("utf-"):
        encoding = found
    characters = io.TextIOWrapper(peekable, encoding, errors="surrogateescape", newline=newline)
    try:
        yield characters
    finally:
        with suppress(ValueError):  # it was closed meanwhile
            characters.detach()  # standard input is not ours to close


def _lines(characters: io.TextIOWrapper) -> Iterator[str | None]:
    """Yield the lines of a stream, None for one that is too long to be kept."""
    while line := characters.readline(MAX_ROW):
        if len(line) < MAX_ROW or line.endswith("\n"):
            yield line
            continue
        while (rest := characters.readline(MAX_ROW)) and not rest.endswith("\n"):
            pass
        yield None


def _json_row(line: str, name: str, where: str) -> tuple[str, Row] | IntakeError:
    if _undecoded(line):
        return IntakeError(f"{name}, {where}: not UTF-8; convert the file to UTF-8")
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        problem = f"not valid JSON ({error.msg} at column {error.colno})"
        return IntakeError(f"{name}, {where}: {problem}; write one JSON object per line")
    except (RecursionError, ValueError):
        return IntakeError(f"{name}, {where}: JSON nested too deep or a number too long; write a plain object")
    if not isinstance(row, dict):
        return IntakeError(f"{name}, {where}: a JSON {type(row).__name__}; write one JSON object per line")
    return where, row


def _header(line: str, columns: Columns) -> tuple[str, list[str]]:
    """Return the delimiter and the column names of a CSV header; raise IntakeError where it has no text column."""
    readings = [(delimiter, _fields(line, delimiter)) for delimiter in (",", "\t", ";", "|")]
    for delimiter, names in readings:
        if columns.get("text", "text") in names:
            _require_text(names, columns)
            return delimiter, names
    likeliest = max(readings, key=lambda reading: len(reading[1]))
    _require_text(likeliest[1], columns)
    return likeliest


def _fields(line: str, delimiter: str) -> list[str]:
    return [name.strip() for names in csv.reader([line], delimiter=delimiter) for name in names]


def _require_text(names: list[str], columns: Columns) -> None:
    text = columns.get("text", "text")
    if text not in names:
        found = without_surrogates(", ".join(names))[:200] or "none"
        raise IntakeError(
            f"there is no column {text!r} (columns: {found}); name the one that holds the text with --map text=COLUMN"
        )
    if names.count(text) > 1:
        raise IntakeError(f"there are {names.count(text)} columns called {text!r}; rename all but one")


def _csv_documents(rows: Any, names: list[str], name: str, columns: Columns) -> Iterator[Document]:
    while True:
        where = f"line {rows.line_num + 2}"
        try:
            values = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield _failed(
                name, f"{name}, {where}: broken CSV ({error}); put texts in quotation marks, and double those within"
            )
            continue
        if values:
            yield _csv_document(values, names, name, where, columns)


def _csv_document(values: list[str], names: list[str], name: str, where: str, columns: Columns) -> Document:
    if any(map(_undecoded, values)):
        return _failed(name, f"{name}, {where}: bytes in another encoding; convert the file to UTF-8")
    if len(values) != len(names):
        problem = f"{len(values)} fields, but the header has {len(names)}"
        return _failed(name, f"{name}, {where}: {problem}; put texts that hold the delimiter in quotation marks")
    return document(dict(zip(names, values, strict=True)), name, where, columns)


def _value(value: object) -> str | None:
    """Return what a field says as one line; None where it says nothing, as an empty string or NaN."""
    if value is None or value != value or isinstance(value, dict | list):  # NaN alone differs from itself
        return None
    return " ".join(without_surrogates(str(value)).split()) or None


def _published(value: object, place: str) -> str | None:
    """Return the date of a row as ISO 8601; an impossible one is left out, and that is said in the log."""
    given = value if isinstance(value, date) else _value(value)
    if given is None:
        return None
    published = iso(given)
    if published is None:
        log.warning(
            "%s: the date %.60r cannot be read and is left out; write it as YYYY-MM-DD, YYYY-MM or YYYY",
            place,
            str(given),
        )
    elif is_future(published):
        log.warning("%s: the date %s is in the future and is left out", place, published)
        return None
    return published


def _undecoded(text: str) -> bool:
    """Say whether a text holds a byte that could not be decoded (see ``surrogateescape``)."""
    if text.isascii():
        return False
    return any("\udc80" <= char <= "\udcff" for char in text)


def _failed(name: str, error: str) -> Document:
    return Document(text="", origin=name, error=without_surrogates(error))
