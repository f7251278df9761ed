from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from judging import TEXT, account, said

from sayso.errors import ReviewError
from sayso.ledger import Ledger
from sayso.ledger.verification import verify
from sayso.reviews import Docket, Judgement
from sayso.reviews import docket as module

HOSTILE = "a\"b\\\n\r\x0b\u2028\u2029\x85\x00<script>{{}}=1;,\t'-- 😀"


def kept(docket: Docket, *judgements: Judgement) -> list[Judgement]:
    for judgement in judgements:
        docket.append(judgement)
    return list(judgements)


def test_a_ledger_that_nobody_reviewed_has_an_empty_docket_and_no_folder_for_it(ledger: Ledger) -> None:
    docket = Docket(ledger.path)
    assert (docket.judgements(), docket.standing(), docket.version(), docket.damaged) == ([], [], 0, [])
    assert not docket.path.parent.exists()


def test_judgements_come_back_as_they_were_given(docket: Docket, ledger: Ledger) -> None:
    given = kept(docket, said(why=HOSTILE), said("s1", fixes={"speaker": HOSTILE}), said(by="Jürgen 李"))
    assert docket.judgements() == given
    assert Docket(ledger.path).judgements() == given
    assert docket.damaged == []


def test_each_judgement_is_one_line(docket: Docket) -> None:
    kept(docket, said(why=HOSTILE), said(by=HOSTILE))
    assert len(docket.path.read_bytes().splitlines()) == 2


def test_judgements_are_given_by_document(docket: Docket) -> None:
    other = account(TEXT + " Later it rained.")
    one, two = kept(docket, said(), said(of=other))
    assert docket.judgements(account().id) == [one]
    assert docket.judgements(other.id) == [two]
    assert docket.judgements("sha256:none") == []


def test_what_a_docket_returns_can_be_changed_without_changing_it(docket: Docket) -> None:
    kept(docket, said())
    docket.judgements().clear()
    docket.judgements(account().id).clear()
    assert len(docket.judgements()) == len(docket.judgements(account().id)) == 1


def test_others_see_what_is_added(docket: Docket, ledger: Ledger) -> None:
    other = Docket(ledger.path)
    versions = [other.version()]
    for _ in range(3):
        kept(docket, said())
        versions.append(other.version())
        assert len(other.judgements()) == len(versions) - 1
    assert len(set(versions)) == len(versions)
    assert other.version() == versions[-1]


def test_only_what_is_new_is_read_again(docket: Docket, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(docket, *(said() for _ in range(5)))
    assert len(docket.judgements()) == 5
    read: list[object] = []
    whole = Judgement.model_validate
    monkeypatch.setattr(Judgement, "model_validate", lambda told: (read.append(told), whole(told))[1])
    kept(docket, said())
    assert len(docket.judgements()) == 6
    assert len(read) == 1


def test_of_each_reviewer_the_last_judgement_on_each_item_stands_in_the_order_they_were_given(docket: Docket) -> None:
    _, second, third, last = kept(docket, said(), said("e2"), said(by="Ben"), said("e1", "wrong"))
    assert docket.standing() == [second, third, last]
    assert docket.standing(account().id) == [second, third, last]
    assert len(docket.judgements()) == 4


def test_what_was_said_of_an_item_as_it_was_coded_before_stands_beside_what_is_said_of_it_now(docket: Docket) -> None:
    anew = account(events=[event.model_copy(update={"actors": []}) for event in account().events])
    given = kept(docket, said(), said("e1", "wrong", of=anew))
    assert docket.standing() == given


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"id": 1}',
        b"[" * 100_000,
        b"\x00" * 20,
        b'{"fixes": ' + b"9" * 5_000 + b"}",
    ],
)
def test_a_line_that_is_no_judgement_is_passed_over_and_told(docket: Docket, line: bytes) -> None:
    kept(docket, said())
    with docket.path.open("ab") as file:
        file.write(line + b"\n")
    kept(docket, said())
    assert len(docket.judgements()) == 2
    assert docket.damaged == [2]


def test_an_unknown_field_is_no_judgement_that_could_be_half_understood(docket: Docket) -> None:
    docket.path.parent.mkdir()
    docket.path.write_text(json.dumps(json.loads(said().model_dump_json()) | {"weight": 2}) + "\n")
    assert (docket.judgements(), docket.damaged) == ([], [1])


@pytest.mark.parametrize("length", [1, 50, -1])
def test_a_line_that_was_cut_off_is_told_and_the_next_judgement_is_kept(docket: Docket, length: int) -> None:
    kept(docket, said())
    torn = said().model_dump_json().encode()[:length]
    with docket.path.open("ab") as file:
        file.write(torn)
    assert len(docket.judgements()) == 1
    assert docket.damaged == [2]
    kept(docket, said("e2"))
    assert [one.item for one in docket.judgements()] == ["e1", "e2"]
    assert docket.damaged == [2]
    assert Docket(docket.path.parents[1]).judgements() == docket.judgements()


def test_a_line_that_another_is_just_writing_is_read_when_it_has_its_end(docket: Docket) -> None:
    kept(docket, said())
    line = said("e2").model_dump_json().encode() + b"\n"
    with docket.path.open("ab", buffering=0) as file:
        file.write(line[:100])
        assert len(docket.judgements()) == 1
        file.write(line[100:])
    assert [one.item for one in docket.judgements()] == ["e1", "e2"]
    assert docket.damaged == []


def test_a_docket_that_was_put_back_as_it_was_is_read_anew(docket: Docket) -> None:
    kept(docket, said(), said("e2"))
    assert len(docket.judgements()) == 2
    first = docket.path.read_bytes().splitlines(keepends=True)[0]
    docket.path.write_bytes(first)
    assert [one.item for one in docket.judgements()] == ["e1"]
    docket.path.unlink()
    assert docket.judgements() == []


def test_a_full_disk_leaves_no_half_of_a_judgement(docket: Docket, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(docket, said())
    before = docket.path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(module.os, "fsync", full)
        with pytest.raises(ReviewError, match="No space left on device"):
            docket.append(said("e2"))
    assert docket.path.read_bytes() == before
    kept(docket, said("e2"))
    assert len(docket.judgements()) == 2


def test_where_there_is_no_ledger_nothing_can_be_judged(tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match=r"judgements\.jsonl: cannot be written"):
        Docket(tmp_path / "none").append(said())


@pytest.mark.parametrize("name", ["judgements.lock", "judgements.jsonl"])
def test_what_stands_in_the_way_is_told(docket: Docket, name: str) -> None:
    (docket.path.parent / name).mkdir(parents=True)
    with pytest.raises(ReviewError, match="cannot be written"):
        docket.append(said())


def test_threads_share_a_docket(docket: Docket) -> None:
    def judge(number: int) -> int:
        docket.append(said(by=f"reviewer {number}"))
        return len(docket.judgements())

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(judge, range(40)))
    assert max(seen) == 40
    assert len({one.reviewer for one in docket.judgements()}) == 40


def test_keeping_the_ledger_in_order_leaves_reviews_alone(docket: Docket, ledger: Ledger) -> None:
    kept(docket, said())
    before = {path.name: path.read_bytes() for path in docket.path.parent.iterdir()}
    ledger.append([account(TEXT + " Later it rained.")])
    ledger.store.compact()
    os.utime(docket.path, (0, 0))
    ledger.store.prune(timedelta(0))
    assert {path.name: path.read_bytes() for path in docket.path.parent.iterdir()} == before
    verdict = verify(Ledger(ledger.path))
    assert (verdict.problems, verdict.orphans) == ([], [])
