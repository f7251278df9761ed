"""The pages, one module each."""

from sayso.explorer import charts
from sayso.explorer.pages import documents, front, ledger, search, sign_in

ROUTERS = (front.pages, front.reading, search.pages, documents.pages, ledger.pages, sign_in.router, charts.charts)
"""What the application answers with."""

__all__ = ["ROUTERS"]
