"""Follow a feed into a file of lines that stands for the ledger; run as a program, to be killed at any moment.

Like a ledger it takes each text once: what it has already is skipped.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from sayso.intake.opml import FeedAddress
from sayso.intake.subscriptions import State
from sayso.intake.watch import follow
from sayso.intake.web import Fetcher, Limits
from sayso.records import document_id


def main(feed: str, state_file: str, ledger: str) -> None:
    fetcher = Fetcher(limits=Limits(delay=0.01))
    with State(state_file) as state, Path(ledger).open("a+", encoding="utf-8") as lines:
        lines.seek(0)
        known = {json.loads(line)["id"] for line in lines if line.endswith("\n")}
        for batch in follow([FeedAddress(feed)], state, fetcher, once=True):
            for document in batch.documents:
                if document_id(document) not in known:
                    lines.write(json.dumps({"id": document_id(document), "ref": document.ref}) + "\n")
            lines.flush()
            os.fsync(lines.fileno())
            state.done(batch.entries)


if __name__ == "__main__":
    main(*sys.argv[1:])
