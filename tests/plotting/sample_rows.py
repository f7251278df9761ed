"""Rows as a ledger gives them, made up: a few by hand, many by formula."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

QUADS = {"CONSULT": 1, "AID": 2, "ACCUSE": 3, "ASSAULT": 4}


def event(**given: Any) -> dict[str, Any]:
    """Return an event; actors and recipients are given by name."""
    row: dict[str, Any] = {
        "document": "sha256:1",
        "published": "2024-03-08",
        "type": "ASSAULT",
        "mode": None,
        "actors": ["Arland"],
        "recipients": ["Borduria"],
        "place": "geonames:1",
        "place_name": "Kyiv",
        "place_country": "UKR",
        "place_feature": "PPLC",
        "lat": 50.45,
        "lon": 30.52,
        "date": "2024-03-04",
        "factuality": "CT+",
        "hypothetical": False,
        "voucher_name": "Sample Wire",
    } | given
    row.setdefault("quad", QUADS[row["type"]])
    row["actor_names"], row["recipient_names"] = list(row["actors"]), list(row["recipients"])
    row["actors"] = [f"actor:{name}" for name in row["actors"]]
    row["recipients"] = [f"actor:{name}" for name in row["recipients"]]
    return row


def statement(**given: Any) -> dict[str, Any]:
    """Return a statement; the speaker is given by name."""
    row: dict[str, Any] = {
        "document": "sha256:1",
        "publisher": "Sample Wire",
        "published": "2024-03-08",
        "speaker": "Anna Bell",
        "act": "say",
        "kind": "direct",
        "content": "we will rebuild",
    } | given
    row["speaker_name"] = row["speaker"]
    row["speaker"] = row["speaker"] and f"actor:{row['speaker']}"
    return row


def many_events(count: int) -> pa.Table:
    """Return as many events as asked for, spread over three years, four types, seven actors and eleven places."""
    days = [f"{2021 + n // 336}-{n // 28 % 12 + 1:02d}-{n % 28 + 1:02d}" for n in range(1008)]
    types = list(QUADS)
    kinds = [types[n % 4] for n in range(count)]
    actors = [[f"Actor {n % 7}"] for n in range(count)]
    recipients = [[f"Actor {n // 7 % 7}"] for n in range(count)]
    return pa.table(
        {
            "document": [f"sha256:{n // 4}" for n in range(count)],
            "published": ["2024-01-01"] * count,
            "type": kinds,
            "mode": pa.nulls(count, pa.string()),
            "quad": pa.array([QUADS[kind] for kind in kinds], pa.int8()),
            "actors": actors,
            "actor_names": actors,
            "recipients": recipients,
            "recipient_names": recipients,
            "place": [f"geonames:{n % 11}" for n in range(count)],
            "place_name": [f"Town {n % 11}" for n in range(count)],
            "place_country": ["UKR"] * count,
            "place_feature": ["PPL"] * count,
            "lat": [-40.0 + 9 * (n % 11) for n in range(count)],
            "lon": [-150.0 + 29 * (n % 11) for n in range(count)],
            "date": [days[n * 7 % 1008] for n in range(count)],
            "factuality": ["CT-" if n % 10 == 0 else "CT+" for n in range(count)],
            "hypothetical": [n % 25 == 1 for n in range(count)],
            "voucher_name": ["Sample Wire"] * count,
        }
    )


def half_a_million_events() -> pa.Table:
    """Return five thousand events a hundred times over."""
    return pa.concat_tables([many_events(5_000)] * 100)
