"""Who is meant: 330 mentions in context, of our own writing, in ``mentions.yaml``.

An item has ``published``, a ``text`` with one mention in square brackets, and ``who`` it is: a ``name``, or
``country`` and ``sector`` for people and bodies without one, or a list of these; null where nobody known must be named.
``needs`` is ``date`` where the day decides who it is, ``null`` where nobody is, else ``none``. The items were written
by people who had not seen what the tagger does with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import HoldToFloor, Read

from sayso.knowledge.actor_names import pieces
from sayso.knowledge.actors import ActorKnowledge, load_actors
from sayso.reading.annotations import Actor

TABLE = Path(__file__).parent / "mentions.yaml"
FIGURES = {"date": "mentions, by date", "none": "mentions, others", None: "mentions, nobody"}
"""In benchmarks/baseline.json: of those that need the date, of the others, and of those that are nobody."""

Expected = dict[str, str]


def items() -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return loaded


def is_right(actors: list[Actor], who: Expected | list[Expected] | None, knowledge: ActorKnowledge) -> bool:
    if who is None:
        return not any(a.id in knowledge.people or a.id in knowledge.known or a.country for a in actors)
    wanted = who if isinstance(who, list) else [who]
    return all(any(_is(actor, one, knowledge) for actor in actors) for one in wanted)


def _is(actor: Actor, expected: Expected, knowledge: ActorKnowledge) -> bool:
    if "name" not in expected:
        return (actor.country, (actor.sector or "")[:3]) == (expected["country"], expected["sector"])
    wanted = pieces(expected["name"])
    aliases = {sense.known.id for key, _, sense in knowledge.names.starting(wanted[0]) if key == wanted}
    return pieces(actor.name) == wanted or actor.id in aliases


def judged(read: Read, needs: str | None) -> Iterator[tuple[str, bool]]:
    knowledge = load_actors()
    for item in (item for item in items() if item["needs"] == needs):
        marked = item["text"]
        start, end = marked.index("["), marked.index("]") - 1
        doc = read(marked.replace("[", "").replace("]", ""), upto="sayso_coreference", published=str(item["published"]))
        there = [a for a in doc._.actors for m in a.mentions if m.chars[0] < end and start < m.chars[1]]
        yield f"{marked}: {[a.name for a in there]}, not {item['who']}", is_right(there, item["who"], knowledge)


def test_the_table_is_as_large_as_it_says() -> None:
    needs = [item["needs"] for item in items()]
    assert (len(needs), needs.count("date"), needs.count(None)) == (330, 100, 85)


@pytest.mark.parametrize("needs", FIGURES)
def test_mentions(read: Read, hold_to_floor: HoldToFloor, needs: str | None) -> None:
    results = list(judged(read, needs))
    wrong = [told for told, right in results if not right]
    hold_to_floor(FIGURES[needs], 1 - len(wrong) / len(results), "\n".join(wrong))
