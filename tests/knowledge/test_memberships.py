from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from sayso.cli import app
from sayso.errors import KnowledgeError
from sayso.knowledge.memberships import Membership, check, load_memberships


@pytest.mark.parametrize(
    ("body", "day", "members", "without"),
    [
        ("European Union", "2015-06-01", {"GBR", "HRV", "DEU"}, {"CHE", "TUR"}),
        ("European Union", "2021", {"HRV", "DEU"}, {"GBR"}),
        ("European Union", "1994", {"DEU", "FRA"}, {"SWE", "POL"}),
        ("NATO", "2000-01-01", {"POL", "HUN"}, {"ROU", "FIN"}),
        ("BRICS", "2012", {"BRA", "ZAF"}, {"EGY"}),
        ("OPEC", "2010", {"QAT", "SAU"}, {"IDN"}),
        ("Warsaw Pact", "1990-03", {"POL", "BGR"}, {"YUG"}),
    ],
)
def test_members_on_a_day(body: str, day: str, members: set[str], without: set[str]) -> None:
    found = set(load_memberships().members(body, day))
    assert members <= found
    assert not without & found


@pytest.mark.parametrize(
    ("body", "day", "count"), [("European Union", "2025", 27), ("NATO", "2025", 32), ("G7", "2020", 7)]
)
def test_numbers_of_members(body: str, day: str, count: int) -> None:
    assert len(load_memberships().members(body, day)) == count


def test_bodies_of_a_country() -> None:
    found = load_memberships().bodies_of("FIN", "2024-01-01")
    assert {"European Union", "NATO", "United Nations"} <= set(found)
    assert "NATO" not in load_memberships().bodies_of("FIN", "2023-04-03")


@pytest.mark.parametrize(
    ("since", "until", "day", "inside"),
    [
        ("2004-05-01", None, "2004-04-30", False),
        ("2004-05-01", None, "2004-05-01", True),
        ("2004-05-01", None, "2004", True),
        ("2004", "2019-01-01", "2018-12-31", True),
        ("2004", "2019-01-01", "2019-01-02", False),
        ("2004", "2019", "2019-06-01", True),
    ],
)
def test_a_membership_covers_its_days(since: str, until: str | None, day: str, inside: bool) -> None:
    assert Membership("X", "GBR", since, until).covers(day) is inside


@pytest.mark.parametrize(
    ("line", "problem"),
    [("GBR 1973", "is not written"), ("Britain 1973..", "is not written"), ("GBR 1973..1960", "ends before it begins")],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    (tmp_path / "actors").mkdir()
    (tmp_path / "actors" / "memberships.yaml").write_text(f"organizations: {{European Union: ['{line}']}}")
    with pytest.raises(KnowledgeError, match=problem):
        load_memberships(str(tmp_path))


def test_what_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "actors").mkdir()
    lines = "{Guild of Bakers: ['GBR 1990..'], G7: ['QQQ 1990..', 'USA 1975..', 'USA 1980..']}"
    (tmp_path / "actors" / "memberships.yaml").write_text(f"organizations: {lines}")
    told = "\n".join(check(str(tmp_path)))
    assert "no body is called Guild of Bakers" in told
    assert "no country has the code QQQ" in told
    assert "USA is a member twice at once" in told


def test_the_command_lists_members() -> None:
    result = CliRunner().invoke(app, ["knowledge", "members", "Nato", "--on", "1999-03-12"])
    assert result.exit_code == 0
    assert "POL\tPoland" in result.stdout.splitlines()
    assert len(result.stdout.splitlines()) == 19


@pytest.mark.parametrize("arguments", [["Wombat"], ["EU", "--on", "yesterday"], ["France"]])
def test_the_command_refuses_what_it_does_not_know(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, ["knowledge", "members", *arguments]).exit_code == 2
