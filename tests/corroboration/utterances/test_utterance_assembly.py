"""From renditions to an utterance: who speaks, when, who reported it first, in what words."""

from __future__ import annotations

from collections.abc import Callable

from sayso.corroboration.utterances.assembly import utterance
from sayso.corroboration.utterances.rendition import Rendition, renditions
from sayso.corroboration.utterances.utterance import Utterance
from sayso.records import CopyOf, Record

Told = Callable[..., list[Rendition]]
Coded = Callable[..., Record]

TEXTS = (
    ("Harbour Post", "2024-02-07", "The harbour will be closed, the harbour master said."),
    (
        "Sample Wire",
        "2024-02-06",
        '"We shall close the harbour on Friday," Lena Orsk, the harbour master, said on Tuesday.',
    ),
    ("Coast Chronicle", "2024-02-08", "Orsk said that the harbour would be closed on Friday."),
)


def made(told: Told) -> Utterance:
    found = [e for n, (outlet, day, text) in enumerate(TEXTS) for e in told(text, outlet, day, n)]
    return utterance(found, {})


def test_the_speaker_is_called_by_the_fullest_name(told: Told) -> None:
    assert made(told).speaker == "Lena Orsk"


def test_the_wording_is_the_fullest_quotation(told: Told) -> None:
    found = made(told)
    assert (found.wording, found.is_quoted) == ("We shall close the harbour on Friday", True)


def test_the_first_report_is_the_first_that_was_published(told: Told) -> None:
    found = made(told)
    assert (found.first_reported, found.first_publisher) == ("2024-02-06", "Sample Wire")
    assert found.last_reported == "2024-02-08"
    assert found.said == "2024-02-06"


def test_variants_say_whether_words_are_quoted_or_retold(told: Told) -> None:
    assert [variant.kind for variant in made(told).variants] == ["indirect", "direct", "indirect"]


def test_nothing_depends_on_the_order(told: Told) -> None:
    found = [e for n, (outlet, day, text) in enumerate(TEXTS) for e in told(text, outlet, day, n)]
    assert utterance(found[::-1], {}) == utterance(found, {})


def test_a_copy_is_no_outlet_of_its_own(coded: Coded) -> None:
    one = coded("Lena Orsk said that the harbour would be closed.", "Sample Wire")
    copy = coded("Lena Orsk said that the harbour would be closed.", "Harbour Post", "2024-10-20")
    copy = copy.model_copy(update={"copy_of": CopyOf(id=one.id, similarity=1.0, reason="same text")})
    found = utterance([*renditions(one, 1), *renditions(copy, 2)], {})
    assert (found.documents, found.outlets, found.copies) == (2, 1, 1)
    assert found.first_publisher == "Sample Wire"


def test_who_relays_another_outlet_is_not_independent(told: Told) -> None:
    own = told("Lena Orsk said that the harbour would be closed.", "Sample Wire")
    relaying = told("Lena Orsk said that the harbour would be closed.\n\nSource: Sample Wire\n", "Harbour Post")
    found = utterance([*own, *relaying], {})
    assert (found.outlets, found.independent) == (2, 1)
