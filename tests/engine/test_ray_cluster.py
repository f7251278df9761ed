"""The Ray engine in a cluster of three nodes on this machine, and what becomes of a run when a part of it is lost."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import fs, parquet
from typer.testing import CliRunner

from sayso.cli import app
from sayso.engine.options import ReaderOptions
from sayso.errors import LedgerError
from sayso.ledger import Ledger
from sayso.records import Document

ray = pytest.importorskip("ray", reason="the extra sayso[ray] is not installed")

import ray_stand_in  # noqa: E402
import stand_in_worker  # noqa: E402
from stand_in_worker import MODEL  # noqa: E402

from sayso.engine.ray import commits  # noqa: E402
from sayso.engine.ray.cluster import joined  # noqa: E402
from sayso.engine.ray.run import Progress, code  # noqa: E402
from sayso.engine.ray.sources import Intake, sources  # noqa: E402

OPTIONS = ReaderOptions(time_limit=0.5)
NODE = {"num_cpus": 1, "object_store_memory": 100 << 20, "include_dashboard": False}
PATIENCE = 60
"""Seconds that a run may take: one that hangs is a failure."""

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < until, "the object store does not start"
            time.sleep(0.1)


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """An object store on this machine, with a bucket; whoever is started from now on finds it in the environment."""
    server = Path(sys.prefix) / "store" / "bin" / "python"
    if not server.exists():
        pytest.skip("no object store is installed: make clusters")
    port = free_port()
    command = [str(server), "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    variables = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_REGION": "us-east-1",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        wait_for(port)
        fs.S3FileSystem(endpoint_override=variables["AWS_ENDPOINT_URL"], allow_bucket_creation=True).create_dir("news")
        yield "s3://news"
    running.kill()
    running.wait()


@pytest.fixture(scope="module")
def cluster(store: str) -> Iterator[Any]:
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as patch:
        places = [str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
        patch.setenv("PYTHONPATH", os.pathsep.join(places))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        made = Cluster(initialize_head=True, head_node_args=NODE)
        for _ in range(2):
            made.add_node(**NODE)
        ray.init(made.address, runtime_env=ray_stand_in.ENVIRONMENT, log_to_driver=False)
        yield made
        ray.shutdown()
        made.shutdown()


@pytest.fixture(autouse=True)
def driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commits, "ROWS", ray_stand_in.FEW)
    monkeypatch.setattr(ReaderOptions, "coded_with", lambda _: MODEL)


def table(path: Path, texts: list[str]) -> str:
    path.write_text("".join(json.dumps({"text": text, "id": str(n)}) + "\n" for n, text in enumerate(texts)))
    return str(path)


def steps(paths: list[str], ledger: Ledger, readers: int = 3) -> Iterator[Progress]:
    """Yield what a run does, step by step; fail where it takes too long."""
    until = time.monotonic() + PATIENCE
    known = ledger.coded_by(OPTIONS.coded_with())
    with joined(None), closing(code(sources(paths), Intake(), OPTIONS, readers, known, ledger.append_rows)) as run:
        for step in run:
            yield step
            assert time.monotonic() < until, "the run hangs"


def run(paths: list[str], ledger: Ledger, readers: int = 3) -> tuple[int, int, list[str]]:
    """Return how many documents were coded and skipped, and the texts' ids of those that failed."""
    told = list(steps(paths, ledger, readers))
    failed = [record.ref or "" for step in told for record in step.failed]
    return sum(step.coded for step in told), sum(step.skipped for step in told), failed


def accounts(ledger: Ledger) -> Counter[str]:
    """Return how many accounts the ledger holds of each document, older ones included."""
    ledger.refresh()
    return Counter(row["ref"] for row in ledger.sql("SELECT ref FROM entries WHERE entry = 'record'"))


def once_each(count: int) -> Counter[str]:
    return Counter(map(str, range(count)))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger", create=True)


@pytest.mark.usefixtures("cluster")
def test_every_document_is_there_once_and_a_second_run_adds_nothing(tmp_path: Path, ledger: Ledger) -> None:
    texts = [f"Text {n}." for n in range(40)]
    paths = [table(tmp_path / f"{name}.jsonl", texts) for name in ("one", f"two-{ray_stand_in.LOST_ONCE}")]
    assert run(paths, ledger, readers=2)[0] == 40
    assert (tmp_path / f"two-{ray_stand_in.LOST_ONCE}.jsonl.lost").exists()
    assert accounts(ledger) == once_each(40)
    version = ledger.version
    assert run(paths, ledger, readers=1) == (0, 80, [])
    assert accounts(ledger) == once_each(40)
    assert ledger.version == version


@pytest.mark.usefixtures("cluster")
@pytest.mark.parametrize(
    ("readers", "poison", "told"), [(3, "hang", "ended twice (it hung"), (5, "fell", "whoever read it was lost, twice")]
)
def test_readers_that_take_every_cpu_and_more_do_not_stop_the_run_and_what_kills_them_costs_only_itself(
    tmp_path: Path, ledger: Ledger, readers: int, poison: str, told: str
) -> None:
    assert ray.cluster_resources()["CPU"] == 3
    texts = [f"Text {n}." for n in range(30)]
    texts[7], texts[19] = "die", poison
    coded, _, failed = run([table(tmp_path / "news.jsonl", texts)], ledger, readers)
    assert accounts(ledger) == once_each(30)
    assert (coded, sorted(failed)) == (28, ["19", "7"])
    errors = {row["ref"]: row["error"] for row in ledger.sql("SELECT ref, error FROM entries WHERE error IS NOT NULL")}
    assert "ended twice (killed by signal 9)" in errors["7"]
    assert told in errors["19"]


