"""What the build of a wheel, or an editable install, does beside copying files: it compiles the knowledge."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileKnowledge(BuildHookInterface):  # type: ignore[type-arg]
    """Writes knowledge files in the form that is read at once, so that a wheel holds them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the signature is hatch's
        """Compile before the files are gathered."""
        source = str(Path(self.root) / "src")
        sys.path.insert(0, source)
        try:
            # Sayso is not installed yet: it is imported from the sources that are built.
            from sayso.knowledge.compiled import compile_all

            compile_all()
        finally:
            sys.path.remove(source)
