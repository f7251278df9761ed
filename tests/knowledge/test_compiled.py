from __future__ import annotations

from pathlib import Path

import pytest

from sayso.knowledge import compiled
from sayso.knowledge.files import DATA, load_yaml

FILES = sorted(DATA.glob("**/*.yaml"))
CUES = DATA / "cues.yaml"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Compile into a folder of the test's own, whatever the build has made."""
    monkeypatch.setattr(compiled, "COMPILED", tmp_path / "compiled")
    return tmp_path / "compiled"


def test_what_is_compiled_says_what_the_yaml_says(folder: Path) -> None:
    compiled.compile_all()
    assert len(list(folder.iterdir())) == len(FILES)
    for path in FILES:
        content = path.read_bytes()
        # repr tells 1 from 1.0 and True, and one order of keys from another, as == does not.
        assert repr(compiled.recalled(path, content)) == repr((compiled.parsed(content),)), path


def test_yaml_that_ships_is_not_parsed_where_it_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled.compile_all()
    expected = load_yaml(CUES)
    monkeypatch.setattr("sayso.knowledge.files.parsed", lambda content: pytest.fail("parsed"))
    assert load_yaml(CUES) == expected
    assert load_yaml(CUES) is not load_yaml(CUES)


def test_a_file_that_was_changed_since_is_parsed() -> None:
    compiled.compile_all()
    assert compiled.recalled(CUES, CUES.read_bytes() + b"\n# a word more") is None


def test_half_a_compiled_file_is_passed_over(folder: Path) -> None:
    compiled.compile_all()
    whole = (folder / "cues.json").read_bytes()
    (folder / "cues.json").write_bytes(whole[: len(whole) // 2])
    assert compiled.recalled(CUES, CUES.read_bytes()) is None
    assert load_yaml(CUES) == compiled.parsed(CUES.read_bytes())


def test_without_compiled_files_yaml_is_parsed(folder: Path) -> None:
    assert not folder.exists()
    assert load_yaml(CUES) == compiled.parsed(CUES.read_bytes())


def test_a_file_of_a_users_own_is_parsed_each_time(tmp_path: Path) -> None:
    compiled.compile_all()
    own = tmp_path / "cues.yaml"
    own.write_text("parts: {}", encoding="utf-8")
    assert load_yaml(own) == {"parts": {}}
    own.write_text("context: {}", encoding="utf-8")
    assert load_yaml(own) == {"context": {}}


@pytest.mark.parametrize(
    "content", [b"{1: a, 2: {yes: b}}", "{é: [1.0, 1, true, null]}".encode(), b"[]", b"", b"- {a: {}, 3: []}"]
)
def test_what_json_has_no_form_for_comes_back(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "DATA", tmp_path)
    (tmp_path / "frames").mkdir()
    path = tmp_path / "frames" / "some.yaml"
    path.write_bytes(content)
    compiled.compile_all()
    assert repr(compiled.recalled(path, content)) == repr((compiled.parsed(content),))
