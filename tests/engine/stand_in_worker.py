"""Stands in for a worker: the same talk without a parser, and it can be told to fail.

A text of "die" ends the process at once, "fell" ends the one that started it, "hang" never ends,
one that begins with "slow" takes a moment.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time

from sayso.records import CodedWith, Document, Record, document_id, text_hash
from sayso.rendering.line import render

MODEL = CodedWith(sayso="0", pipeline="stand-in", knowledge="", ontology="")


def read(document: Document) -> Record:
    if not document.error:
        if document.text == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if document.text == "fell":
            os.kill(os.getppid(), signal.SIGKILL)
        if document.text == "hang":
            time.sleep(600)
        if document.text.startswith("slow"):
            time.sleep(0.2)
    return Record(
        id=document_id(document),
        text_hash=text_hash(document.text),
        ref=document.ref,
        text=document.text,
        publisher=str(os.getpid()),
        coded_with=MODEL,
        error=document.error,
    )


def answer(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()


def main() -> None:
    options = json.loads(sys.stdin.readline())
    if options["reader"] == "unknown":
        answer(json.dumps({"problem": "no reader is called 'unknown'"}) + "\n")
        return
    if options["reader"] == "broken":
        sys.exit(3)
    answer("{}\n")
    for line in sys.stdin:
        for fields in json.loads(line):
            answer(render(read(Document(**fields))))


if __name__ == "__main__":
    main()
