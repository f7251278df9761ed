"""Many Records become occurrences: who reports the same, who confirms it, who disputes it, in what numbers.

from sayso.corroboration import Casebook
with Casebook(ledger) as casebook:
    casebook.update()
    for occurrence in casebook.occurrences(status="disputed"):
        print(occurrence.type, [voice.name for voice in occurrence.voices])
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["Casebook", "Occurrence", "Question", "Utterance", "UtteranceQuestion", "Utterances", "select"]

_HOMES = {
    "Casebook": "sayso.corroboration.casebook",
    "Occurrence": "sayso.corroboration.occurrence",
    "Question": "sayso.corroboration.questions",
    "Utterance": "sayso.corroboration.utterances.utterance",
    "UtteranceQuestion": "sayso.corroboration.utterances.questions",
    "Utterances": "sayso.corroboration.utterances.collection",
    "select": "sayso.corroboration.views",
}

if TYPE_CHECKING:
    from sayso.corroboration.casebook import Casebook
    from sayso.corroboration.occurrence import Occurrence
    from sayso.corroboration.questions import Question
    from sayso.corroboration.utterances.collection import Utterances
    from sayso.corroboration.utterances.questions import UtteranceQuestion
    from sayso.corroboration.utterances.utterance import Utterance
    from sayso.corroboration.views import select


def __getattr__(name: str) -> Any:
    """Import the public names when they are first used: a query of the ledger alone needs no word vectors."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sayso.corroboration' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
