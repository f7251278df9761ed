"""What changed: who was first, whose position became another, whose figures moved."""

from __future__ import annotations

from hand_made import killed, publication, said_by, standing, telling

from sayso.corroboration.changes import changes
from sayso.corroboration.telling import Telling

KENYA = said_by("Kenya", "KEN")


def told(document: str, published: str | None, factuality: str = "CT+", words: str = "two") -> Telling:
    """Return what Kenya says in a document."""
    sentence = f"Rebels killed {words} people in Elst."
    number = {"two": 2, "three": 3, "twenty": 20}[words]
    return telling(
        sentence,
        "killed",
        publication(document, published=published),
        factuality=factuality,
        sayings=KENYA,
        quantities=killed(number, number, words, sentence),
    )


def seen(*tellings: Telling) -> list[tuple[str, str | None, str | None, str]]:
    return [(c.kind, c.published, c.before, c.after) for c in changes(standing(*tellings))]


def test_who_reported_it_first_is_told_with_the_position_that_he_took_then() -> None:
    assert seen(told("a", "2024-10-21", "CT-"), told("b", "2024-10-23", "CT+")) == [
        ("first", "2024-10-21", None, "denies"),
        ("position", "2024-10-23", "denies", "asserts"),
    ]


def test_of_two_on_one_day_the_one_that_came_into_the_ledger_first_was_first() -> None:
    late, early = told("b", "2024-10-21"), told("a", "2024-10-21")
    assert changes(standing(late, early))[0].report == early.id


def test_where_nothing_has_a_date_nobody_was_first() -> None:
    assert seen(told("a", None)) == []


def test_who_leaves_it_open_for_a_time_has_not_changed_his_mind() -> None:
    days = [told("a", "2024-10-21"), told("b", "2024-10-22", "Uu"), told("c", "2024-10-23")]
    assert [kind for kind, *_ in seen(*days)] == ["first"]


def test_who_leaves_it_open_and_then_says_that_it_is_not_so_has_changed_from_what_he_said_before() -> None:
    days = [told("a", "2024-10-21"), told("b", "2024-10-22", "Uu"), told("c", "2024-10-23", "CT-")]
    assert seen(*days)[1] == ("position", "2024-10-23", "asserts", "denies")


def test_a_figure_that_another_day_brings_is_a_change_in_the_words_of_both() -> None:
    assert seen(told("a", "2024-10-21"), told("b", "2024-10-22", words="twenty"))[1] == (
        "figure",
        "2024-10-22",
        "two",
        "twenty",
    )


def test_two_figures_on_one_day_are_no_change() -> None:
    assert [kind for kind, *_ in seen(told("a", "2024-10-21"), told("b", "2024-10-21", words="twenty"))] == ["first"]


def test_what_has_no_date_stands_last() -> None:
    found = seen(told("a", "2024-10-21"), told("b", "2024-10-22", words="three"), told("c", None, words="twenty"))
    assert [published for _, published, *_ in found] == ["2024-10-21", "2024-10-22", None]