def test_a_node_that_is_lost_costs_nothing(tmp_path: Path, ledger: Ledger, cluster: Any, store: str) -> None:
    doomed = cluster.add_node(**NODE)
    texts = [f"slow {n} " + "x" * 2_000 for n in range(60)]
    address = stored(store, "lost/news.jsonl", Path(table(tmp_path / "news.jsonl", texts)).read_bytes())
    coded, lost = 0, False
    for step in steps([address], ledger, readers=4):
        coded += step.coded
        if coded >= 8 and not lost:
            cluster.remove_node(doomed, allow_graceful=False)
            lost = True
    assert lost
    assert coded == 60
    assert accounts(ledger) == once_each(60)


def start(cluster: Any, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, ray_stand_in.__file__, cluster.address, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)


def coding(path: str, ledger: Path) -> list[str]:
    return ["code", path, "--ledger", str(ledger), "--engine", "ray", "--workers", "2"]


def wait_for_some(ledger: Ledger, least: int) -> None:
    until = time.monotonic() + PATIENCE
    while accounts(ledger).total() < least:
        assert time.monotonic() < until, "nothing is coded"
        time.sleep(0.1)


def test_a_driver_that_is_killed_leaves_what_it_committed_and_the_next_does_the_rest(
    tmp_path: Path, ledger: Ledger, cluster: Any
) -> None:
    path = table(tmp_path / "news.jsonl", [f"slow {n} " + "x" * 800 for n in range(50)])
    driver = start(cluster, *coding(path, tmp_path / "ledger"))
    wait_for_some(ledger, 10)
    driver.kill()
    driver.communicate()
    before = accounts(ledger).total()
    assert 0 < before < 50
    assert run([path], ledger, readers=2) == (50 - before, before, [])
    assert accounts(ledger) == once_each(50)


def test_what_was_coded_before_ctrl_c_is_kept(tmp_path: Path, ledger: Ledger, cluster: Any) -> None:
    path = table(tmp_path / "news.jsonl", [f"slow {n} " + "x" * 800 for n in range(300)])
    driver = start(cluster, *coding(path, tmp_path / "ledger"))
    wait_for_some(ledger, 10)
    driver.send_signal(signal.SIGINT)
    told = driver.communicate(timeout=PATIENCE)[1].decode()
    assert driver.returncode == 130, told
    kept = accounts(ledger)
    assert f"stopped: {kept.total()} coded" in told
    assert max(kept.values()) == 1


def stored(store: str, name: str, data: bytes) -> str:
    system = fs.S3FileSystem(endpoint_override=os.environ["AWS_ENDPOINT_URL"])
    with system.open_output_stream(f"{store.removeprefix('s3://')}/{name}") as stream:
        stream.write(data)
    return f"{store}/{name}"


def parquet_bytes(texts: list[str]) -> bytes:
    stream = pa.BufferOutputStream()
    parquet.write_table(pa.table({"text": texts}), stream)
    return stream.getvalue().to_pybytes()


def warc_bytes(text: str) -> bytes:
    head = (
        "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-10-26T10:00:00Z\r\n"
        f"WARC-Target-URI: https://example.org/1\r\nContent-Type: text/plain\r\nContent-Length: {len(text)}\r\n\r\n"
    )
    return f"{head}{text}\r\n\r\n".encode()


@pytest.mark.usefixtures("cluster")
def test_an_object_store_gives_documents_of_every_kind_and_keeps_a_ledger(store: str) -> None:
    stored(store, "in/a.jsonl", b'{"text": "A line."}\n{"text": "Another line."}\n')
    stored(store, "in/deep/b.parquet", parquet_bytes(["A row.", "Another row."]))
    stored(store, "in/c.warc", warc_bytes("A page."))
    stored(store, "in/d.txt", b"A file.")
    stored(store, "in/e.pdf", b"Nothing that is read.")
    ledger = Ledger(f"{store}/ledger", create=True)
    assert run([f"{store}/in"], ledger, readers=2) == (6, 0, [])
    assert len(Ledger(f"{store}/ledger").coded_by(MODEL)) == 6
    texts = {"A line.", "Another line.", "A row.", "Another row.", "A page.", "A file."}
    assert {record.text for record in Ledger(f"{store}/ledger").records()} == texts
    assert Ledger(f"{store}/ledger").documents().count() == 6


@pytest.mark.parametrize(
    ("command", "status", "told"),
    [
        (["history"], 0, "append"),
        (["relink"], 0, "0 links"),
        (["verify"], 2, "aws s3 sync"),
        (["compact"], 2, "aws s3 sync"),
    ],
)
def test_a_ledger_in_an_object_store_is_kept_up_as_far_as_it_can_be(
    store: str, command: list[str], status: int, told: str
) -> None:
    path = f"{store}/kept"
    record = stand_in_worker.read(Document(text="A text."))
    Ledger(path, create=True).append([record])
    result = CliRunner().invoke(app, ["ledger", *command, "--ledger", path])
    assert result.exit_code == status, result.stderr
    assert told in result.stdout + result.stderr


def test_a_ledger_in_a_bucket_that_is_not_there_is_an_error(store: str) -> None:
    with pytest.raises(LedgerError, match="there is no bucket nowhere"):
        Ledger("s3://nowhere/ledger", create=True)


def test_what_is_not_in_the_store_is_named(store: str) -> None:
    [nowhere, nothing] = Intake().documents(["s3://nowhere/a.txt", f"{store}/none/"])
    assert "there is no bucket nowhere" in (nowhere.error or "")
    assert "there is no such object" in (nothing.error or "")
