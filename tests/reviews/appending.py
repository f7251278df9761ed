"""One of several reviewers at once: ``appending.py LEDGER NAME TIMES``; says so after each judgement that is kept."""

from __future__ import annotations

import sys

from judging import said

from sayso.reviews import Docket


def append(path: str, name: str, times: str) -> None:
    docket = Docket(path)
    for number in range(int(times)):
        docket.append(said(by=name, why=f"{number} " + "x" * 1_900))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    append(*sys.argv[1:])
