"""The pages, one module each."""

from sayso.explorer import charts
from sayso.explorer.pages import (
    actors,
    atlas,
    compare,
    documents,
    front,
    ledger,
    network,
    occurrences,
    places,
    reviews,
    search,
    sign_in,
    timeline,
    utterances,
)

ROUTERS = (
    front.pages,
    front.reading,
    search.pages,
    documents.pages,
    compare.pages,
    actors.charts,
    actors.pages,
    places.charts,
    places.pages,
    reviews.pages,
    reviews.writing,
    timeline.pages,
    timeline.charts,
    atlas.pages,
    atlas.charts,
    atlas.parts,
    network.pages,
    network.charts,
    occurrences.pages,
    occurrences.charts,
    utterances.pages,
    ledger.pages,
    sign_in.router,
    charts.charts,
)
"""What the application answers with."""

__all__ = ["ROUTERS"]
