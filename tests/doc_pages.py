"""The pages of the documentation that programs write parts of."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

DOCS = Path(__file__).parent.parent / "docs"


def generator(name: str) -> ModuleType:
    """Return the program in ``docs`` that writes a page, as a module of a name that nothing else has."""
    spec = importlib.util.spec_from_file_location(f"page_of_{name}", DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
