from __future__ import annotations

import pytest

from sayso.errors import KnowledgeError
from sayso.knowledge.factuality import check, load


def test_what_ships_is_consistent():
    assert check() == []


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [
        ("annexation", True),
        ("talk", True),
        ("shelling", True),
        ("government", False),
        ("king", False),
        ("table", False),
    ],
)
def test_event_nouns(lemma, expected):
    assert load().names_event(lemma) is expected


def test_a_user_overrides_a_signature(tmp_path):
    (tmp_path / "factuality.yaml").write_text(
        "embedders: [{class: boast, affirmed: PS+, negated: Uu, takes: [clause], verbs: [say]}]\n", encoding="utf-8"
    )
    signature = load(str(tmp_path)).embedders["VERB", "say", "clause"]
    assert (signature.name, signature.affirmed) == ("boast", "PS+")
    assert load().embedders["VERB", "say", "clause"].affirmed == "CT+"


def test_bad_data_names_file_and_place(tmp_path):
    (tmp_path / "factuality.yaml").write_text("modals: {will: [CERTAIN, PR-]}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"factuality\.yaml: modals\.will"):
        load(str(tmp_path))
