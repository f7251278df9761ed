"""What can be asked of utterances, as one condition in SQL. Who speaks may be given by id, name or country."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from sayso.corroboration.questions import Asking, Condition, Several


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceQuestion(Asking):
    """Which utterances are asked for. Of several values of one field one must fit.

    Without ``single`` only those that several documents tell, copies aside, or of which something is omitted.
    ``omitted``: only those of which a variant leaves out a qualifier; ``omitted_by``: of which a variant of that
    publisher does. ``since`` and ``until`` are ISO 8601 prefixes of when it was said, or first reported where that is
    not known.
    """

    noun: ClassVar[str] = "utterances"
    when: ClassVar[str] = "said"
    roles: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "speaker": ("voice", "speaker", "country"),
        "voice": ("voice",),
        "publisher": ("publisher",),
        "omitted_by": ("omitting",),
        "act": ("act",),
    }

    speaker: Several = None
    act: Several = None
    omitted_by: Several = None
    omitted: bool = False
    single: bool = False

    def _parts(self) -> Iterator[Condition]:
        if not self.single:
            yield "(documents - copies > 1 OR omitting > 0)", []
        if self.omitted:
            yield "omitting > 0", []
