"""An utterance laid out for reading: its variants side by side, who left out what, and why they are taken for one.

Words come from reports and are hostile: everything goes through ``neutral`` on its way here.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from sayso.cli.dossier import Part
from sayso.cli.dossier_links import FEW, links
from sayso.corroboration.utterances import wording
from sayso.corroboration.utterances.utterance import Utterance, Variant
from sayso.corroboration.wording import day, item, outlet
from sayso.rendering.neutral import one_line
from sayso.rendering.terminal import indented, section
from sayso.rendering.wording import counted

_FEW = 12
"""Variants that are shown unless everything is asked for."""
_LEFT = 20
_MANY = 10**9


def dossier(utterance: Utterance, *, everything: bool = False) -> Iterator[Part]:
    """Yield the parts of a dossier; without ``everything`` no more than the first few variants and links."""
    yield from _heading(utterance)
    yield from _variants(utterance, _MANY if everything else _FEW)
    if utterance.omitting:
        yield from _omissions(utterance)
    yield from links(utterance.variants, _place, "variant", "utterance", _MANY if everything else FEW)


def _heading(utterance: Utterance) -> Iterator[Part]:
    yield Text.assemble((wording.heading(utterance), "bold"), " · ", wording.when(utterance))
    yield Text(wording.wording(utterance), style="italic")
    told = f"{counted(len(utterance.variants), 'variant')} in {counted(utterance.documents, 'document')}"
    yield Text(f"{told}, {wording.counts(utterance)}", style="dim")
    if utterance.first_reported:
        by = f" by {one_line(utterance.first_publisher)}" if utterance.first_publisher else ""
        last = utterance.last_reported
        until = f", last reported {last}" if last != utterance.first_reported else ""
        yield Text(f"first reported {utterance.first_reported}{by}{until}", style="dim")
    yield Text(f"id {utterance.id}", style="dim")


def _variants(utterance: Utterance, most: int) -> Iterator[Part]:
    """Yield the variants side by side: outlet and date on the left, the words beside them."""
    yield section("In whose words")
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=_LEFT)
    grid.add_column()
    for variant in wording.in_order(utterance.variants)[:most]:
        left = Text.assemble((outlet(variant), "bold cyan"), "\n", day(variant), "\n", (variant.kind, "dim"))
        grid.add_row(left, _told(variant))
        grid.add_row(Text(), Text())
    yield Padding(grid, (0, 0, 0, 2))
    if len(utterance.variants) > most:
        yield indented(
            Text(f"and {counted(len(utterance.variants) - most, 'variant')} more, with --all", style="dim"), 2
        )


def _told(variant: Variant) -> Text:
    """Return the words of a variant, its qualifiers between asterisks; below who is said to say so, and where."""
    text = Text()
    for words, marked in wording.pieces(variant, (qualifier.span for qualifier in variant.carries)):
        text.append(f"*{words}*" if marked else words, style="bold underline" if marked else "")
    text.append(f"\n— {one_line(variant.source)}, {_whence(variant)}", style="dim")
    if variant.omits:
        text.append(f"\nleaves out the {wording.omitted(variant.omits)}", style="yellow")
    return text


def _whence(variant: Variant) -> str:
    told = [item(variant.document, variant.statement)]
    if variant.relayed_by:
        told.append(f"relayed by {', '.join(map(one_line, variant.relayed_by))}")
    if variant.is_copy:
        told.append("a copy")
    return " · ".join(told)


def _omissions(utterance: Utterance) -> Iterator[Part]:
    yield section("Who left out what")
    for told in wording.left_out(utterance):
        yield indented(Text(f"the {wording.omitted([told.omission])}"), 2)
        if told.fuller is not None:
            start, end = told.omission.span
            yield indented(Text(f"as in {_at(told.fuller)}, characters {start} to {end}", style="dim"), 4)
        for variant in told.lacking:
            where = item(variant.document, variant.statement)
            yield indented(Text(f"left out by {outlet(variant)}, {day(variant)} · {where}"), 4)


def _at(variant: Variant) -> str:
    return f"{outlet(variant)}, {item(variant.document, variant.statement)}"


def _place(variant: Variant) -> str:
    return f"{outlet(variant)} {item(variant.document, variant.statement)}"
