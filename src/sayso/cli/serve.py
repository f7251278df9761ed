"""``sayso serve``: the explorer, a web application on a ledger."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from sayso.cli import parameters
from sayso.cli.messages import Messages, explained

_MOST_AT_ONCE = 200
"""Connections at once; more are told to come back."""


def serve(
    path: parameters.LedgerPath,
    port: Annotated[
        int, typer.Option(metavar="N", min=0, max=65535, help="Port to listen at; 0 takes one that is free.")
    ] = 8765,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="Address to listen at. With another than this machine's own, reading needs the token too.",
        ),
    ] = "127.0.0.1",
    token: Annotated[
        str | None,
        typer.Option(
            metavar="TOKEN",
            envvar="SAYSO_TOKEN",
            help="What writing asks for, at least 16 characters; without it one is made and shown.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Look at a ledger in a browser: search, read, compare, map; who says so and who denies it.

    Nothing but this machine can connect, and nothing can be written without the token that is shown at the start.

    [bold]Example[/bold]

    sayso serve --ledger news
    """
    import uvicorn

    from sayso.explorer import Guard, Holdings, application
    from sayso.explorer.guard import LOOPBACK, hosts_of

    messages = Messages()
    if token is not None and len(token) < 16:
        raise typer.BadParameter("a token has 16 characters or more", param_hint="--token")
    listening = _listening(host, port)
    messages.note("Opening the ledger ...")
    with explained():
        holdings = Holdings(path)
    holdings.follow()
    given = {"token": token} if token else {}
    guard = Guard(hosts=tuple(hosts_of(host)), everywhere=host not in LOOPBACK, **given)
    name = f"[{host}]" if ":" in host else host
    messages.note(f"Look at http://{name}:{listening.getsockname()[1]}/ - Ctrl-C ends it.")
    messages.note(f"Token for those who review: {guard.token}")
    config = uvicorn.Config(
        application(holdings, guard),
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=3,
        lifespan="on",
    )
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        holdings.close()


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens, or say why there is none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()
    except (OSError, UnicodeError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise typer.BadParameter(f"{host}:{port}: {reason}; choose another with --port", param_hint="--port") from None
    return listening
