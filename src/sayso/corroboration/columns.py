"""The views of occurrences: what each column means, as ``sayso.ledger.columns`` has it for those of the ledger."""

from __future__ import annotations

from sayso.ledger.columns import Column, View

_FIGURES = "STRUCT(kind VARCHAR, low DOUBLE, high DOUBLE)[]"


def _column(name: str, type_: str, meaning: str) -> Column:
    return Column(name, type_, meaning, "")


OCCURRENCES = View(
    "occurrences",
    "One row per occurrence: what one or several reports are of, and how the voices stand to it.",
    "",
    (
        _column("occurrence", "VARCHAR", "id of the occurrence: that of its report that came first"),
        _column("status", "VARCHAR", "single-source, corroborated, disputed or denied"),
        _column("type", "VARCHAR", "PLOVER type of most of its reports, null where none has one"),
        _column("modes", "VARCHAR[]", "PLOVER modes of its reports"),
        _column("date", "VARCHAR", "when it happened, ISO 8601 prefix that most reports agree on"),
        _column("place", "VARCHAR", "GeoNames id, or null for a place that has none"),
        _column("place_name", "VARCHAR", "name of the place that most reports name"),
        _column("place_country", "VARCHAR", "country of the place, ISO 3166-1 alpha-3"),
        _column("lat", "DOUBLE", "latitude of the place, degrees"),
        _column("lon", "DOUBLE", "longitude of the place, degrees"),
        _column("actors", "VARCHAR[]", "actor ids of who acts, those named most often first"),
        _column("actor_names", "VARCHAR[]", "their names"),
        _column("actor_countries", "VARCHAR[]", "the countries among them, alpha-3"),
        _column("recipients", "VARCHAR[]", "actor ids of who is acted upon"),
        _column("recipient_names", "VARCHAR[]", "their names"),
        _column("recipient_countries", "VARCHAR[]", "the countries among them"),
        _column("independent", "BIGINT", "how many independent voices speak of it"),
        _column("asserting", "BIGINT", "how many of them say that it is so"),
        _column("denying", "BIGINT", "how many say that it is not"),
        _column("doubting", "BIGINT", "how many say that it is uncertain"),
        _column("predicting", "BIGINT", "how many say that it will be"),
        _column("reporting", "BIGINT", "how many speak of it and commit themselves to nothing"),
        _column("contested", "VARCHAR[]", "aspects on which voices differ: type, actor, date, figure, ..."),
        _column("figures", _FIGURES, "the least and the greatest figure of each kind that any voice gives"),
        _column("report_count", "BIGINT", "how many reports it has, those in copies included"),
        _column("document_count", "BIGINT", "how many documents those stand in"),
        _column("copies", "BIGINT", "how many of these documents are copies"),
        _column("first_reported", "VARCHAR", "when the first of them was published"),
        _column("last_reported", "VARCHAR", "when the last of them was published"),
    ),
)

REPORTS = View(
    "reports",
    "One row per report of an occurrence, copies included; joins events by document and event.",
    "",
    (
        _column("report", "VARCHAR", "id of the report"),
        _column("occurrence", "VARCHAR", "id of the occurrence"),
        _column("document", "VARCHAR", "id of the document, sha256:..."),
        _column("event", "VARCHAR", "id of the event (e3) or of a mention of one (m3) within the document"),
        _column("publisher", "VARCHAR", "who published it"),
        _column("published", "VARCHAR", "when it was published, ISO 8601, as precise as known"),
        _column("title", "VARCHAR", "title of the document"),
        _column("ref", "VARCHAR", "the id that the input gave the document"),
        _column("type", "VARCHAR", "PLOVER event type, null for a mention"),
        _column("mode", "VARCHAR", "PLOVER mode"),
        _column("date", "VARCHAR", "when it happened according to this report"),
        _column("position", "VARCHAR", "asserts, denies, doubts, predicts or reports"),
        _column("voice", "VARCHAR", "id of the voice on whose word it stands"),
        _column("source", "VARCHAR", "who is said to say so, as written; null for the outlet's own word"),
        _column("factuality", "VARCHAR", "CT+, PR+, PS+, CT-, PR-, PS- or Uu"),
        _column("word", "VARCHAR", "the word that tells of it"),
        _column("sentence", "VARCHAR", "its sentence"),
        _column("start", "BIGINT", "where the word begins, in code points of the text"),
        _column("end", "BIGINT", "where it ends, exclusive"),
        _column("is_copy", "BOOLEAN", "whether the document is a copy"),
        _column("copy_of", "VARCHAR", "id of the document that it is a copy of, where that is known"),
    ),
)

VOICES = View(
    "voices",
    "One row per voice of an occurrence: on whose word it stands or falls, whoever relays it.",
    "",
    (
        _column("occurrence", "VARCHAR", "id of the occurrence"),
        _column("voice", "VARCHAR", "id of the voice: an actor's or body's, outlet:NAME or unnamed:WORDS"),
        _column("name", "VARCHAR", "what it is called"),
        _column("kind", "VARCHAR", "actor, outlet or unnamed"),
        _column("position", "VARCHAR", "asserts, denies, doubts, predicts or reports: the last that it took"),
        _column("independent", "BOOLEAN", "whether it counts as a voice of its own"),
        _column("because", "VARCHAR", "why it counts, or does not"),
        _column("reports", "VARCHAR[]", "ids of the reports that stand on its word"),
        _column("relayed_by", "VARCHAR[]", "publishers in whose reports it speaks"),
        _column("first", "VARCHAR", "when it was first heard, by date of publication"),
        _column("wording", "VARCHAR[]", "its own words for what happened"),
        _column("figures", _FIGURES, "the figures that it gives, in order of publication"),
    ),
)

VIEWS = (OCCURRENCES, REPORTS, VOICES)
