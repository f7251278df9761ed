"""Knowledge files in a form that is read at once: parsing the YAML that ships takes half a second, this a hundredth.

``make`` and the build of a wheel parse each file that ships and write what it says as JSON into ``compiled/``, below
the digest of the YAML that it was made of. Where that digest is no longer the file's, or there is no such file, the
YAML is parsed as a user's own files always are: what is compiled can be out of date, and is never wrong. Nothing is
written while Sayso runs.

This module imports nothing of Sayso, for the build runs it before Sayso is there.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
"""The knowledge that ships with Sayso."""

COMPILED = Path(__file__).parent / "compiled"

_PAIRS = "\0pairs"
"""What stands for a mapping whose keys are not all texts, which JSON has not; no YAML text can hold a NUL."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parsed(content: bytes) -> Any:
    """Return what YAML says; raise yaml.YAMLError or ValueError where it cannot be parsed."""
    # It is decoded here, for PyYAML would take some bytes for UTF-16.
    return yaml.load(content.decode("utf-8"), Loader=_Loader)  # noqa: S506 - both loaders are safe ones


def recalled(path: Path, content: bytes) -> tuple[Any] | None:
    """Return what a file that ships says, in a tuple, or None where its compiled form is not that of ``content``."""
    try:
        digest, _, form = _compiled(path).read_bytes().partition(b"\n")
        return (json.loads(form, object_hook=_with_pairs),) if digest == _digest(content) else None
    except (OSError, ValueError):  # there is none, or it was not written to its end
        return None


def compile_all() -> None:
    """Compile what ships.

    Raises what ``parsed`` does, and TypeError where a file holds what has no form in JSON, such as a day.
    """
    COMPILED.mkdir(exist_ok=True)
    for path in DATA.glob("**/*.yaml"):
        content = path.read_bytes()
        form = json.dumps(_without_pairs(parsed(content)), ensure_ascii=False).encode()
        _compiled(path).write_bytes(_digest(content) + b"\n" + form)


def _compiled(path: Path) -> Path:
    return COMPILED / ".".join((*path.relative_to(DATA).with_suffix("").parts, "json"))


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _without_pairs(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_pairs(item) for item in value]
    if not isinstance(value, dict):
        return value
    if all(isinstance(key, str) for key in value):
        return {key: _without_pairs(item) for key, item in value.items()}
    return {_PAIRS: [[key, _without_pairs(item)] for key, item in value.items()]}


def _with_pairs(mapping: dict[str, Any]) -> Any:
    return dict(mapping[_PAIRS]) if _PAIRS in mapping else mapping


if __name__ == "__main__":
    compile_all()
