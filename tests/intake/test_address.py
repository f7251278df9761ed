from __future__ import annotations

import time

import pytest

from sayso.intake.address import address_date


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2024/10/25/story", "2024-10-25"),
        ("/world/2024/10/25", "2024-10-25"),
        ("/2024/5/7/story", "2024-05-07"),
        ("/world/2024/oct/25/story", "2024-10-25"),
        ("/world/2024/October/5/story", "2024-10-05"),
        ("/news/2024-10-25-story.html", "2024-10-25"),
        ("/news/story-2024-10-25/", "2024-10-25"),
        ("/20241025", "2024-10-25"),
        ("/20241025-story", "2024-10-25"),
        ("/english/2024-10/25/c_12.htm", "2024-10-25"),
        ("/a/202410/25/12.html", "2024-10-25"),
        ("/2024/1025/12.html", "2024-10-25"),
        ("/1902/03/04/archive", "1902-03-04"),
        ("/2024/10/story", "2024-10"),
        ("/2024/10/story-of-2001-09-11-and-after", "2024-10"),
        ("/20241399", None),
        ("/article/201912345678", None),
        ("/2024/13/45/x", None),
        ("/2024/02/31/x", "2024-02"),
        ("/v2/2024.10.1/x", None),
        ("/elections/2024/", None),
        ("/what-happened-on-2001-09-11-in-the-city", None),
        ("/list?date=2024-10-25", None),
        ("/list#/2024/10/25/", None),
        ("/", None),
    ],
)
def test_a_date_counts_where_papers_file_by_it(path: str, expected: str | None) -> None:
    assert address_date("https://www.example.org" + path) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://archive.example.org/web/20241025093000/http://example.org/story", None),
        ("https://archive.example.org/web/20241025093000/http://example.org/2020/01/02/story", "2020-01-02"),
        ("https://2024-10-25.example.org/story", None),
        ("file:///home/2024/10/25/story.txt", None),
        ("news/2024/10/25/story.txt", None),
        ("", None),
    ],
)
def test_only_the_path_of_the_page_itself_counts(url: str, expected: str | None) -> None:
    assert address_date(url) == expected


def test_an_endless_url_costs_nothing() -> None:
    began = time.process_time()
    assert address_date("https://example.org/" + "2024/" * 1_000_000) is None
    assert time.process_time() - began < 0.5
