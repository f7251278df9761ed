"""What Sayso's figures were, and the worst that each may become: ``baseline.json``.

A figure is a *ratio* (a speed or a share that hangs little on the machine), a *score* (on a gold set or a set of our
own), or *measured* (seconds, MiB: shown, never compared). Ratios and scores have a floor. A floor that is higher, or
lower where less is better, is a raised one. Floors are raised by measuring; to lower one takes a reason. Every step
of every floor stays in the history, so that a floor lowered by hand is seen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

PLACE = Path(__file__).with_name("baseline.json")


class BaselineError(Exception):
    """A baseline that cannot be read, or that breaks its own rules."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


class Standard(_Strict):
    """What one figure was when it was last written down, and what it is held to.

    ``group`` is what run.py measures it with. ``tolerance`` is how far the figure may fall behind the best that was
    written down: a share of it for a ratio, an amount for a score. ``value`` and ``floor`` are None until the figure is
    first written.
    """

    kind: Literal["ratio", "score", "measured"]
    better: Literal["higher", "lower"]
    group: str
    tolerance: float | None = Field(default=None, ge=0, lt=10)
    value: float | None = None
    floor: float | None = None

    @property
    def held(self) -> bool:
        """Whether the figure is compared at all."""
        return self.kind != "measured"

    def is_worse(self, one: float, other: float) -> bool:
        """Return whether one value of the figure is worse than another."""
        return one < other if self.better == "higher" else one > other

    def floor_under(self, value: float) -> float:
        """Return the floor that a value stands on, at a ten-thousandth."""
        margin = (self.tolerance or 0) * (value if self.kind == "ratio" else 1)
        return round(value - margin if self.better == "higher" else value + margin, 4)

    def falls_short(self, value: float) -> bool:
        """Return whether a value is worse than the floor allows."""
        return self.held and self.floor is not None and self.is_worse(value, self.floor)

    def would_raise(self, value: float) -> bool:
        """Return whether writing a value down gives the figure a floor, or a better one."""
        return self.held and (self.floor is None or self.is_worse(self.floor, self.floor_under(value)))


class Step(_Strict):
    """A change of a floor; ``to`` is None where the figure is given up."""

    date: date
    figure: str
    before: float | None = Field(validation_alias="from", serialization_alias="from")
    to: float | None
    why: str = ""


