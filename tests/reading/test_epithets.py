from __future__ import annotations

import pytest
from tests.conftest import Read

SPEAKERS = [
    ("Retno Wulandari filed a report. The hydrologist said it was lost.", "Retno Wulandari"),
    ("Anna Kowalska met Jan Nowak. The 54-year-old lawyer said she was tired.", "Anna Kowalska"),
    ("Maria Lind is a nurse. Peter Hall drives a bus. The nurse said it was late.", "Maria Lind"),
    ("Walter Brannigan came to the diner. The former governor said the mills were closed.", "Walter Brannigan"),
    ("Noboru Ishimaru bowed. “It should have been known to me,” the 61-year-old said.", "Noboru Ishimaru"),
    ("Anders Holmgren was cautious. “Nobody has told me,” the Swede added.", "Anders Holmgren"),
    ("His spokeswoman said no. The spokeswoman, Maria Lind, said it again.", "Maria Lind"),
    ("The home's operator, Gulf Care Ltd., said it had followed the plan.", "Gulf Care Ltd."),
    ("Her envoy in Phnom Penh, Anders Holmgren, was cautious. He said the road was closed.", "Anders Holmgren"),
    ("They signed in the presence of the U.S. secretary of state, who said that it was late.", "Hillary Clinton"),
]  # fmt: skip

UNKNOWN = [
    "Maria Lind met John Okafor. The judge said no.",
    "Maria Lind went to Mass. The priest told her that once was enough.",
    "Maria Lind came early. A waitress had not made up her mind. “They want my vote,” she said.",
    "Two generals left by the same door. One of the generals said that it had been a long night.",
    "A reporter waited. The judge said no.",
]  # fmt: skip


def last_speaker(read: Read, text: str) -> object:
    statements = read(text, upto="sayso_coreference", published="2012-05-05")._.statements
    assert statements, "no statement was found"
    return statements[-1].speaker


@pytest.mark.parametrize(("text", "name"), SPEAKERS)
def test_a_description_is_of_whom_it_fits(read: Read, text: str, name: str) -> None:
    speaker = last_speaker(read, text)
    assert speaker is not None
    assert speaker.name == name


@pytest.mark.parametrize("text", UNKNOWN)
def test_nobody_named_is_guessed(read: Read, text: str) -> None:
    speaker = last_speaker(read, text)
    assert speaker is None or speaker.kind in {"role", "group"}
