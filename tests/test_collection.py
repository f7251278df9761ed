from __future__ import annotations

import gc

import pytest

from sayso.collection import lasting, uncollected


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


def test_what_lasts_is_not_looked_through_when_the_collector_is_on_again(collector):
    collector.enable()
    collector.collect()

    with lasting():
        made = [[i] for i in range(10_000)]

    assert collector.get_count()[0] < len(made) / 10
    assert collector.get_freeze_count() == 0
    assert collector.isenabled()


def test_what_others_have_frozen_stays_so(collector):
    collector.freeze()
    try:
        frozen = collector.get_freeze_count()
        with lasting():
            pass
        assert collector.get_freeze_count() == frozen
    finally:
        collector.unfreeze()
