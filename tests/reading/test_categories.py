from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import KnowledgeError
from sayso.knowledge.own_ontology import load
from sayso.reading.categories import CategoryCoder
from sayso.reading.category_examples import judged
from sayso.reading.pipeline import base_pipeline, pipeline

EXAMPLE = Path(__file__).parents[2] / "examples" / "health-care.yaml"
FILE = """
name: mines
version: "2"
classes: {pit: [mine, quarry]}
categories:
  - name: pit-closure
    definition: A mine is closed.
    parent: COERCE
    frames: [{id: close, verbs: ["close > $pit"]}]
"""


@pytest.fixture(scope="module")
def coder():
    return CategoryCoder(base_pipeline(), [str(EXAMPLE)])


def categories(coder, doc) -> list[tuple[str, str, list[str]]]:
    return [(e.type, doc.text[slice(*e.chars)], e.categories) for e in coder(doc)._.events]


def test_the_examples_of_the_documentation_come_out_as_they_say():
    nlp = pipeline(ontologies=[str(EXAMPLE)])
    verdicts = list(judged(nlp, load(EXAMPLE)))
    assert [v for v in verdicts if v.problem] == []
    assert len(verdicts) == 13


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an event of PLOVER gets the category by its arguments
        ("Russian jets bombed a clinic in Odesa.", ("ASSAULT", "bombed", ["attack-on-health-care"])),
        ("Russian jets bombed a bridge and a clinic in Odesa.", ("ASSAULT", "bombed", ["attack-on-health-care"])),
        ("Russian jets bombed a bridge in Odesa.", ("ASSAULT", "bombed", [])),
        # what PLOVER passes over, a frame of one's own finds
        ("A stranger shot two nurses.", ("ASSAULT", "shot", ["attack-on-health-care"])),
    ],
)
def test_events_have_their_categories(coder, read, text, expected):
    assert expected in categories(coder, read(text))


@pytest.mark.parametrize(
    "text",
    [
        "Rebels vowed to burn down the hospital.",
        "Moscow accused the rebels of looting a pharmacy.",
        "If rebels torch the clinic, nobody will help.",
        "The museum lent a painting to Norway.",
        "",
    ],
)
def test_what_did_not_happen_is_of_no_category(coder, read, text):
    assert [c for *_, c in categories(coder, read(text)) if c] == []


def test_plover_is_left_as_it_is(coder, read):
    text = "Russian jets bombed a clinic in Odesa, and two nurses were shot in Mali. Peru and Chile signed a treaty."
    before = [(e.type, e.chars, e.rule) for e in read(text)._.events]
    after = [(e.type, e.chars, e.rule) for e in coder(read(text))._.events]
    assert set(before) <= set(after)
    assert len(after) - len(before) <= 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("name: mines", "name: My Mines"), "name"),
        (("parent: COERCE", "parent: CRICKET"), "parent"),
        (('frames: [{id: close, verbs: ["close > $pit"]}]', "examples: []"), "neither within nor frames"),
        (('frames: [{id: close, verbs: ["close > $pit"]}]', "within: [{words: [$shaft]}]"), "\\$shaft"),
        (('frames: [{id: close, verbs: ["close > $pit"]}]', "within: [{modes: [cricket]}]"), "cricket"),
        (("{id: close, ", "{id: close, verb: [x], "), "verb"),
        (('verbs: ["close > $pit"]', 'verbs: ["close >> x"]'), "cannot read the pattern"),
        (("categories:", "categorys:"), "categorys|categories"),
    ],
)
def test_a_malformed_file_is_named(tmp_path: Path, change: tuple[str, str], problem: str):
    path = tmp_path / "mine.yaml"
    assert change[0] in FILE
    path.write_text(FILE.replace(*change), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=problem) as error:
        load(path)
    assert "mine.yaml" in str(error.value)


def test_a_sound_file_loads(tmp_path: Path):
    path = tmp_path / "mine.yaml"
    path.write_text(FILE, encoding="utf-8")
    own = load(path)
    assert (own.name, own.version, own.owners) == ("mines", "2", {"COERCE/pit-closure-close": "pit-closure"})
