"""How the voices of an occurrence stand to one another. Nothing here says whether it happened."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.corroboration.occurrence import Contest, Status
from sayso.corroboration.standing import Standing


def status_of(standings: Sequence[Standing], contests: Sequence[Contest]) -> Status:
    """Return the status that positions and contests of independent voices make."""
    voices = [standing for standing in standings if standing.independent] or list(standings)
    asserting = sum(voice.position in ("asserts", "predicts") for voice in voices)
    denying = sum(voice.position in ("denies", "doubts") for voice in voices)
    if denying and asserting <= 1:
        return "denied"
    if denying or contests:
        return "disputed"
    return "corroborated" if asserting > 1 else "single-source"
