from __future__ import annotations

import pytest
from sample_record import sample

from sayso.records import Record


@pytest.fixture
def record() -> Record:
    return sample()
