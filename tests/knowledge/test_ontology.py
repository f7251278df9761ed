from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import KnowledgeError
from sayso.knowledge import ontology


def test_plover_is_complete():
    plover = ontology.load()
    assert len(plover.types) == 16
    assert len(plover.contexts) == 37
    assert ontology.check() == []


@pytest.mark.parametrize(
    ("kind", "quad"), [("AGREE", 1), ("CONCEDE", 1), ("RETREAT", 2), ("ACCUSE", 3), ("SANCTION", 4), ("PROTEST", 4)]
)
def test_quad_classes(kind, quad):
    assert ontology.load().quad(kind) == quad


@pytest.mark.parametrize(
    ("kind", "mode", "score"),
    [
        ("ASSAULT", None, -9),
        ("ASSAULT", "unconventional", -10),
        ("ACCUSE", None, -2),
        ("ACCUSE", "allege", -3.5),
        ("PROTEST", "vandalize", -5),
        ("CONSULT", "phone", 1.5),
        ("CONSULT", "no such mode", 2.5),
    ],
)
def test_intensity(kind, mode, score):
    assert ontology.load().intensity(kind, mode) == score


@pytest.mark.parametrize(
    ("kind", "mode", "root"),
    [
        ("AID", None, "07"),
        ("ACCUSE", None, "11"),
        ("ACCUSE", "investigate", "09"),
        ("ASSAULT", None, "19"),
        ("ASSAULT", "abduct", "18"),
        ("ASSAULT", "unconventional", "20"),
        ("ASSAULT", "crowd-control", "17"),
        ("CONCEDE", None, "08"),
        ("RETREAT", "release", "08"),
    ],
)
def test_cameo_roots(kind, mode, root):
    assert ontology.load().cameo_root(kind, mode) == root


def test_a_user_adds_a_mode_and_keeps_the_others(tmp_path: Path):
    (tmp_path / "plover.yaml").write_text(
        "version: mine\ntypes: {ASSAULT: {modes: {health-care: {definition: On hospitals., score: -9.5}}}}\n"
    )
    mine = ontology.load(tmp_path)
    assert mine.version == "mine"
    assert mine.intensity("ASSAULT", "health-care") == -9.5
    assert mine.intensity("ASSAULT", "beat") == -7.5


@pytest.mark.parametrize("text", ["types: {ASSAULT: {score: -11}}", "- a list", "types: {ASSAULT: {quads: 4}}"])
def test_a_malformed_file_is_named(tmp_path: Path, text: str):
    (tmp_path / "plover.yaml").write_text(text)
    with pytest.raises(KnowledgeError, match=r"plover\.yaml"):
        ontology.load(tmp_path)


def test_a_score_against_its_quad_class_is_a_problem(tmp_path: Path):
    (tmp_path / "plover.yaml").write_text("types: {ASSAULT: {score: 5}}")
    assert ontology.check(str(tmp_path)) == ["plover.yaml: ASSAULT: its score contradicts quad 4"]
