"""Reading knowledge files: YAML that ships with Sayso, extended by a directory of the user's own.

A user's directory holds files of the same names and shapes as ``sayso/knowledge/data``. What it adds comes after what
ships, so that loaders which index by id or by name let it extend and override.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from sayso.errors import KnowledgeError

DATA = Path(__file__).parent / "data"
"""The knowledge that ships with Sayso."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(path: Path) -> Any:
    """Return the content of a YAML file; raise KnowledgeError naming file and line where it cannot be parsed."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - both loaders are safe ones
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "somewhere"
        raise KnowledgeError(str(path), where, getattr(error, "problem", None) or "is not valid YAML") from error
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(str(path), "file", str(error)) from error


def knowledge_files(pattern: str, user: str | Path | None = None) -> Iterator[Path]:
    """Yield the files that match a glob pattern, those that ship first, then the user's, each in order of name."""
    for directory in [DATA] + ([Path(user)] if user else []):
        yield from sorted(directory.glob(pattern))
