from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import KnowledgeError
from sayso.knowledge import contexts, frames

LEXICON = frames.load()
EXAMPLES = [(name, example) for name, frame in LEXICON.frames.items() for example in frame.examples]
COUNTER = [(name, text) for name, frame in LEXICON.frames.items() for text in frame.counter]


def test_the_lexicon_has_no_problems():
    assert frames.check() == []
    assert contexts.check() == []


def test_every_frame_has_an_example_and_a_counter_example():
    bare = [name for name, frame in LEXICON.frames.items() if not frame.examples or not frame.counter]
    assert bare == []


def _words(text, spans):
    return " ; ".join(text[start:end] for start, end in spans).lower()


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=lambda value: getattr(value, "text", value))
def test_example(read, name, example):
    doc = read(example.text, published="2024-01-01")
    kind, mode = example.type or name.split("/")[0], example.mode or LEXICON.frames[name].mode
    coded = [
        (event.type, event.mode, _words(doc.text, event.actor_spans), _words(doc.text, event.recipient_spans))
        for event in doc._.events
    ]
    assert any(
        event[0] == kind
        and (mode is None or event[1] == mode)
        and (example.actor or "").lower() in event[2]
        and (example.recipient or "").lower() in event[3]
        for event in coded
    ), coded


@pytest.mark.parametrize(("name", "text"), COUNTER)
def test_counter_example(read, name, text):
    doc = read(text, published="2024-01-01")
    assert name.split("/")[0] not in {event.type for event in doc._.events}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("type: ASSAULT\nframes: [{id: a, verbs: [hit], mode: cricket}]", "no mode cricket"),
        ("type: CRICKET\nframes: [{id: a, verbs: [hit]}]", "CRICKET is not a PLOVER type"),
        ("type: ASSAULT\nframes: [{id: a}]", "no verbs, nouns or adjectives"),
        ("type: ASSAULT\nframes: [{id: a, verbs: ['hit >> x']}]", "cannot read the pattern"),
        ("type: ASSAULT\nframes: [{id: a, verbs: [hit], recipient: [on]}]", "recipient"),
        ("type: ASSAULT\nverbs: [hit]", "is not type, frames or classes"),
        ("classes: {agent: [on]}", "is not a list of words"),
    ],
)
def test_a_malformed_file_is_named(tmp_path: Path, text: str, problem: str):
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "mine.yaml").write_text(text)
    with pytest.raises(KnowledgeError, match=problem):
        frames.load(tmp_path)


def test_a_user_overrides_a_frame_by_its_id(tmp_path: Path):
    (tmp_path / "frames").mkdir()
    (tmp_path / "frames" / "mine.yaml").write_text("type: ASSAULT\nframes: [{id: attack, verbs: [clobber]}]")
    mine = frames.load(tmp_path)
    assert mine.frames["ASSAULT/attack"].verbs == ["clobber"]
    assert "clobber" in mine.verbs


def test_patterns():
    trigger = frames.load().verbs["impose"]
    curfew = next(t for t in trigger if t.rule == "COERCE/curfew")
    assert "curfew" in curfew.objects
    crackdown = next(t for t in LEXICON.verbs["crack"] if t.rule == "COERCE/restrict")
    assert crackdown.particles == ("down",)
    custody = next(t for t in LEXICON.verbs["take"] if t.prep == "into")
    assert "custody" in custody.pobjects
