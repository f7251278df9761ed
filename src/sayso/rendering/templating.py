"""Templates: how all pages are made of them. Everything is escaped, and a name that is not there is an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined


def environment(*packages: str, finalize: Callable[[Any], Any] | None = None) -> Environment:
    """Return an environment with the templates of packages; of two of one name the first package's is taken.

    ``finalize`` is done to each value that is put into a page, before it is escaped.
    """
    return Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages]),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
