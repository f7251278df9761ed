"""Gold in a BRAT folder: NAME.txt and, with the annotations of it, NAME.ann."""

from __future__ import annotations

import os
from collections.abc import Iterator

from sayso.errors import GoldError, IntakeError
from sayso.evaluation.brat_lines import Annotations, parse
from sayso.evaluation.brat_statements import assemble
from sayso.evaluation.gold import GoldDocument, Labels
from sayso.intake.text import decode, log, read_bytes, without_surrogates
from sayso.records import Document


def read_folder(folder: str, labels: Labels) -> Iterator[GoldDocument | GoldError]:
    """Yield the documents of a folder and of those within it, in the order of their names, and what cannot be used.

    A line of annotation that cannot be used costs no more than itself.
    """
    documents: list[GoldDocument] = []
    contents = 0
    others: set[str] = set()
    for stem in _annotated(folder):
        if isinstance(stem, GoldError):
            yield stem
            continue
        try:
            text, annotations = _read(stem, labels)
        except (GoldError, IntakeError) as error:
            yield GoldError(str(error))
            continue
        yield from annotations.problems
        contents += sum(role == "content" for role in annotations.roles.values())
        others |= annotations.other_labels
        name = without_surrogates(os.path.relpath(stem, folder))
        documents.append(GoldDocument(Document(text=text, origin=f"{stem}.txt", ref=name), assemble(annotations)))
    if others and not contents:
        yield _nothing_labelled(folder, labels, others)
        return
    yield from documents


def _nothing_labelled(folder: str, labels: Labels, others: set[str]) -> GoldError:
    wanted = " or ".join(label for label, role in labels.items() if role == "content")
    found = sorted(others)
    return GoldError(
        f"{folder}: nothing is labelled {wanted} (the labels are {', '.join(found)[:200]}); "
        f"say which one is, as in --labels content={found[0]}"
    )


def _annotated(folder: str) -> Iterator[str | GoldError]:
    """Yield the path, without its ending, of each annotated text; say which texts are not annotated, and so no gold."""
    unreadable: list[str] = []
    for directory, folders, files in os.walk(folder, onerror=lambda error: unreadable.append(error.filename)):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        stems = {name[:-4] for name in files if name.endswith(".ann") and not name.startswith(".")}
        bare = sorted({name[:-4] for name in files if name.endswith(".txt") and not name.startswith(".")} - stems)
        if bare:
            shown = ", ".join(f"{name}.txt" for name in bare[:5])
            log.info("%s: %d .txt without an .ann left out, being no gold: %s", directory, len(bare), shown)
        yield from (os.path.join(directory, stem) for stem in sorted(stems))
    yield from (GoldError(f"{name}: the folder cannot be opened; check who may read it") for name in unreadable)


def _read(stem: str, labels: Labels) -> tuple[str, Annotations]:
    """Return a text with its line ends as they are, since offsets count them, and its annotations."""
    if not os.path.exists(f"{stem}.txt"):
        raise GoldError(f"{stem}.ann: there is no {stem}.txt; put the text that it annotates beside it")
    text, lines = _decoded(f"{stem}.txt"), _decoded(f"{stem}.ann")
    if not text.strip():
        raise GoldError(f"{stem}.txt: the text is empty; take it and its .ann out")
    return text, parse(lines, text, f"{stem}.ann", labels)


def _decoded(path: str) -> str:
    data = read_bytes(path)
    try:
        return without_surrogates(decode(data)) if data else ""
    except IntakeError as error:
        raise GoldError(f"{path}: {error}") from error
