"""Why reports are taken for one: the likeliest link of each, with what the two share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from rich.padding import Padding
from rich.text import Text

from sayso.corroboration.occurrence import Link
from sayso.rendering.neutral import one_line
from sayso.rendering.terminal import indented, section
from sayso.rendering.wording import counted, percent

FEW = 8
"""Links that are shown unless everything is asked for."""
_SURE = 0.995


class _Linked(Protocol):
    @property
    def id(self) -> str: ...

    @property
    def links(self) -> list[Link]: ...


_One = TypeVar("_One", bound=_Linked)


def links(
    parts: Sequence[_One], where: Callable[[_One], str], part: str, whole: str, most: int
) -> Iterator[Text | Padding]:
    """Yield why parts are taken for one whole, of so many; ``where`` says of a part what names it."""
    by_id = {one.id: one for one in parts}
    linked = [one for one in parts if one.links]
    if not linked:
        return
    yield section(f"Why the {part}s are taken for one {whole}")
    for one in linked[:most]:
        link = one.links[0]
        other = by_id.get(link.to)
        with_ = where(other) if other else one_line(link.to)
        yield indented(Text(f"{where(one)} with {with_}, {_likely(link.likelihood)}"), 2)
        yield indented(Text(", ".join(map(one_line, link.reasons)), style="dim"), 6)
    if len(linked) > most:
        yield indented(Text(f"and {counted(len(linked) - most, part)} more, with --all", style="dim"), 2)
    yield Text()


def _likely(likelihood: float) -> str:
    return percent(likelihood) if likelihood < _SURE else "over 99%"
