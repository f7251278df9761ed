"""Where a voice stands: what all its tellings make together, and whether it counts."""

from __future__ import annotations

import pytest
from hand_made import actor, killed, publication, said_by, standing, telling

from sayso.corroboration.standing import Standing
from sayso.corroboration.telling import Telling

SHELLED = "Rebels shelled Elst on Monday."
SHELLING = "Roads were closed after the shelling."


def by_name(*tellings: Telling) -> dict[str, Standing]:
    return {found.word.id: found for found in standing(*tellings)}


def test_the_tellings_of_a_voice_are_gathered_whoever_relays_them() -> None:
    one = telling(SHELLED, "shelled", publication("a"), sayings=said_by("Kenya", "KEN", kind="direct"))
    other = telling(SHELLED, "shelled", publication("b", publisher="Harbour Post"), sayings=said_by("Kenya", "KEN"))
    own = telling(SHELLED, "shelled", publication("c", publisher="Bay Post"))
    found = by_name(one, other, own)
    assert {name: len(voice.tellings) for name, voice in found.items()} == {"state:KEN": 2, "outlet:bay post": 1}
    assert all(voice.independent for voice in found.values())


def test_the_last_position_to_which_a_voice_commits_itself_counts() -> None:
    days = [
        telling(SHELLED, "shelled", publication(name, published=f"2024-10-2{n}"), factuality=factuality)
        for n, (name, factuality) in enumerate([("a", "CT-"), ("b", "CT+"), ("c", "Uu")])
    ]
    [voice] = standing(*days)
    assert [position for position, _ in voice.positions] == ["denies", "asserts", "reports"]
    assert voice.position == "asserts"


def test_in_one_document_the_position_that_says_most_counts_once() -> None:
    text = "Rebels may have shelled Elst; they bombed it."
    [voice] = standing(telling(text, "shelled", factuality="Uu"), telling(text, "bombed"))
    assert [(position, t.word) for position, t in voice.positions] == [("asserts", "bombed")]


def test_a_voice_that_only_copies_have_does_not_count() -> None:
    copy = publication("b", publisher="Harbour Post", is_copy=True, copy_of="a")
    found = by_name(telling(SHELLED, "shelled"), telling(SHELLED, "shelled", copy))
    assert found["outlet:harbour post"].left_out == "only copies have it"
    assert found["outlet:sample wire"].independent


def test_what_a_copy_says_is_not_counted_beside_an_original() -> None:
    said = {"sayings": said_by("Kenya", "KEN"), "quantities": killed(2, 2, "two", "Rebels killed two.")}
    original = telling("Rebels killed two.", "killed", **said)
    copy = telling("Rebels killed two.", "killed", publication("b", is_copy=True, copy_of="a"), **said)
    [voice] = standing(original, copy)
    assert (len(voice.tellings), len(voice.figures), voice.types) == (2, 1, {"ASSAULT": 1})


def test_an_outlet_that_leaves_it_open_does_not_count_beside_who_commits_himself() -> None:
    open_ = telling(SHELLED, "shelled", publication("b", publisher="Harbour Post"), factuality="Uu")
    found = by_name(telling(SHELLED, "shelled", sayings=said_by("Kenya", "KEN")), open_)
    assert found["outlet:harbour post"].left_out == "leaves open whether it is so"
    [alone] = standing(open_)
    assert alone.independent


def test_an_outlet_that_only_refers_to_what_others_say_does_not_count() -> None:
    refers = telling(SHELLING, "shelling", publication("b", publisher="Harbour Post"), type=None)
    said = telling(SHELLED, "shelled", sayings=said_by("Kenya", "KEN"))
    assert by_name(said, refers)["outlet:harbour post"].left_out == "only refers to it"
    states = telling(SHELLED, "shelled", publication("c", publisher="Bay Post"))
    assert by_name(said, refers, states)["outlet:harbour post"].independent  # an outlet has it on its own word


@pytest.mark.parametrize(("type_", "factuality", "blamed"), [
    ("ASSAULT", "CT+", {"TCD"}),
    ("ASSAULT", "CT-", set()),
    ("CONSULT", "CT+", set()),
])  # fmt: skip
def test_who_is_said_to_have_done_harm_is_blamed(type_: str, factuality: str, blamed: set[str]) -> None:
    done_by = (actor("Chad", "TCD"), actor("Gunmen", None))
    [voice] = standing(telling(SHELLED, "shelled", type=type_, factuality=factuality, actors=done_by))
    assert voice.blamed == blamed
