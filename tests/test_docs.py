"""The documentation says what the code does: fields, codes and acts are all there, and the tables are current."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest
from pydantic import BaseModel

from sayso import records
from sayso.knowledge.ontology import load

DOCS = Path(__file__).parent.parent / "docs"
ITEMS = (records.Record, records.Actor, records.Place, records.Time, records.Statement, records.Event, records.Lineage)


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("codebook", DOCS / "codebook.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_of_the_codebook_are_current() -> None:
    text = (DOCS / "codebook.md").read_text(encoding="utf-8")
    assert _generator().page(text, load()) == text, "run: python docs/codebook.py"


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.__name__)
def test_every_field_of_the_record_is_documented(item: type[BaseModel]) -> None:
    text = (DOCS / "record.md").read_text(encoding="utf-8")
    assert [name for name in item.model_fields if f"`{name}`" not in text] == []


def test_every_act_and_factuality_value_is_in_the_codebook() -> None:
    text = (DOCS / "codebook.md").read_text(encoding="utf-8")
    codes = [*get_args(records.Act), *get_args(records.FactualityValue)]
    assert [code for code in codes if f"| `{code}` |" not in text] == []
