"""``sayso explain``: why each item was coded, and what was not."""

from __future__ import annotations

import typer

from sayso.cli import parameters
from sayso.cli.messages import Messages, explained
from sayso.cli.output import Sink, screen


def explain(
    paths: parameters.Paths,
    published: parameters.Published = None,
    publisher: parameters.Publisher = None,
    reader: parameters.Reader = "fast",
    knowledge: parameters.Knowledge = None,
    ontologies: parameters.Ontologies = None,
    columns: parameters.Columns = None,
    time_limit: parameters.TimeLimit = 60.0,
    max_characters: parameters.MaxCharacters = 1_000_000,
) -> None:
    """Show why each item was coded, by which rule or model and on which words, and what was not coded and why.

    [bold]Example[/bold]

    sayso explain article.txt --published 2024-10-25 | less
    """
    from sayso.engine.options import ReaderOptions
    from sayso.intake import documents

    options = ReaderOptions(
        reader, str(knowledge) if knowledge else None, time_limit, max_characters, parameters.files(ontologies)
    )
    messages = Messages()
    with explained():
        given = documents(paths, columns=parameters.columns_of(columns), published=published, publisher=publisher)
        loaded = options.make()
    from sayso.rendering.explanation import render

    shown_on = screen()
    sink = Sink(None, shown_on.encoding)
    for document in given:
        explanation = loaded.explain(document)
        messages.count(explanation.record)
        if not explanation.record.error:
            sink.write(render(explanation, shown_on))
    if messages.failed:
        messages.note(messages.summary())
        raise typer.Exit(1)
