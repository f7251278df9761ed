"""From what BRAT joins to statements: around each cue its sources and contents, and contents without a cue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sayso.evaluation.attribution_spans import Attribution
from sayso.evaluation.brat_lines import Annotations
from sayso.records import Span

Neighbours = dict[tuple[str, str], list[str]]
"""By annotation and role: what it is joined to that has the role."""


def assemble(annotations: Annotations) -> tuple[Attribution, ...]:
    """Return the statements of a document in text order; a cue with no content is one too, of which nothing is said.

    A cue without contents of its own takes those that are joined to its source and to no cue. A content that no cue
    takes is a statement by itself, of the sources that it is joined to.
    """
    near = _neighbours(annotations)
    made, taken = [], set()
    for cue in _with_role(annotations, "cue"):
        sources = near["source", cue]
        contents = near["content", cue] or _through(sources, near)
        taken.update(contents)
        made.append(_statement(annotations, [*sources, *_of_all(contents, near)], [cue], contents))
    alone = [content for content in _with_role(annotations, "content") if content not in taken]
    made += [_statement(annotations, near["source", content], [], [content]) for content in alone]
    return tuple(sorted(made, key=lambda statement: min(statement.content or statement.cue)))


def _neighbours(annotations: Annotations) -> Neighbours:
    near: Neighbours = defaultdict(list)
    for first, second in dict.fromkeys(annotations.links):
        for one, other in ((first, second), (second, first)):
            if one != other and other in annotations.roles:
                near[annotations.roles[other], one].append(other)
    return near


def _through(sources: Iterable[str], near: Neighbours) -> list[str]:
    """Return the contents that are joined to no cue but to one of the sources, where this is the source of one cue."""
    own = [source for source in sources if len(near["cue", source]) == 1]
    return [content for source in own for content in near["content", source] if not near["cue", content]]


def _of_all(contents: Iterable[str], near: Neighbours) -> list[str]:
    return [source for content in contents for source in near["source", content]]


def _with_role(annotations: Annotations, role: str) -> list[str]:
    return [identifier for identifier, its in annotations.roles.items() if its == role]


def _statement(
    annotations: Annotations, sources: Iterable[str], cues: Iterable[str], contents: Iterable[str]
) -> Attribution:
    return Attribution(_spans(annotations, sources), _spans(annotations, cues), _spans(annotations, contents))


def _spans(annotations: Annotations, identifiers: Iterable[str]) -> tuple[Span, ...]:
    return tuple(sorted({span for identifier in identifiers for span in annotations.spans[identifier]}))
