"""FollowTheMoney: entities as lines of JSON, and statements that say of each value which document it is from.

``path`` is a folder for both (``entities.ftm.json``, ``statements.csv``), or a file for one: the statements where its
name ends in .csv, else the entities. Entities of documents come in the order of the ledger, actors at the end.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

from sayso.export.codes import DATA
from sayso.export.dates import moment
from sayso.export.ftm_entities import Entity, actor, items
from sayso.export.ftm_shelf import Shelf, Value, shelf
from sayso.export.output import folder, json_line, text_file
from sayso.export.selection import UNREAL, Exported, Row, Source, Story, happened, stories

DATASET = "sayso"
ENTITIES, STATEMENTS = "entities.ftm.json", "statements.csv"

STATEMENT_COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value",
    "external", "first_seen", "last_seen", "id",
)  # fmt: skip
"""The columns of ``ftm`` 4 for statements in CSV, in its order."""

_WORDS = frozenset({"string", "text"})
_NEVER = "1970-01-01T00:00:00"

Writer = Callable[[Entity, list[Value]], None]


def write(source: Source, path: Path, *, unreal: bool = False) -> Exported:
    """Write the documents, events, statements and actors of a ledger; with filters, those of the selected events."""
    with ExitStack() as files, shelf() as actors:
        done = Exported([])
        writers = list(_writers(path, files, done))
        for story in stories(source, {"events": None, "statements": None, "actors": None}):
            _leave_unreal_out(story, done, unreal)
            if source.is_filtered and not _keep_selected(story):
                continue
            seen = _seen(story.document)
            for entity in items(story):
                _write(entity, _values(entity, story.document["document"], seen), writers, done)
            _shelve(story, actors, seen)
        for entity, values in actors.entities():
            _write(entity, values, writers, done)
    return done


def _writers(path: Path, files: ExitStack, done: Exported) -> Iterator[Writer]:
    is_folder = not path.suffix or path.is_dir()
    if is_folder:
        folder(path)
    if is_folder or path.suffix.lower() != ".csv":
        done.files.append(path / ENTITIES if is_folder else path)
        lines = files.enter_context(text_file(done.files[-1]))
        yield lambda entity, _: _discard(lines.write(json_line(entity.as_json())))
    if is_folder or path.suffix.lower() == ".csv":
        done.files.append(path / STATEMENTS if is_folder else path)
        table = csv.writer(files.enter_context(text_file(done.files[-1])), lineterminator="\n")
        table.writerow(STATEMENT_COLUMNS)
        yield lambda entity, values: table.writerows(_statements(entity, values))


def _discard(_: object) -> None:
    """Let a writer return nothing, whatever the file says."""


def _write(entity: Entity, values: list[Value], writers: Iterable[Writer], done: Exported) -> None:
    for write_to in writers:
        write_to(entity, values)
    done.rows += 1


def _leave_unreal_out(story: Story, done: Exported, unreal: bool) -> None:
    if unreal:
        return
    events = story.items["events"]
    story.items["events"] = [event for event in events if happened(event)]
    for _ in range(len(events) - len(story.items["events"])):
        done.leave_out(UNREAL)


def _keep_selected(story: Story) -> bool:
    """Leave of a document what its selected events need; say whether it has any."""
    events = story.items["events"]
    held = {event["statement"] for event in events}
    story.items["statements"] = [row for row in story.items["statements"] if row["statement"] in held]
    wanted = {id_ for event in events for id_ in (*event["actors"], *event["recipients"], event["voucher"])}
    wanted |= {id_ for row in story.items["statements"] for id_ in (row["speaker"], row["addressee"])}
    story.items["actors"] = [row for row in story.items["actors"] if row["actor"] in wanted]
    return bool(events)


def _shelve(story: Story, actors: Shelf, seen: str) -> None:
    for row in story.items["actors"]:
        actors.add(actor(row), story.document["document"], seen)


def _values(entity: Entity, origin: str, seen: str) -> list[Value]:
    return [
        Value(prop, value, entity.originals.get(value), origin, seen, seen)
        for prop, values in entity.properties.items()
        for value in values
    ]


def _statements(entity: Entity, values: list[Value]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of an entity: first that it is there, under the property "id", then one for each value."""
    first, last = min(one.first for one in values), max(one.last for one in values)
    base = Value("id", entity.id, None, values[0].origin, first, last)
    known = types()
    for one in (base, *values):
        kind = "id" if one is base else known[entity.schema, one.prop]
        lang = "eng" if kind in _WORDS and entity.schema in ("Event", "Note") else ""
        key = _key(entity.id, one, lang)
        original, seen = one.original or "", (one.first, one.last)
        about = (entity.id, entity.id, one.prop, kind, entity.schema, one.value)
        yield (*about, DATASET, one.origin, lang, original, "false", *seen, key)


def _key(entity: str, one: Value, lang: str) -> str:
    """Return the id of a statement as the library makes it."""
    key = f"{DATASET}.{entity}.{one.prop}.{one.value}" + (f"@{lang}" if lang else "")
    return hashlib.sha1(key.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def _seen(document: Row) -> str:
    coded = moment(document["coded"])
    return coded.strftime("%Y-%m-%dT%H:%M:%S") if coded else _NEVER


@cache
def types() -> dict[tuple[str, str], str]:
    """Return the type of each property that Sayso fills, by schema and name."""
    lines = (DATA / "ftm.csv").read_text(encoding="utf-8").splitlines()
    table = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {(row["schema"], row["name"]): row["type"] for row in table}
