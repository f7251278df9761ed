"""``sayso schema``: the shape of a Record, for programs."""

from __future__ import annotations

import json


def schema() -> None:
    """Print the JSON Schema of a record: the shape of each line that [bold]sayso code --format jsonl[/bold] writes.

    [bold]Example[/bold]

    sayso schema > record.schema.json
    """
    from sayso.cli.output import Sink
    from sayso.records import json_schema

    Sink(None).write(json.dumps(json_schema(), indent=2) + "\n")
