"""Utterances: what was said, in whose words it is told, and who left out the condition."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query, Request

from sayso.corroboration import Utterance, Utterances
from sayso.corroboration.utterances import wording
from sayso.explorer import retelling
from sayso.explorer.asked import Paged
from sayso.explorer.cursors import Order
from sayso.explorer.grouped import looked_up
from sayso.explorer.holdings import Holdings, Reading
from sayso.explorer.results import page_of
from sayso.explorer.sheets import Pages, Sheet
from sayso.explorer.uttering import SAID, Question, conditions, counts, left_out

pages = Pages(tags=["utterances"])

ORDERS = {
    "newest": Order((SAID, "utterance")),
    "outlets": Order(("outlets", SAID, "utterance")),
}
_AS_PUBLISHED = Order(
    ("is_copy::INTEGER", "coalesce(published, '9')", "document", "start", "variant"), descending=False
)


class Asked(Question):
    """Which utterances, and in what order: what was said last, or what most outlets tell, first."""

    order: Literal["newest", "outlets"] = "newest"


@pages.page("/utterances")
def utterances(request: Request, asked: Annotated[Asked, Query()], holdings: Reading) -> Sheet:
    """What was said, each act of speaking once, however many reports tell it and in whatever words."""
    where, parameters = conditions(asked)
    found = page_of(
        holdings, "utterances", where, parameters, after=asked.after, limit=asked.limit, order=ORDERS[asked.order]
    )
    omissions = left_out(holdings, found.rows)
    counted = counts(holdings, asked)
    told = {
        "items": [{"row": row, "left_out": omissions.get(row["utterance"], [])} for row in found.rows],
        "asked": asked,
        "counts": counted,
    }
    return Sheet("utterances.html", told, found.table, found.total, found.after, {"counts": counted})


@pages.page("/utterances/{utterance}")
def utterance(request: Request, utterance: str, asked: Annotated[Paged, Query()], holdings: Reading) -> Sheet:
    """The variants of an utterance side by side, what some of them leave out, and why they are taken for one."""
    found = _utterance(holdings, utterance)
    variants = page_of(
        holdings,
        "utterance_variants",
        ["utterance = $utterance"],
        {"utterance": found.id},
        after=asked.after,
        limit=asked.limit,
        order=_AS_PUBLISHED,
    )
    told = {
        "utterance": found,
        "told": [wording.when(found), wording.counts(found)],
        "variants": retelling.retold(found, variants.rows),
        "lost": holdings.cached(("lost", found.id), lambda: retelling.lost(found)),
    }
    about = {"utterance": found.model_dump(mode="json", exclude={"variants"})}
    return Sheet("utterance.html", told, variants.table, variants.total, variants.after, about)


def _utterance(holdings: Holdings, name: str) -> Utterance:
    """Return an utterance by the id of any of its variants, or the beginning of that; 404 where there is none."""
    return looked_up(holdings, holdings.utterances, Utterances.utterance, name)
