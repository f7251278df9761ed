"""The page of the ledger, and its twins."""

import csv
import io

import pyarrow.parquet
import pytest
from fastapi.testclient import TestClient


def test_says_how_much_there_is(client: TestClient) -> None:
    page = client.get("/ledger", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "<h1>The ledger</h1>" in page.text
    assert client.get("/ledger.json").json()["counts"]["documents"] == 6


@pytest.mark.parametrize("form", ["json", "csv", "parquet"])
def test_has_twins_of_the_same_rows(client: TestClient, form: str) -> None:
    answer = client.get(f"/ledger.{form}")
    rows = {
        "json": lambda: answer.json()["rows"],
        "csv": lambda: list(csv.DictReader(io.StringIO(answer.text))),
        "parquet": lambda: pyarrow.parquet.read_table(io.BytesIO(answer.content)).to_pylist(),
    }[form]()
    assert [str(row["version"]) for row in rows] == ["2", "1", "0"]
