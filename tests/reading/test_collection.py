from __future__ import annotations

import gc

import pytest

from sayso.reading.collection import uncollected


@pytest.fixture
def collector():
    was_on = gc.isenabled()
    yield gc
    gc.enable() if was_on else gc.disable()


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_is_as_before_afterwards(collector, was_on):
    collector.enable() if was_on else collector.disable()

    with uncollected():
        assert not collector.isenabled()

    assert collector.isenabled() == was_on


def test_an_error_inside_brings_the_collector_back(collector):
    collector.enable()

    with pytest.raises(KeyError), uncollected():
        raise KeyError

    assert collector.isenabled()
