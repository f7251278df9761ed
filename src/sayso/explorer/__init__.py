"""The explorer: a web application on a ledger, for people who look and for programs that ask.

    from sayso.explorer import Guard, Holdings, application
    app = application(Holdings("news"))        # an ASGI application, for any server

``sayso serve --ledger news`` runs it on 127.0.0.1. Each page has its whole state in its address, and twins: add .json,
.csv or .parquet to the path.
"""

from sayso.explorer.app import application
from sayso.explorer.guard import Guard
from sayso.explorer.holdings import Holdings

__all__ = ["Guard", "Holdings", "application"]
