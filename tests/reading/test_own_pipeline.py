from __future__ import annotations

import pytest
import spacy

from sayso.reading.pipeline import BASE

TEXT = "“We will rebuild,” the mayor said.\n\nAccording to Maria Lind, the bridge is safe."


@pytest.mark.parametrize("reader", ["fast", "accurate"])
def test_attribution_alone_on_a_pipeline_of_ones_own(reader: str) -> None:
    nlp = spacy.load(BASE)
    nlp.add_pipe("sayso_attribution", config={"reader": reader})
    doc = nlp(TEXT)
    found = [(TEXT[slice(*s.source[0])], TEXT[slice(*s.content[0])], s.kind) for s in doc._.statements]
    assert found == [("the mayor", "“We will rebuild,”", "direct"), ("Maria Lind", "the bridge is safe", "indirect")]
    assert all(s.speaker is None and 0 < s.confidence <= 1 for s in doc._.statements)


def test_with_the_steps_after_it_speakers_are_told() -> None:
    nlp = spacy.load(BASE)
    for step in ("attribution", "times", "places", "actors", "coreference"):
        nlp.add_pipe(f"sayso_{step}")
    statement = nlp(TEXT)._.statements[1]
    assert statement.speaker is not None
    assert statement.speaker.name == "Maria Lind"


def test_many_texts_at_once() -> None:
    nlp = spacy.load(BASE)
    nlp.add_pipe("sayso_attribution")
    assert [len(doc._.statements) for doc in nlp.pipe([TEXT, "", "No one came.", TEXT])] == [2, 0, 0, 2]
