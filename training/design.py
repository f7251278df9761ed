"""Named features as columns of numbers: what the linear models are fitted to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def frequent(features: Sequence[list[str]], least: int) -> list[str]:
    """Return the names of the features that hold of at least so many rows, in order."""
    seen = Counter(name for row in features for name in set(row))
    return sorted(name for name, count in seen.items() if count >= least)


def counted(features: Sequence[list[str]], names: list[str]) -> npt.NDArray[np.float32]:
    """Return how often each feature holds of each row, shape (rows, names)."""
    column = {name: i for i, name in enumerate(names)}
    design = np.zeros((len(features), len(names)), dtype=np.float32)
    for i, row in enumerate(features):
        for name in row:
            if name in column:
                design[i, column[name]] += 1
    return design
