"""spaCy without its command line, which it imports for the one function ``spacy.info``.

With the command line come two clients for the web, a second framework for command lines and one for templates: a third
of the time that spaCy takes to import, for what reading never calls. Here it is imported when somebody first uses it.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from sayso.collection import lasting

_INFO = "spacy.cli.info"


def import_spacy() -> None:
    """Import spaCy; all of it can be used afterwards, as if it had been imported plainly.

    Does nothing where it was imported before.
    """
    if "spacy" in sys.modules:
        return
    stand_in = ModuleType(_INFO)
    stand_in.info = _info  # type: ignore[attr-defined]
    sys.modules[_INFO] = stand_in
    try:
        with lasting():
            spacy = import_module("spacy")
    finally:
        del sys.modules[_INFO]
    spacy.__getattr__ = _command_line  # type: ignore[method-assign] # Python asks it for what a module does not hold


def _command_line(name: str) -> ModuleType:
    """Import ``spacy.cli`` where somebody uses it by that name, having imported ``spacy`` alone."""
    if name == "cli":
        return import_module("spacy.cli")
    raise AttributeError(f"module 'spacy' has no attribute {name!r}")


def _info(*arguments: Any, **options: Any) -> Any:
    """Stand for ``spacy.info``: describe an installation of spaCy or a model."""
    return import_module(_INFO).info(*arguments, **options)
