"""Pictures of what a ledger holds: when, where, who towards whom, who is quoted, who contests what.

    from sayso.plotting import Scope, save, timeline
    save(timeline(ledger.events(since="2024"), scope=Scope(filters={"since": "2024"})), "events.svg")

Every picture is an Altair chart; ``specification`` gives its Vega-Lite, with the data it needs and no more.
"""

from sayso.plotting.dispute import dispute
from sayso.plotting.heading import Chart, Scope
from sayso.plotting.network import network
from sayso.plotting.place_map import place_map
from sayso.plotting.quotes import quotes
from sayso.plotting.saving import page, pdf, png, save, specification, svg
from sayso.plotting.timeline import timeline

__all__ = [
    "Chart",
    "Scope",
    "dispute",
    "network",
    "page",
    "pdf",
    "place_map",
    "png",
    "quotes",
    "save",
    "specification",
    "svg",
    "timeline",
]
