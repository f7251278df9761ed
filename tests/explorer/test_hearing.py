"""An occurrence as its page tells it: by position, with exact words, and never more than there is room for."""

from collections.abc import Sequence

import pytest

from sayso.corroboration.occurrence import Contest, Figure, Occurrence, Position, Range, Report, Side, Voice
from sayso.explorer import hearing

SENTENCE = "Guards fired at the crowd, the ministry said."


def report(number: int, voice: str, *, event: str = "e1", is_copy: bool = False) -> Report:
    return Report(
        id=f"{number:016x}", ref=None, document=f"sha256:{number:064x}", event=event, anchor=(107, 112), word="fired",
        passage=(100, 145), sentence=SENTENCE, type="ASSAULT", mode=None, publisher="Bay Wire", title="Shots",
        published=f"2024-03-{number % 28 + 1:02d}", date=None, factuality="CT+", position="asserts", voice=voice,
        source=None, copy_of=None, is_copy=is_copy,
    )  # fmt: skip


def voice(name: str, reports: Sequence[Report], position: Position = "asserts", *, independent: bool = True) -> Voice:
    return Voice(
        id=f"outlet:{name}", name=name, kind="outlet", position=position, independent=independent, because="its word",
        reports=[one.id for one in reports], relayed_by=[], first="2024-03-01",
    )  # fmt: skip


def occurrence(voices: Sequence[Voice], reports: Sequence[Report], contests: Sequence[Contest] = ()) -> Occurrence:
    return Occurrence(
        id=reports[0].id, type="ASSAULT", status="disputed", date=None, where=None, independent=len(voices), copies=0,
        first_reported=None, last_reported=None, voices=list(voices), reports=list(reports), contests=list(contests),
    )  # fmt: skip


def test_voices_stand_by_position_the_independent_first() -> None:
    reports = [report(number, "x") for number in range(3)]
    one, two, three = (
        voice("Relay", reports[:1], independent=False),
        voice("Own", reports[1:2]),
        voice("No", reports[2:], "denies"),
    )
    told = hearing.stands(occurrence([one, two, three], reports))
    assert [stand.position for stand in told] == ["asserts", "denies"]
    assert [heard.name for heard in told[0].voices] == ["Own", "Relay"]
    assert [stand.independent for stand in told] == [1, 1]


def test_copies_are_counted_and_not_quoted_where_there_is_an_original() -> None:
    reports = [report(0, "x"), *(report(number, "x", is_copy=True) for number in range(1, 11))]
    [stand] = hearing.stands(occurrence([voice("Own", reports)], reports))
    [heard] = stand.voices
    assert (heard.reports, heard.copies, len(heard.quotes)) == (11, 10, 1)


def test_quotes_mark_the_very_word() -> None:
    told = hearing.quoted(report(1, "x"))
    assert [words for words, marked in told.passage.pieces() if marked] == ["fired"]
    assert "".join(words for words, _ in told.passage.pieces()) == SENTENCE


@pytest.mark.parametrize(
    ("event", "fragment"), [("e3", "#e3"), ("m2", "#:~:text=Guards%20fired%20at%20the%20crowd%2C%20the%20ministry")]
)
def test_leads_to_the_characters(event: str, fragment: str) -> None:
    assert fragment in hearing.reader_address(report(1, "x", event=event))


def test_tells_only_what_there_is_room_for() -> None:
    reports = [report(number, "x") for number in range(1_000)]
    voices = [voice(f"Paper {number}", [reports[number]]) for number in range(999)]
    many = voice("All", reports, "denies")
    told = hearing.stands(occurrence([*voices, many], reports))
    asserting, denying = told
    assert len(asserting.voices) == hearing.MOST_VOICES
    assert len(asserting.voices) + len(asserting.others) + asserting.beyond == 999
    assert (denying.voices[0].reports, len(denying.voices[0].quotes)) == (1_000, hearing.MOST_QUOTES)


def test_sides_have_their_own_wording() -> None:
    reports = [report(number, "x") for number in range(2)]
    voices = [voice("Yes", reports[:1]), voice("No", reports[1:], "denies")]
    sides = [
        Side(value=value, voices=[who.id], wording=SENTENCE, report=own.id)
        for value, who, own in zip(("asserted", "denied or doubted"), voices, reports, strict=True)
    ]
    [dispute] = hearing.disputes(occurrence(voices, reports, [Contest(aspect="happening", sides=sides)]))
    assert [side.names for side in dispute.sides] == [["Yes"], ["No"]]
    assert dispute.documents == [one.document for one in reports]


def test_figures_are_told_by_voice() -> None:
    reports = [report(0, "x")]
    own = voice("Own", reports).model_copy(
        update={
            "figures": [
                Figure(kind="killed", low=3, high=3, words=words, voice="x", report="r", published=None)
                for words in ("three men", "three men", "3")
            ]
        }
    )
    told = occurrence([own], reports).model_copy(
        update={"figures": [Range(kind="killed", low=3, high=3, voices=[own.id])]}
    )
    assert hearing.figures(told) == [("3 killed", [("Own", "three men; 3")])]
