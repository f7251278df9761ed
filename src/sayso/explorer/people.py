"""What the ledger holds of one actor, and of two towards each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sayso.explorer.holdings import Holdings
from sayso.explorer.results import named
from sayso.explorer.shelf import Row, Tables

Side = Literal["said", "did", "had"]

SIDES: Mapping[Side, tuple[str, str]] = {
    "said": ("statements", "speaker = $actor"),
    "did": ("events", "list_contains(actors, $actor)"),
    "had": ("events", "list_contains(recipients, $actor)"),
}
"""What somebody said, did, and had done to them: the view, and the condition of its rows."""
BETWEEN = """(
    (list_contains(actors, $one) AND list_contains(recipients, $other))
    OR (list_contains(actors, $other) AND list_contains(recipients, $one))
)"""
"""The condition of events between two."""
MOST = 20
BASELINE = 12
"""Months before, with whose mean a month is compared."""
FLOOR = 5
"""A month with fewer reports, or with fewer expected, is too small to be compared."""
NOTABLE = 1.25
"""A month is told as more, or less, where it differs from what was expected by more than a quarter."""


def portrait(holdings: Holdings, actor: str) -> Row | None:
    """Return who an actor is, as most documents have it, and in how many they are; None for nobody."""
    found = holdings.select(
        """SELECT mode(name) AS name, mode(kind) AS kind, mode(country) AS country, mode(sector) AS sector,
            list_sort(list(DISTINCT office) FILTER (office IS NOT NULL)) AS offices, count(*) AS documents,
            sum(mention_count)::BIGINT AS mentions, min(published) AS first, max(published) AS last
        FROM actors WHERE actor = $actor""",
        {"actor": actor},
    )
    return {"actor": actor, **found[0]} if found[0]["documents"] else None


@dataclass(frozen=True, slots=True)
class Involved:
    """The statements and events of an actor, taken out of the views once, to be counted in several ways."""

    actor: str
    tables: Tables

    @classmethod
    def of(cls, holdings: Holdings, actor: str) -> Involved:
        """Take out what an actor said, did, had done to them, and vouches for."""
        whose = {"actor": actor}
        events = holdings.arrow(
            """SELECT type, quad, actors, actor_names, recipients, recipient_names, voucher,
                list_contains(actors, $actor) AS did, list_contains(recipients, $actor) AS had
            FROM events WHERE did OR had OR voucher = $actor""",
            whose,
        )
        statements = holdings.arrow("SELECT act, publisher, document FROM statements WHERE speaker = $actor", whose)
        return cls(actor, {"mine": events, "said": statements})

    def totals(self, holdings: Holdings) -> dict[Side, int]:
        """Return how many statements and events there are on each side of the actor."""
        [row] = self._select(
            holdings,
            """SELECT (SELECT count(*) FROM said) AS said, count(*) FILTER (did) AS did, count(*) FILTER (had) AS had
            FROM mine""",
        )
        return {side: row[side] for side in SIDES}

    def acts(self, holdings: Holdings) -> list[Row]:
        """Return the kinds of utterance of the actor, the most frequent first."""
        return self._select(holdings, "SELECT act, count(*) AS count FROM said GROUP BY 1 ORDER BY 2 DESC, 1")

    def types(self, holdings: Holdings) -> list[Row]:
        """Return the types of events that the actor took part in, and how often on each side."""
        return self._select(
            holdings,
            """SELECT type, any_value(quad) AS quad, count(*) FILTER (did) AS did, count(*) FILTER (had) AS had
            FROM mine WHERE did OR had GROUP BY 1 ORDER BY count(*) DESC, 1""",
        )

    def quoting(self, holdings: Holdings) -> list[Row]:
        """Return the publishers that quote the actor most."""
        return self._select(
            holdings,
            f"""SELECT publisher, count(*) AS count, count(DISTINCT document) AS documents FROM said
            WHERE publisher IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST}""",
        )

    def counterparts(self, holdings: Holdings) -> list[Row]:
        """Return those towards whom the actor acts, or who act towards it, and how many of the events are conflict."""
        return self._select(
            holdings,
            f"""SELECT pair.who AS actor, any_value(pair.name) AS name, count(*) FILTER (way = 'to') AS towards,
                count(*) FILTER (way = 'from') AS from_them, count(*) FILTER (quad >= 3) AS conflict,
                count(*) AS events
            FROM (
                SELECT quad, 'to' AS way, {named("recipients", "recipient_names")} FROM mine WHERE did
                UNION ALL
                SELECT quad, 'from' AS way, {named("actors", "actor_names")} FROM mine WHERE had
            ) WHERE pair.who <> $actor GROUP BY 1 ORDER BY events DESC, 1 LIMIT {MOST}""",
            {"actor": self.actor},
        )

    def spoken_about(self, holdings: Holdings) -> list[Row]:
        """Return those about whose acts the actor speaks: who acts in the events that stand on its word."""
        return self._select(
            holdings,
            f"""SELECT pair.who AS actor, any_value(pair.name) AS name, count(*) AS events FROM (
                SELECT {named("actors", "actor_names")} FROM mine WHERE voucher = $actor
            ) WHERE pair.who <> $actor GROUP BY 1 ORDER BY events DESC, 1 LIMIT {MOST}""",
            {"actor": self.actor},
        )

    def _select(self, holdings: Holdings, query: str, parameters: Mapping[str, object] | None = None) -> list[Row]:
        return holdings.select(query, parameters, self.tables)


@dataclass(frozen=True, slots=True)
class Month:
    """The events of a month that go one way: of each quad class, all, and how that compares with the months before.

    ``expected`` is the mean of the twelve months before, None where the ledger begins later than that.
    """

    month: str
    quads: tuple[int, int, int, int]
    expected: float | None

    @property
    def count(self) -> int:
        """All events of the month."""
        return sum(self.quads)

    @property
    def told(self) -> Literal["few", "no baseline", "more", "less", "as before"]:
        """How the month compares, in a word; the page says it in a sentence."""
        if self.expected is None:
            return "no baseline"
        if max(self.count, self.expected) < FLOOR:
            return "few"
        if self.count > self.expected * NOTABLE:
            return "more"
        return "less" if self.count * NOTABLE < self.expected else "as before"


def months(holdings: Holdings, actor: str, recipient: str) -> list[Month]:
    """Return the months in which an actor is reported to have acted towards another, and those between, last first."""
    rows = holdings.select(
        """SELECT left(coalesce(date, published), 7) AS month, quad, count(*) AS n FROM events
        WHERE list_contains(actors, $one) AND list_contains(recipients, $other)
            AND length(coalesce(date, published)) >= 7
        GROUP BY 1, 2""",
        {"one": actor, "other": recipient},
    )
    counts: dict[str, list[int]] = {}
    for row in rows:
        counts.setdefault(row["month"], [0, 0, 0, 0])[row["quad"] - 1] = row["n"]
    return list(reversed(list(compared(counts))))[:MOST_MONTHS] if counts else []


MOST_MONTHS = 60
"""Months that are shown, the last ones: old events that articles recall would else bring empty centuries."""


def compared(counts: Mapping[str, Sequence[int]]) -> Iterator[Month]:
    """Yield all months from the first to the last, those without events too, each compared with those before."""
    numbers = {_number(month): quads for month, quads in counts.items()}
    last = max(numbers)
    first = max(min(numbers), last - MOST_MONTHS - BASELINE)
    window: list[int] = []
    for number in range(first, last + 1):
        quads = numbers.get(number, (0, 0, 0, 0))
        expected = sum(window) / BASELINE if len(window) == BASELINE else None
        yield Month(_month(number), (quads[0], quads[1], quads[2], quads[3]), expected)
        window = [*window, sum(quads)][-BASELINE:]


def about_each_other(holdings: Holdings, speaker: str, about: str, names: Sequence[str]) -> list[Row]:
    """Return what somebody says to or about another: addressed to them, of their acts, or naming them; newest first."""
    return holdings.select(
        f"""WITH said AS MATERIALIZED (
            SELECT spot, account, statement, published, document, start FROM statements WHERE speaker = $speaker AND (
                addressee = $about OR list_bool_or(list_transform($names, lambda n: contains(content, n)))
            )
            UNION
            SELECT spot, account, statement, published, document, start FROM statements
            SEMI JOIN (
                SELECT account, statement FROM events
                WHERE list_contains(actors, $about) OR list_contains(recipients, $about)
            ) USING (account, statement) WHERE speaker = $speaker
            ORDER BY published DESC NULLS LAST, document, start LIMIT {MOST}
        )
        SELECT whole.* EXCLUDE (spot, account) FROM statements AS whole SEMI JOIN said USING (spot)
        ORDER BY published DESC NULLS LAST, document, start""",
        {"speaker": speaker, "about": about, "names": list(names)},
    )


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"
