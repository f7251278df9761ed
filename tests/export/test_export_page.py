from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

from sayso.export import EXPORTERS

DOCS = Path(__file__).parent.parent.parent / "docs"


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("export_page", DOCS / "export.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_of_the_page_are_current() -> None:
    text = (DOCS / "export.md").read_text(encoding="utf-8")
    assert _generator().page(text) == text, "run: python docs/export.py"


def test_every_format_has_a_section_with_a_command_and_what_is_lost() -> None:
    text = (DOCS / "export.md").read_text(encoding="utf-8")
    for name in EXPORTERS:
        assert re.search(rf"sayso export --to {name} -o \S+ .*--ledger news", text)
        assert f"<!-- lost {name} -->" in text
