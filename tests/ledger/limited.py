"""Appends to a ledger under a limit, and tells what came of it as JSON.

``python limited.py full LEDGER BYTES``: files can have no more bytes. ``python limited.py nobody LEDGER``: the process
has no rights to what others own.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys

from killed import batch  # loads what would be loaded late, which nobody may not read

from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.ledger.search import search

NOBODY = 65534


def tell(**told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")


def full(path: str, size: str) -> None:
    ledger = Ledger(path)
    ledger.append(batch("room", 1))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), resource.RLIM_INFINITY))
    error = failure(lambda: ledger.append(batch("more", 1)))
    readable = Ledger(path).documents(copies=True).count()
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    version = ledger.append(batch("more", 1)).version
    tell(error=error, readable=readable, version=version)


def nobody(path: str) -> None:
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    ledger = Ledger(path)
    tell(
        append=failure(lambda: ledger.append(batch("more", 1))),
        create=failure(lambda: Ledger(os.path.join(path, "another"), create=True)),
        compact=failure(lambda: Ledger(path).store.compact()),
        readable=ledger.documents(copies=True).count(),
        found=search(ledger, "room").total,
        beside=os.path.exists(os.path.join(path, "index")),
    )


def failure(action: object) -> str:
    assert callable(action)
    try:
        action()
    except LedgerError as error:
        return str(error)
    return ""


if __name__ == "__main__":
    {"full": full, "nobody": nobody}[sys.argv[1]](*sys.argv[2:])
