"""The pages, one module each."""

from sayso.explorer import charts
from sayso.explorer.pages import ledger, search, sign_in

ROUTERS = (search.pages, ledger.pages, sign_in.router, charts.charts)
"""What the application answers with."""

__all__ = ["ROUTERS"]
