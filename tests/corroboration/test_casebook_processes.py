"""Processes that bring one casebook up to date: killed at any moment, or several at once."""

from __future__ import annotations

import signal

from stories import PATIENCE, TOWNS, follow, made_again, report, told

from sayso.corroboration import Casebook
from sayso.ledger import Ledger


def filled(ledger: Ledger, documents: int) -> None:
    for start in range(0, documents, 8):
        ledger.append([report(f"r{n}", TOWNS[n % 4]) for n in range(start, start + 8)])


def test_nothing_is_lost_or_doubled_where_updates_are_killed(ledger: Ledger) -> None:
    filled(ledger, 32)
    seen = []
    for portions in (1, 3):
        process = follow(ledger)
        assert process.stdout is not None
        seen += [int(process.stdout.readline()) for _ in range(portions)]
        process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=PATIENCE) == -signal.SIGKILL
    assert seen == [4, 4, 8, 12]

    with Casebook(ledger) as followed:
        left = followed.update().added
        assert 32 - 16 - 2 * 4 <= left <= 32 - 16  # what was done stays, the portions that were just done perhaps
        assert told(followed) == made_again(ledger)


def test_of_several_processes_one_updates_and_the_others_wait(ledger: Ledger) -> None:
    filled(ledger, 24)
    processes = [follow(ledger) for _ in range(3)]
    outputs = [process.communicate(timeout=PATIENCE) for process in processes]
    assert [process.returncode for process in processes] == [0] * 3
    assert [errors for _, errors in outputs] == [""] * 3
    assert sorted(int(output.splitlines()[-1]) for output, _ in outputs) == [0, 0, 24]
    with Casebook(ledger) as followed:
        assert followed.update() == (0, 0, 0)
        assert told(followed) == made_again(ledger)
