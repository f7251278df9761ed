"""Provenance: what made an account, in enough detail to make it again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from sayso.knowledge.files import DATA, knowledge_files
from sayso.knowledge.ontology import load as load_ontology
from sayso.knowledge.own_ontology import name_and_version
from sayso.reading.attribution_network import MODELS, folder_of
from sayso.reading.pipeline import BASE
from sayso.records import CodedWith
from sayso.version import __version__


def coded_with(reader: str, knowledge: str | None, ontologies: Sequence[str] = ()) -> CodedWith:
    """Return the versions and digests of everything that has a say in an account, without loading any of it.

    Raises SaysoError where there is no such reader.
    """
    used = (folder_of(reader), MODELS / "factuality", MODELS / "events")
    shipped = {
        f"{path.parent.name}/{path.name}": _digest(path)
        for folder in used
        for path in sorted(folder.iterdir())
        if path.suffix != ".md"
    }
    return CodedWith(
        sayso=__version__,
        pipeline=reader,
        models={BASE: version(BASE.replace("_", "-")), **shipped},
        knowledge=_knowledge_digest(knowledge),
        ontology="; ".join([f"PLOVER {load_ontology(knowledge).version}", *map(_own_ontology, ontologies)]),
    )


def _own_ontology(path: str) -> str:
    """Return name, version and digest of an ontology of the user's own."""
    name, number = name_and_version(path)
    return f"{name} {number} {_digest(Path(path))[: len('sha256:') + 16]}"


@cache
def _knowledge_digest(user: str | None) -> str:
    """Digest of every knowledge file's path and content, the user's included."""
    whole = hashlib.sha256()
    for path in knowledge_files("**/*", user):
        if path.is_file():
            whole.update(f"{path.relative_to(DATA) if path.is_relative_to(DATA) else path.name}\0".encode())
            whole.update(bytes.fromhex(_digest(path).removeprefix("sha256:")))
    return f"sha256:{whole.hexdigest()[:16]}"


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return "sha256:" + hashlib.file_digest(content, "sha256").hexdigest()
