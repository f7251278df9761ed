"""Gold: documents that somebody has annotated, and what of it cannot be used."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from sayso.errors import GoldError
from sayso.evaluation.attribution_spans import ROLES, Attribution
from sayso.records import Document

Labels = Mapping[str, str]
"""What a BRAT annotation calls the roles: its label, in lower case, to our name of the role."""

OWN_LABELS: Labels = {role: role for role in ROLES}


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with the statements that an annotator found in it; its ``ref`` is what a Record is matched by."""

    document: Document
    statements: tuple[Attribution, ...]

    @property
    def text(self) -> str:
        """The text that the spans of the statements count in."""
        return self.document.text

    @property
    def name(self) -> str:
        """What to call the document."""
        return self.document.ref or self.document.origin or "a document"


@dataclass(frozen=True, slots=True)
class Gold:
    """The documents that can be scored, and one message for each item that cannot be used."""

    documents: list[GoldDocument]
    problems: list[str]


def read(path: str, labels: Labels = OWN_LABELS) -> Gold:
    """Return the gold that a JSONL file or a BRAT folder holds; ``labels`` is for the latter."""
    from sayso.evaluation import attribution_rows, brat

    found = brat.read_folder(path, labels) if os.path.isdir(path) else attribution_rows.read_rows(path)
    gold = Gold([], [])
    for item in found:
        if isinstance(item, GoldError):
            gold.problems.append(str(item))
        else:
            gold.documents.append(item)
    return gold
