"""The documentation says what the code does: fields, codes and acts are all there, and the tables are current."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from doc_pages import DOCS, generator
from sayso import records
from sayso.knowledge.ontology import load
from sayso.reading.reader import Reader
from sayso.records import Document

ITEMS = (records.Record, records.Actor, records.Place, records.Time, records.Statement, records.Event, records.Lineage)


def test_the_tables_of_the_codebook_are_current() -> None:
    text = (DOCS / "codebook.md").read_text(encoding="utf-8")
    assert generator("codebook").page(text, load()) == text, "run: python docs/codebook.py"


def test_the_data_dictionary_of_the_ledger_is_current() -> None:
    text = (DOCS / "ledger.md").read_text(encoding="utf-8")
    assert generator("ledger").page(text) == text, "run: python docs/ledger.py"


def test_the_account_in_the_readme_is_what_the_demo_prints() -> None:
    text = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    made = generator("demo").page(text)
    # Another processor may round a percentage the other way.
    assert re.sub(r"\d+%", "%", made) == re.sub(r"\d+%", "%", text), "run: python docs/demo.py"


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.__name__)
def test_every_field_of_the_record_is_documented(item: type[BaseModel]) -> None:
    text = (DOCS / "record.md").read_text(encoding="utf-8")
    assert [name for name in item.model_fields if f"`{name}`" not in text] == []


def test_every_act_and_factuality_value_is_in_the_codebook() -> None:
    text = (DOCS / "codebook.md").read_text(encoding="utf-8")
    codes = [*get_args(records.Act), *get_args(records.FactualityValue)]
    assert [code for code in codes if f"| `{code}` |" not in text] == []


def test_the_worked_example_of_knowledge_works(tmp_path: Path) -> None:
    text = (DOCS / "knowledge.md").read_text(encoding="utf-8")
    for name, block in re.findall(r"    # my-knowledge/(\S+)\n((?:    .*\n|\n)+)", text):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(re.sub("^    ", "", block, flags=re.M), encoding="utf-8")
    reader = Reader(knowledge=str(tmp_path))
    document = Document(
        text="Customs officers impounded three Greek ships, ports minister Ada Keller said.", published="2026-05-01"
    )
    (record,) = reader.read([document])
    assert [(e.type, e.mode) for e in record.events] == [("COERCE", "seize")]
    assert [s.speaker for s in record.statements] == ["actor:ada-keller"]
