"""Reading knowledge files: YAML that ships with Sayso, extended by a directory of the user's own.

A user's directory holds files of the same names and shapes as ``sayso/knowledge/data``. What it adds comes after what
ships, so that loaders which index by id or by name let it extend and override.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from sayso.errors import KnowledgeError
from sayso.knowledge.compiled import DATA as DATA
from sayso.knowledge.compiled import parsed, recalled

_Schema = TypeVar("_Schema", bound=BaseModel)


def load_yaml(path: Path) -> Any:
    """Return the content of a YAML file; raise KnowledgeError naming file and line where it cannot be parsed."""
    try:
        content = path.read_bytes()
        known = recalled(path, content) if path.is_relative_to(DATA) else None
        return known[0] if known else parsed(content)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "somewhere"
        raise KnowledgeError(str(path), where, getattr(error, "problem", None) or "is not valid YAML") from error
    except RecursionError as error:
        raise KnowledgeError(str(path), "file", "is nested too deeply") from error
    except (OSError, ValueError) as error:  # such as a date that is in no calendar
        raise KnowledgeError(str(path), "file", str(error)) from error


def load_mapping(path: Path) -> dict[Any, Any]:
    """Return the fields of a YAML file, none for an empty one; raise KnowledgeError where it holds anything else."""
    content = load_yaml(path)
    if content is None:
        return {}
    if not isinstance(content, dict):
        raise KnowledgeError(str(path), "file", "is not a mapping")
    return content


def validated(schema: type[_Schema], path: str | Path, raw: object, within: str = "") -> _Schema:
    """Return content as its schema has it; raise KnowledgeError naming the first field, ``within`` a part of a file."""
    try:
        return schema.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, (within, *first["loc"]) if within else first["loc"]))
        raise KnowledgeError(str(path), where or "file", first["msg"]) from error


def only_known(path: Path, content: dict[Any, Any], known: Iterable[str]) -> None:
    """Raise KnowledgeError where a file has a field that there is not."""
    names = sorted({*known, "version", "source"})
    for name in content:
        if name not in names:
            raise KnowledgeError(str(path), str(name), f"is unknown; known are {', '.join(names)}")


def knowledge_files(pattern: str, user: str | Path | None = None) -> Iterator[Path]:
    """Yield the files that match a glob pattern, those that ship first, then the user's, each in order of name."""
    for directory in [DATA] + ([Path(user)] if user else []):
        yield from sorted(directory.glob(pattern))