class Baseline(_Strict):
    """All standards by the name of the figure, and how their floors came about, in order."""

    figures: dict[str, Standard]
    history: tuple[Step, ...] = ()

    @classmethod
    def load(cls, path: Path = PLACE) -> Self:
        """Read a baseline.

        Raises:
            BaselineError: there is none, it is not of the right form, or a floor does not agree with the history.

        """
        try:
            return cls.parse(path.read_text(encoding="utf-8"), str(path))
        except OSError as error:
            raise BaselineError(f"{path}: cannot be read: {error.strerror}") from None

    @classmethod
    def parse(cls, text: str, name: str) -> Self:
        """Return the baseline that a text states; ``name`` is where it is from, for errors as of `load`."""
        try:
            found = cls.model_validate_json(text)
        except ValidationError as error:
            told = [f"{'.'.join(map(str, e['loc'])) or 'the file'}: {e['msg']}" for e in error.errors()]
            raise BaselineError("\n".join(f"{name}: {line}" for line in told)) from None
        if faults := [*found.faults()]:
            raise BaselineError("\n".join(f"{name}: {fault}" for fault in faults))
        return found

    def faults(self) -> Iterator[str]:
        """Yield what is wrong with each figure, in words that say the remedy."""
        for name, standard in self.figures.items():
            yield from (f"“{name}”: {fault}" for fault in self._faults(name, standard))
        for name in {step.figure: None for step in self.history if step.figure not in self.figures}:
            if self.steps(name)[-1].to is not None:
                yield f"“{name}” is gone, but its history does not say why: add a step to null with a reason"

    def _faults(self, name: str, standard: Standard) -> Iterator[str]:
        if standard.held != (standard.tolerance is not None):
            yield f"a {standard.kind} figure {'needs a' if standard.held else 'has no'} tolerance"
        if not standard.held and standard.floor is not None:
            yield "a figure that is only measured has no floor"
        if (standard.value is None) != (standard.floor is None) and standard.held:
            yield "a value and a floor come together: write both with --update"
        elif standard.value is not None and standard.would_raise(standard.value):
            yield f"the floor is further from the value {standard.value} than the tolerance allows"
        yield from self._faults_of_steps(name, standard)

    def _faults_of_steps(self, name: str, standard: Standard) -> Iterator[str]:
        stood: float | None = None
        for step in self.steps(name):
            if step.before != stood:
                yield f"the step of {step.date} starts from {step.before}, but the floor was {stood}"
            lowered = step.to is None or (step.before is not None and standard.is_worse(step.to, step.before))
            if lowered and not step.why.strip():
                yield f"the step of {step.date} lowers the floor from {step.before} to {step.to} without a reason"
            stood = step.to
        if stood != standard.floor:
            yield (
                f"the floor is {standard.floor}, but its history ends with {stood}: floors change by "
                f"--update, and go down by --lower '{name}' --because 'why'"
            )

    def steps(self, name: str) -> list[Step]:
        """Return how the floor of a figure came about."""
        return [step for step in self.history if step.figure == name]

    def floor(self, name: str) -> float:
        """Return the floor of a figure.

        Raises:
            KeyError: the figure has none.

        """
        standard = self.figures.get(name)
        if standard is None or standard.floor is None:
            raise KeyError(f"benchmarks/baseline.json has no floor for {name!r}")
        return standard.floor

    def updated(self, measured: Mapping[str, float], today: date) -> Self:
        """Write values down and raise the floors they allow to be raised; what falls short stays as it was."""
        changed = self
        for name, exact in measured.items():
            standard, value = self.figures[name], round(exact, 4)
            if not standard.falls_short(value):
                floor = standard.floor_under(value) if standard.would_raise(value) else standard.floor
                changed = changed._with(name, value, floor, today, "")
        return changed

    def lowered(self, name: str, value: float, why: str, today: date) -> Self:
        """Write down a value that falls short, and lower the floor under it, for a reason.

        Raises:
            BaselineError: there is no reason, or the value does not fall short.

        """
        standard, value = self.figures[name], round(value, 4)
        if not why.strip():
            raise BaselineError(f"“{name}”: a floor is lowered only for a reason: --because 'why'")
        if not standard.falls_short(value):
            raise BaselineError(f"“{name}” is {value:.4g} and its floor {standard.floor}: nothing has to be lowered")
        return self._with(name, value, standard.floor_under(value), today, why.strip())

    def _with(self, name: str, value: float, floor: float | None, today: date, why: str) -> Self:
        standard = self.figures[name]
        figures = self.figures | {name: standard.model_copy(update={"value": value, "floor": floor})}
        step = [Step(date=today, figure=name, before=standard.floor, to=floor, why=why)]
        return self.model_copy(
            update={"figures": figures, "history": (*self.history, *(step if floor != standard.floor else []))}
        )

    def save(self, path: Path = PLACE) -> None:
        """Write the baseline, a figure and a step a line, so that a change shows as the lines it changes."""
        figures = [f"    {_line(name)}: {_line(_said(standard))}" for name, standard in self.figures.items()]
        steps = [f"    {_line(_said(step))}" for step in self.history]
        text = f'{{\n  "figures": {{\n{_joined(figures)}  }},\n  "history": [\n{_joined(steps)}  ]\n}}\n'
        beside = path.with_name(path.name + ".new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)


def _said(part: Standard | Step) -> dict[str, object]:
    return part.model_dump(mode="json", by_alias=True, exclude_defaults=True)


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}{',' if number < len(lines) else ''}\n" for number, line in enumerate(lines, 1))
