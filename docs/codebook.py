"""Write the tables of codebook.md anew from the ontology: python docs/codebook.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sayso.knowledge.ontology import Ontology, load

PAGE = Path(__file__).with_name("codebook.md")


def types(ontology: Ontology) -> Iterator[str]:
    """Yield the rows of all types, each followed by its modes."""
    yield "| type / mode | quad | CAMEO | score | meaning |"
    yield "|---|---|---|---|---|"
    for kind, entry in ontology.types.items():
        yield f"| **{kind}** | {entry.quad} | {entry.cameo} | {entry.score:g} | {entry.definition} |"
        for mode, detail in entry.modes.items():
            root = ontology.cameo_root(kind, mode)
            yield f"| {kind}/{mode} | {entry.quad} | {root} | {detail.score:g} | {detail.definition} |"


def glossary(code: str, meanings: dict[str, str]) -> Iterator[str]:
    """Yield a table of two columns."""
    yield f"| {code} | meaning |"
    yield "|---|---|"
    for name, meaning in meanings.items():
        yield f"| {name} | {meaning} |"


def page(text: str, ontology: Ontology) -> str:
    """Return the page with its tables made anew."""
    tables = {
        "types": types(ontology),
        "contexts": glossary("context", ontology.contexts),
        "sectors": glossary("sector", ontology.sectors),
        "bodies": glossary("code", ontology.non_state_codes),
        "partial": glossary("entity", ontology.partially_recognised),
    }
    for name, rows in tables.items():
        marked = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.S)
        text = marked.sub(lambda m, rows=rows: m[1] + "\n".join(rows) + "\n" + m[2], text)  # type: ignore[misc]
    return text


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), load()), encoding="utf-8")
