from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import KnowledgeError, SaysoError
from sayso.knowledge.own_ontology import load
from sayso.reading.categories import CategoryCoder
from sayso.reading.category_examples import judged
from sayso.reading.pipeline import base_pipeline, pipeline
from sayso.reading.reader import Reader
from sayso.records import Document

EXAMPLE = Path(__file__).parents[2] / "examples" / "health-care.yaml"
HARM = "ASSAULT/attack-on-health-care-harm"
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
    assert len(verdicts) == 16


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an event of PLOVER gets the category by its arguments
        ("Russian jets bombed a clinic in Odesa.", ("ASSAULT", "bombed", ["attack-on-health-care"])),
        ("Russian jets bombed a bridge and a clinic in Odesa.", ("ASSAULT", "bombed", ["attack-on-health-care"])),
        ("Russian jets bombed a bridge in Odesa.", ("ASSAULT", "bombed", [])),
        # what PLOVER passes over, a frame of one's own finds
        ("A stranger shot two nurses.", ("ASSAULT", "shot", ["attack-on-health-care"])),
        # whom or what it hit, however it is said
        ("The clinic that Russian jets bombed was empty.", ("ASSAULT", "bombed", ["attack-on-health-care"])),
        ("A clinic was bombed by Russian jets.", ("ASSAULT", "bombed", ["attack-on-health-care"])),
        ("Doctors attacked Israeli soldiers with knives.", ("ASSAULT", "attacked", [])),
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
    text = "Russian jets bombed a clinic in Odesa. A stranger shot two nurses. Peru and Chile signed a treaty."
    before = [(e.type, e.chars, e.rule) for e in read(text)._.events]
    after = [(e.type, e.chars, e.rule) for e in coder(read(text))._.events]
    assert after[: len(before)] == before
    assert [(kind, rule) for kind, _, rule in after[len(before) :]] in ([], [("ASSAULT", HARM)])


@pytest.mark.parametrize("text", ["Ukrainian miners began a strike in Lviv.", "Ukrainian miners went on strike."])
def test_an_event_noun_and_its_verb_are_one_event(tmp_path, read, text):
    path = tmp_path / "work.yaml"
    path.write_text(FILE.replace("COERCE", "PROTEST").replace('verbs: ["close > $pit"]', "nouns: [strike]"))
    events = CategoryCoder(base_pipeline(), [str(path)])(read(text))._.events
    assert [(e.type, e.categories) for e in events] == [("PROTEST", ["pit-closure"])]


def test_ontologies_do_not_see_one_another(tmp_path, read):
    (tmp_path / "a.yaml").write_text(FILE)
    (tmp_path / "b.yaml").write_text(
        FILE.replace("pit-closure", "any").replace('frames: [{id: close, verbs: ["close > $pit"]}]', "within: [{}]")
    )
    paths = [str(tmp_path / name) for name in ("a.yaml", "b.yaml")]
    text = "Somebody closed the mine."
    one, other = (CategoryCoder(base_pipeline(), order)(read(text))._.events for order in (paths, paths[::-1]))
    assert [e.categories for e in one] == [e.categories for e in other] == [["pit-closure"]]


def test_words_of_the_users_knowledge_may_be_used(tmp_path):
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "mine.yaml").write_text("classes: {pit: [colliery]}")
    path = tmp_path / "own.yaml"
    path.write_text(FILE.replace("classes: {pit: [mine, quarry]}", ""))
    reader = Reader(knowledge=str(tmp_path), ontologies=[str(path)])
    record = next(reader.read([Document(text="Soldiers closed the colliery.")]))
    assert record.events[0].categories == ["pit-closure"]
    assert "; mines 2 sha256:" in record.coded_with.ontology


def test_a_bare_string_is_no_list_of_ontologies():
    with pytest.raises(SaysoError, match="list of files"):
        pipeline(ontologies="own.yaml")


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
        (("close > $pit", "close > $pits"), "\\$pits"),
        (("[mine, quarry]", "[mine, $quarry]"), "\\$quarry"),
        (("frames: [{id: close", "frames: [{id: close, verbs: [shut]}, {id: close"), "twice"),
        (
            ('frames: [{id: close, verbs: ["close > $pit"]}]', "within: [{words: [oil depot]}]"),
            "'oil depot' is not one word",
        ),
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
