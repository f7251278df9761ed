"""Files that appear whole or not at all, and text that stays in its cell."""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TextIO

from sayso.errors import ExportError
from sayso.rendering.neutral import cell

_LINE_BREAK = re.compile("[\x85\u2028\u2029]")
"""Characters within JSON strings at which some programs break lines."""

_HARMLESS = re.compile(r"-?[0-9.]+|(?:[A-Za-z0-9(/:][!-~]*(?: [!-~]+)*)?")
"""Numbers, and plain words that no spreadsheet takes for a formula: most cells, told apart at little cost."""


@contextmanager
def written(path: Path) -> Iterator[Path]:
    """Give the name of a temporary file beside ``path``, which takes its place when the block ends without an error.

    A device or a pipe is given itself. Raises ExportError where the file cannot be written to.
    """
    if path.is_dir():
        raise ExportError(f"{path} cannot be written to: it is a folder; name a file with -o")
    if path.exists() and not path.is_file():
        yield path
        return
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        yield beside
        _settled(beside)
        os.replace(beside, target)
    except OSError as error:
        raise ExportError(f"{path} cannot be written to: {error.strerror or error}; choose another place") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


@contextmanager
def text_file(path: Path) -> Iterator[TextIO]:
    """Open a text file that appears at ``path`` when it is complete: UTF-8, lines end in a line feed."""
    with written(path) as beside, beside.open("w", encoding="utf-8", errors="replace", newline="") as file:
        yield file


def folder(path: Path) -> Path:
    """Make a folder unless it is there; raise ExportError where there cannot be one."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"{path} must be a folder, and cannot be: {error.strerror}; choose another with -o"
        ) from error
    return path


def json_line(content: object) -> str:
    """Return one line of JSON, line feed included."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return _LINE_BREAK.sub(lambda found: f"\\u{ord(found.group()):04x}", text) + "\n"


def tab_line(values: Iterable[Any]) -> str:
    """Return one line of cells between tabs, line feed included; no cell holds a tab or a line break.

    Text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    return "\t".join(map(_cell, values)) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value if _HARMLESS.fullmatch(value) else cell(value)
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return str(value)


def _settled(path: Path) -> None:
    """Have the content on the disk before the name points to it."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
