"""Where one voice stands to an occurrence: all its tellings, gathered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sayso.corroboration.figures import figures_of
from sayso.corroboration.occurrence import Figure, Position
from sayso.corroboration.positions import position_of, strongest
from sayso.corroboration.references import is_reference
from sayso.corroboration.telling import Telling
from sayso.corroboration.voices import Word

_CONFLICT = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"})


@dataclass(slots=True)
class Standing:
    """One voice: its tellings in order of publication, its positions, figures, and what it makes of the event.

    ``left_out`` says why it does not count as a voice of its own, where it does not.
    """

    word: Word
    tellings: list[Telling] = field(default_factory=list)
    position: Position = "reports"
    positions: list[tuple[Position, Telling]] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    blamed: frozenset[str] = frozenset()
    left_out: str | None = None

    @property
    def independent(self) -> bool:
        """Whether it counts as a voice of its own."""
        return self.left_out is None


def standings(tellings: Sequence[Telling], words: Mapping[str, Word]) -> list[Standing]:
    """Return the voices of an occurrence's tellings, the first heard first; ``words`` says whose word each is, by id.

    What stands in a copy is counted with the voice only where no original has it.
    """
    voices: dict[str, Standing] = {}
    for telling in tellings:
        word = words[telling.id]
        voices.setdefault(word.id, Standing(word)).tellings.append(telling)
    for voice in voices.values():
        _gather(voice)
    _leave_out_uncommitted(list(voices.values()))
    _leave_out_references(list(voices.values()))
    return list(voices.values())


def _leave_out_uncommitted(voices: Sequence[Standing]) -> None:
    """Take outlets that leave open whether it is so for no voice of it, where anybody else commits himself."""
    if any(voice.independent and voice.position != "reports" for voice in voices):
        for voice in voices:
            if voice.word.kind == "outlet" and voice.position == "reports":
                voice.left_out = voice.left_out or "leaves open whether it is so"


def _leave_out_references(voices: Sequence[Standing]) -> None:
    """Take outlets that only refer to an occurrence for no voice of it, where nobody else tells it on his own word."""
    named = [voice for voice in voices if voice.independent and voice.word.kind != "outlet"]
    outlets = [voice for voice in voices if voice.independent and voice.word.kind == "outlet"]
    referring = [voice for voice in outlets if all(is_reference(t) for t in voice.tellings)]
    if named and len(referring) == len(outlets):
        for voice in referring:
            voice.left_out = "only refers to it"


def _gather(voice: Standing) -> None:
    originals = [telling for telling in voice.tellings if not telling.publication.is_copy]
    voice.left_out = None if originals else "only copies have it"
    heard = originals or voice.tellings
    positions = [(position_of(telling), telling) for telling in heard]
    taken: dict[str, list[tuple[Position, Telling]]] = {}
    for position, telling in positions:
        taken.setdefault(telling.publication.document, []).append((position, telling))
        voice.figures += figures_of(telling, voice.word.id)
        if telling.type:
            voice.types[telling.type] += 1
    for pairs in taken.values():
        best = strongest([position for position, _ in pairs])
        voice.positions.append(next(pair for pair in pairs if pair[0] == best))
    committed = [position for position, _ in voice.positions if position != "reports"]
    voice.position = committed[-1] if committed else "reports"
    voice.blamed = frozenset(
        actor.country
        for position, telling in positions
        if telling.type in _CONFLICT and position == "asserts"
        for actor in telling.actors
        if actor.country
    )
