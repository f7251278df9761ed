from __future__ import annotations

import pytest
from judging import account

from sayso.reviews.naming import Names


@pytest.mark.parametrize("given", ["actor:rebels", "rebels", " REBELS "])
def test_an_actor_of_the_record_is_found_by_id_and_by_name(given: str) -> None:
    names = Names(account())
    assert names.actor(given) == "actor:rebels"
    assert len(names.actors) == 3


@pytest.mark.parametrize(
    ("given", "id_", "name", "kind", "country"),
    [
        ("Cem  Okur", "actor:cem-okur", "Cem Okur", "role", None),
        ("actor:cem-okur", "actor:cem-okur", "cem-okur", "role", None),
        ("<b>Cem</b>", "actor:b-cem-b", "<b>Cem</b>", "role", None),
        ("Russia", "actor:russia", "Russia", "country", "RUS"),
        ("actor:russia", "actor:russia", "Russia", "country", "RUS"),
        ("NATO", "actor:nato", "NATO", "organization", None),
        ("Vladimir Putin", "actor:vladimir-putin", "Vladimir Putin", "person", "RUS"),
        ("Moscow", "actor:moscow", "Moscow", "role", None),
    ],
)
def test_an_actor_who_is_not_in_the_record_is_added(
    given: str, id_: str, name: str, kind: str, country: str | None
) -> None:
    names = Names(account())
    assert names.actor(given) == id_
    made = names.actors[id_]
    assert (made.name, made.kind, made.country, made.mentions) == (name, kind, country, [])


def test_names_in_other_letters_are_told_apart() -> None:
    names = Names(account())
    assert names.actor("Анна") == names.actor("анна") != names.actor("Борис")


def test_nobody_is_named_twice() -> None:
    assert Names(account()).actors_of(["rebels", "actor:rebels", "Cem", "cem"]) == ["actor:rebels", "actor:cem"]


@pytest.mark.parametrize(
    ("given", "key"), [("geonames:1", "geonames:1"), ("port ada", "geonames:1"), (" El  X", "El X")]
)
def test_a_place_is_given_by_id_or_by_name(given: str, key: str) -> None:
    names = Names(account())
    assert names.place(given) == key
    assert key in names.places
