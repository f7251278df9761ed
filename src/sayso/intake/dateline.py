"""The date of publication that a plain text begins with, where it is unmistakable.

That is a line that says so ("Published: 25 October 2024"), a line that is a date and nothing else, or an agency's
dateline that has a year ("KYIV, Oct 25, 2024 (Agency) -"). Dates in sentences are of what the text tells, and a line
"Updated ..." is of a later version.
"""

from __future__ import annotations

import re
from itertools import islice

from sayso.intake.dates import iso

FIRST_CHARACTERS = 1_200
FIRST_LINES = 6
LONGEST_LINE = 120

_MONTH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_WRITTEN = rf"\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? [12]\d{{3}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? [12]\d{{3}}"
_DATE = rf"(?P<date>{_WRITTEN}|[12]\d{{3}}-[01]\d-[0-3]\d)(?!\d)"
_WEEKDAY = r"(?:(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? )?"
_TIME = r"(?:[T,]? ?(?:at |[-–—] )?\d{1,2}[:.]\d\d(?:[:.]\d\d)? ?(?:[ap]\.?m\.?)?,? ?(?:[A-Z]{1,5}|[+-]\d\d:?\d\d)?)?"
_LABEL = (
    r"(?i:(?:first )?published|date published|publication date|date of publication|posted|date)"
    r"(?: on)?(?: ?:| ?[–—-])? ?"
)
_ALONE = re.compile(rf"(?P<label>{_LABEL})?{_WEEKDAY}{_DATE}{_TIME}(?: by\b.*)?", re.IGNORECASE)
_AGENCY = re.compile(
    rf"[A-Z][A-Z.'’ /-]{{1,40}}(?:, ?[A-Z][\w. ]{{1,30}})?,? ?{_DATE},? ?(?:\([^()]{{2,40}}\) ?)?[-–—:.]"
)
_PARTS = re.compile(r"\s+[|•·]\s+")


def dateline(text: str) -> str | None:
    """Return the day that the first lines of a text say it was published on, as ISO 8601; None where they do not."""
    lines = (" ".join(line.split()) for line in text[:FIRST_CHARACTERS].lstrip("\ufeff").splitlines())
    for line in islice(filter(None, lines), FIRST_LINES):
        if found := _in_line(line):
            return found
    return None


def _in_line(line: str) -> str | None:
    parts = _PARTS.split(line) if len(line) <= LONGEST_LINE else []
    for found in [*map(_ALONE.fullmatch, parts), _AGENCY.match(line)]:
        if found and (day := iso(found["date"])):
            return day
    return None
