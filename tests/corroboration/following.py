"""Brings the casebook of a ledger up to date, a few documents at a time: ``following.py LEDGER``.

A line for each portion says how many documents are done.
"""

from __future__ import annotations

import sys

from sayso.corroboration import Casebook, book
from sayso.ledger import Ledger


def tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    book._READ = 4
    with Casebook(Ledger(sys.argv[1])) as followed:
        added = followed.update(lambda done, _: tell(done)).added
        tell(added)
