"""Measure Sayso and compare each figure with the baseline.

Prints one table. Exits with 1 if a ratio or a score is below its floor, with 2 if the baseline breaks its own rules.
What stands in the baseline, and how floors rise and fall, is told in docs/benchmarks.md.

Scores on gold sets made by others need those sets and their scorers, which are not part of this repository: --shared
names a folder with gold/ and bench/. Without it those figures are left out.

  run.py                          everything; some twenty minutes
  run.py --quick                  what every change must pass; less than a minute
  run.py --only speed workers     some groups
  run.py --update                 write the values down, and raise the floors that they allow to be raised
  run.py --lower 'events, type' --because 'a rule that guessed is gone'
                                  measure the group of that figure, and lower its floor to what it has become
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import readme_table
from baseline import PLACE, Baseline, BaselineError
from committed import struck
from groups import GROUPS, Group
from measurement import Measurement
from verdicts import Comparison, Verdict, compared, table


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write what is to be written; return the exit code."""
    opts = options(arguments)
    try:
        baseline = Baseline.load(opts.baseline)
        if faults := [*struck(baseline, opts.baseline)]:
            raise BaselineError("\n".join(faults))
        _check_names(baseline, opts.lower)
        groups = _chosen(opts, baseline)
        found = [one for group in groups for one in _measured(group, opts.shared, baseline)]
        changed = _changed(baseline, found, opts)
    except BaselineError as error:
        print(error, file=sys.stderr)
        return 2
    rows = compared(found, baseline)
    print(table(rows))
    _say_what_is_left_out(baseline, found)
    if changed is not baseline:
        changed.save(opts.baseline)
    if opts.readme and opts.update and {group.name for group in groups} == {group.name for group in GROUPS}:
        readme_table.write(opts.readme, found)
    return _judged(rows, opts.lower)


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options; leave with 2 where they contradict each other."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="a folder with gold/ and bench/")
    parser.add_argument("--baseline", type=Path, default=PLACE, help="another baseline than benchmarks/baseline.json")
    parser.add_argument("--readme", type=Path, help="with --update, of everything: a file whose table is written anew")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--quick", action="store_true", help="only what every change must pass")
    which.add_argument("--only", nargs="+", metavar="GROUP", choices=[g.name for g in GROUPS], help="only these groups")
    parser.add_argument("--update", action="store_true", help="write values down and raise floors")
    parser.add_argument("--lower", action="append", default=[], metavar="FIGURE", help="lower the floor of a figure")
    parser.add_argument("--because", default="", metavar="WHY", help="the reason, kept in the baseline")
    opts = parser.parse_args(arguments)
    if bool(opts.lower) != bool(opts.because.strip()):
        parser.error("--lower FIGURE and --because WHY come together")
    return opts


def _check_names(baseline: Baseline, lowered: list[str]) -> None:
    for name in lowered:
        if name not in baseline.figures or not baseline.figures[name].held:
            held = ", ".join(f"“{each}”" for each, standard in baseline.figures.items() if standard.held)
            raise BaselineError(f"“{name}” has no floor that could be lowered; these have: {held}")


def _chosen(opts: argparse.Namespace, baseline: Baseline) -> list[Group]:
    """Return the groups that are asked for and can be measured."""
    wanted = {group.name for group in GROUPS if group.quick} if opts.quick else set(opts.only or ())
    if not wanted and not opts.update:
        wanted = {baseline.figures[name].group for name in opts.lower}
    there = (opts.shared / "gold").is_dir()
    return [g for g in GROUPS if (not wanted or g.name in wanted) and (there or not g.gold)]


def _measured(group: Group, shared: Path, baseline: Baseline) -> list[Measurement]:
    print(f"Measuring: {group.name} ...", file=sys.stderr, flush=True)
    return group.measured(shared, baseline)


def _changed(baseline: Baseline, found: list[Measurement], opts: argparse.Namespace) -> Baseline:
    """Return the baseline as it is to be written."""
    values = {one.figure: one.value for one in found if one.figure in baseline.figures}
    today = date.today()
    changed = baseline.updated(values, today) if opts.update else baseline
    for name in opts.lower:
        if name not in values:
            raise BaselineError(f"“{name}” was not measured: its group is {baseline.figures[name].group}")
        changed = changed.lowered(name, values[name], opts.because, today)
    return changed


def _say_what_is_left_out(baseline: Baseline, found: list[Measurement]) -> None:
    measured = {one.figure for one in found}
    if left := {standard.group: None for name, standard in baseline.figures.items() if name not in measured}:
        print(f"Not measured: {', '.join(left)}.\n")


def _judged(rows: list[Comparison], lowered: list[str]) -> int:
    """Say what is to be done about what falls short, and return the exit code."""
    failed = [row for row in rows if row.verdict.fails and row.measurement.figure not in lowered]
    for name in (row.measurement.figure for row in failed if row.verdict is Verdict.FELL):
        print(f"“{name}” fell. If that is right: run.py --lower '{name}' --because 'why'", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
