"""The Arrow types of the columns that tables have, by the name that DuckDB writes for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyarrow as pa

from sayso.ledger.columns import Column

_NUMBERS = pa.struct([("kind", pa.string()), ("low", pa.float64()), ("high", pa.float64()), ("words", pa.string())])
_VOICE = pa.struct(
    [
        ("voice", pa.string()),
        ("name", pa.string()),
        ("position", pa.string()),
        ("independent", pa.bool_()),
        ("reports", pa.int64()),
    ]
)
VOICES = "STRUCT(voice VARCHAR, name VARCHAR, position VARCHAR, independent BOOLEAN, reports BIGINT)[]"

TYPES: Mapping[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "VARCHAR[]": pa.list_(pa.string()),
    "BIGINT": pa.int64(),
    "INTEGER": pa.int32(),
    "TINYINT": pa.int8(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMPTZ": pa.timestamp("us", tz="UTC"),
    "STRUCT(kind VARCHAR, low DOUBLE, high DOUBLE, words VARCHAR)[]": pa.list_(_NUMBERS),
    "STRUCT(kind VARCHAR, low DOUBLE, high DOUBLE)[]": pa.list_(pa.struct(list(_NUMBERS)[:3])),
    VOICES: pa.list_(_VOICE),
}
"""The name of a type -> what Arrow has for it."""


def fields(columns: Iterable[Column]) -> list[pa.Field]:
    """Return columns as fields, each with its meaning."""
    return [pa.field(column.name, TYPES[column.type], metadata={"meaning": column.meaning}) for column in columns]
