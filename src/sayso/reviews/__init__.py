"""Reviews: what people say of coded items, kept beside the ledger and never in place of what was coded.

docket = Docket("news")
docket.append(judge(record, "e3", "wrong", reviewer="Ana", why="it is a plan"))
after = reviewed(record, docket.judgements(record.id))
"""

from sayso.reviews.applied import reviewed
from sayso.reviews.docket import Docket
from sayso.reviews.judgement import EventFixes, Judgement, StatementFixes, judge
from sayso.reviews.precision import Precision, precision
from sayso.reviews.standing import Standing, Standings, standings

__all__ = [
    "Docket", "EventFixes", "Judgement", "Precision", "Standing", "Standings", "StatementFixes", "judge", "precision",
    "reviewed", "standings",
]  # fmt: skip
