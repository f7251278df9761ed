from __future__ import annotations

import re

from doc_pages import DOCS, generator
from sayso.export import EXPORTERS


def test_the_tables_of_the_page_are_current() -> None:
    text = (DOCS / "export.md").read_text(encoding="utf-8")
    assert generator("export").page(text) == text, "run: python docs/export.py"


def test_every_format_has_a_section_with_a_command_and_what_is_lost() -> None:
    text = (DOCS / "export.md").read_text(encoding="utf-8")
    for name in EXPORTERS:
        assert re.search(rf"sayso export --to {name} -o \S+ .*--ledger news", text)
        assert f"<!-- lost {name} -->" in text
