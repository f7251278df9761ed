from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from sayso.errors import KnowledgeError
from sayso.knowledge.cues import Cues, Part, check


@dataclass
class Cue:
    part: Part
    lemma: str
    frame: str


def test_the_cues_that_ship_are_sound() -> None:
    assert check() == []


def test_saying_that_attributes_more_surely_than_building_something() -> None:
    cues = Cues()
    assert cues.known(Cue("verb", "say", "clause")) > 0 > cues.known(Cue("verb", "build", "object"))


def test_an_unlisted_cue_or_frame_falls_back_to_its_part() -> None:
    cues = Cues()
    assert cues.known(Cue("verb", "frobnicate", "clause")) == cues.defaults["verb"]["clause"]
    assert cues.known(Cue("verb", "frobnicate", "no such frame")) < -3


def test_thresholds_go_by_frame_then_part_then_all() -> None:
    cues = Cues()
    cues.thresholds = {"all": 0.5, "noun": 0.4, "raised": 0.2}
    limits = [
        cues.threshold(Cue(*c)) for c in (("verb", "say", "raised"), ("noun", "claim", "on"), ("verb", "say", "wh"))
    ]
    assert limits == [0.2, 0.4, 0.5]


def test_acts_and_viewpoints_are_known() -> None:
    cues = Cues()
    assert cues.acts["verb", "deny"] == "deny"
    assert cues.acts["noun", "pledge"] == "promise"
    assert cues.viewpoint("from", "perspective")
    assert not cues.viewpoint("from", "table")
    assert cues.tells("warn")
    assert not cues.tells("believe")


def test_a_users_files_extend_and_override(tmp_path: Path) -> None:
    (tmp_path / "acts.yaml").write_text("acts: {threaten: {verbs: [growl]}, deny: {verbs: [say]}}", encoding="utf-8")
    (tmp_path / "cues.yaml").write_text(
        "parts: {verb: {cues: {growl: {clause: 0.9}, say: {object: 0.5}}}}\nthresholds: {all: 0.6}", encoding="utf-8"
    )
    cues, shipped = Cues(str(tmp_path)), Cues()
    assert cues.acts["verb", "growl"] == "threaten"
    assert cues.acts["verb", "say"] == "deny"
    assert cues.known(Cue("verb", "growl", "clause")) > 2
    assert cues.known(Cue("verb", "say", "object")) == 0
    assert cues.known(Cue("verb", "say", "clause")) == shipped.known(Cue("verb", "say", "clause"))
    assert cues.threshold(Cue("verb", "say", "clause")) == 0.6


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("cues.yaml", "parts: {verb: {cues: {say: {clause: 1.5}}}}", "parts.verb.cues"),
        ("cues.yaml", "treshold: 0.3", "treshold"),
        ("cues.yaml", "parts: {adverb: {}}", "parts.adverb"),
        ("acts.yaml", "acts: {shrug: {verbs: [shrug]}}", "acts.shrug"),
        ("acts.yaml", "acts: {say: [say]}", "acts.say"),
    ],
)
def test_bad_files_are_named_with_the_place(tmp_path: Path, name: str, text: str, where: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=rf"{name}.*{where}"):
        Cues(str(tmp_path))


def test_a_cue_under_two_acts_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "acts.yaml").write_text("acts: {deny: {verbs: [huff]}, praise: {verbs: [huff]}}", encoding="utf-8")
    assert any("huff" in problem for problem in check(str(tmp_path)))
