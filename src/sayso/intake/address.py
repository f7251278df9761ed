"""The date of publication in a URL: many papers file their articles by day, or by month.

Only what stands where such dates stand counts: segments of the path of their own, or a date at the beginning or the
end of one. Numbers in the middle of a name are of what the article tells, and host and query are of the site.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from sayso.intake.dates import MONTHS

LONGEST = 2_000
"""Characters of a URL that are looked at."""

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12]\d|3[01])"
_END = r"(?=[/_.-]|$)"
_DAYS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"/(?P<year>1[6-9]\d\d|20\d\d)/(?P<month>0?[1-9]|1[0-2])/(?P<day>0?[1-9]|[12]\d|3[01]){_END}",
        rf"/{_YEAR}/(?P<month>{'|'.join(MONTHS)})[a-z]{{0,6}}/(?P<day>0?[1-9]|[12]\d|3[01]){_END}",
        rf"/{_YEAR}-{_MONTH}-{_DAY}{_END}",
        rf"/{_YEAR}-?{_MONTH}/{_DAY}{_END}",
        rf"/{_YEAR}/{_MONTH}-?{_DAY}{_END}",
        rf"/{_YEAR}{_MONTH}{_DAY}{_END}",
        rf"[_-]{_YEAR}-{_MONTH}-{_DAY}(?:\.[a-z]{{3,5}})?/?$",
    )
)
_MONTHS = re.compile(rf"/(?P<year>(?:199|20\d)\d)/{_MONTH}/")
_PATH = re.compile(r"https?://[^/?#]*([^?#]*)", re.IGNORECASE)


def address_date(url: str) -> str | None:
    """Return the day, or else the month, by which a URL files its article, as ISO 8601; None where it does not.

    In the URL of a web archive only the URL of what is archived counts: the other date is that of the copy.
    """
    url = url[:LONGEST]
    inner = max(url.lower().rfind("http://"), url.lower().rfind("https://"))
    found = _PATH.match(url, max(inner, 0))
    return _in_path(found[1]) if found else None


def _in_path(path: str) -> str | None:
    for form in _DAYS:
        if found := form.search(path):
            word = found["month"].lower()
            month = int(word) if word.isdigit() else MONTHS.index(word[:3]) + 1
            with suppress(ValueError):
                return date(int(found["year"]), month, int(found["day"])).isoformat()
    found = _MONTHS.search(path)
    return f"{found['year']}-{found['month']}" if found else None
