"""Templates and static files: the words that they use exist, and nothing in them needs a laxer policy."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

import sayso.explorer
from sayso.explorer.texts import texts

HOME = Path(sayso.explorer.__file__).parent
TEMPLATES = sorted((HOME / "templates").glob("*.html"))
SOURCES = [*TEMPLATES, *sorted(HOME.rglob("*.py"))]
USED = re.compile(r"\b(?:t|texts\(\))\.([a-z_]+)\.([a-z_0-9]+)")
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=[\"']|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.name)
def test_the_words_that_are_used_exist(file: Path) -> None:
    for group, name in USED.findall(file.read_text(encoding="utf-8")):
        if name not in ("get", "format"):
            assert getattr(getattr(texts(), group), name) is not None


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_nothing_is_inline(file: Path) -> None:
    assert not INLINE.search(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_nothing_is_left_unescaped_and_nothing_is_fetched_from_elsewhere(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "|safe" not in text.replace(" ", "")
    assert "autoescape" not in text
    assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", text)


@pytest.mark.parametrize("file", sorted((HOME / "static").glob("*")), ids=lambda file: file.name)
def test_static_files_fetch_nothing_from_elsewhere(file: Path) -> None:
    text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://", text)
    assert "eval(" not in text
    assert "innerHTML" not in text


@pytest.mark.parametrize("file", sorted((HOME / "texts").rglob("*.yaml")), ids=lambda file: file.name)
def test_words_are_text(file: Path) -> None:
    def check(value: Any) -> None:
        if isinstance(value, dict):
            for one in value.values():
                check(one)
        else:
            assert isinstance(value, str), value
            assert value

    check(yaml.safe_load(file.read_text(encoding="utf-8")))


def test_unknown_words_are_an_error() -> None:
    with pytest.raises(AttributeError, match=r"texts\.base\.nothing"):
        _ = texts().base.nothing
