from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from stand_in_worker import read as stood_in

from sayso.engine.process import WorkerDiedError
from sayso.engine.setting_aside import read_all
from sayso.errors import SaysoError
from sayso.records import Document, Record


class Process:
    """A process that ends of a text as often as is said, of "all" even where there is nothing to read."""

    def __init__(self, **deaths: int) -> None:
        self.deaths = Counter(deaths)
        self.read_texts: list[str] = []

    def read(self, documents: list[Document]) -> Iterator[Record]:
        for document in documents:
            self.read_texts.append(document.text)
            if self.deaths["all"] or (self.deaths[document.text] and not document.error):
                self.deaths[document.text] -= 1
                raise WorkerDiedError("killed by signal 9")
            yield stood_in(document)


def documents(texts: str) -> list[Document]:
    return [Document(text=text) for text in texts.split()]


def test_what_was_read_before_a_death_is_not_read_again() -> None:
    process = Process(c=1)

    records = read_all(documents("a b c d"), process.read)

    assert [record.text for record in records] == ["a", "b", "c", "d"]
    assert [record.error for record in records] == [None] * 4
    assert process.read_texts == ["a", "b", "c", "c", "d"]


@pytest.mark.parametrize("texts", ["poison", "a poison b", "poison poison", "once poison b"])
def test_a_document_of_which_a_process_ends_twice_is_set_aside(texts: str) -> None:
    process = Process(poison=99, once=1)

    records = read_all(documents(texts), process.read)

    assert [record.text for record in records if record.error] == [text for text in texts.split() if text == "poison"]
    assert all("ended twice (killed by signal 9)" in record.error for record in records if record.error)


def test_it_is_tried_twice_and_no_more_even_after_another() -> None:
    process = Process(poison=99)

    read_all(documents("poison poison"), process.read)

    # Each twice, and once more with an error instead of something to read.
    assert process.read_texts.count("poison") == 6


def test_processes_that_end_of_anything_end_the_run() -> None:
    with pytest.raises(SaysoError, match="keep ending"):
        read_all(documents("a"), Process(all=99).read)
