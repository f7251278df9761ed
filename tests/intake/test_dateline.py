from __future__ import annotations

import time

import pytest

from sayso.intake.dateline import dateline
from sayso.intake.publication import settle
from sayso.records import Document


@pytest.mark.parametrize(
    "text",
    [
        "Published: 25 October 2024\n\nThe talks ended.",
        "Talks end in Riga\n\nPublished on Friday, October 25, 2024 at 10:30 AM EDT\nThe talks ended.",
        "First published 25 Oct 2024\n",
        "Date: 2024-10-25T10:00:00Z\n",
        "Posted 25 Oct 2024 by Jane Roe\n",
        "Talks end\nBy Jane Roe\n25 October 2024\nThe talks ended.",
        "Updated: 26 Oct 2024 | Published: 25 Oct 2024\n",
        "KYIV, Oct 25, 2024 (Agency) - The talks ended.",
        "NEW YORK, N.Y., Oct. 25, 2024 – The talks ended.",
        "Talks end\r\n\r\nRIGA, 25 October 2024 — The talks ended.",
        "\ufeff2024-10-25\nThe talks ended.",
    ],
)
def test_a_line_that_is_of_publication_and_nothing_else(text: str) -> None:
    assert dateline(text) == "2024-10-25"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Updated 25 October 2024\nThe talks ended.",
        "Last updated: 25 October 2024\n",
        "On 25 October 2024 the ministers met.",
        "25 October 2024 was a bad day for the town.",
        "KYIV, October 25 - The talks ended.",
        "Published 5/10/2024\n",
        "Published 31 February 2024\n",
        "Published by the ministry on 25 October 2024, the list names ten officials.",
        "One.\nTwo.\nThree.\nFour.\nFive.\nSix.\n25 October 2024\n",
        "x " * 2_000 + "\n25 October 2024\n",
    ],
)
def test_a_date_that_may_be_of_something_else(text: str) -> None:
    assert dateline(text) is None


def test_a_date_line_of_the_future_is_not_believed() -> None:
    document = settle(Document(text="Published: 25 October 2931\n\nThe talks will end."))
    assert (document.published, document.published_from) == (None, None)


def test_long_lines_cost_nothing() -> None:
    began = time.process_time()
    for text in ("A, " * 1_000_000, "A" * 3_000_000, "Published " * 300_000, "\n" * 3_000_000):
        assert dateline(text) is None
    assert time.process_time() - began < 1
