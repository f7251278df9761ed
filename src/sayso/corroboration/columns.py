"""The views of occurrences: what each column means, as ``sayso.ledger.columns`` has it for those of the ledger."""

from __future__ import annotations

from sayso.ledger.columns import Column, View

_FIGURES = "STRUCT(kind VARCHAR, low DOUBLE, high DOUBLE)[]"


OCCURRENCES = View(
    "occurrences",
    "One row per occurrence: what one or several reports are of, and how the voices stand to it.",
    "",
    (
        Column("occurrence", "VARCHAR", "id of the occurrence: that of its report that came first"),
        Column("status", "VARCHAR", "single-source, corroborated, disputed or denied"),
        Column("type", "VARCHAR", "PLOVER type of most of its reports, null where none has one"),
        Column("modes", "VARCHAR[]", "PLOVER modes of its reports"),
        Column("date", "VARCHAR", "when it happened, ISO 8601 prefix that most reports agree on"),
        Column("place", "VARCHAR", "GeoNames id, or null for a place that has none"),
        Column("place_name", "VARCHAR", "name of the place that most reports name"),
        Column("place_country", "VARCHAR", "country of the place, ISO 3166-1 alpha-3"),
        Column("lat", "DOUBLE", "latitude of the place, degrees"),
        Column("lon", "DOUBLE", "longitude of the place, degrees"),
        Column("actors", "VARCHAR[]", "actor ids of who acts, those named most often first"),
        Column("actor_names", "VARCHAR[]", "their names"),
        Column("actor_countries", "VARCHAR[]", "the countries among them, alpha-3"),
        Column("recipients", "VARCHAR[]", "actor ids of who is acted upon"),
        Column("recipient_names", "VARCHAR[]", "their names"),
        Column("recipient_countries", "VARCHAR[]", "the countries among them"),
        Column("independent", "BIGINT", "how many independent voices speak of it"),
        Column("asserting", "BIGINT", "how many of them say that it is so"),
        Column("denying", "BIGINT", "how many say that it is not"),
        Column("doubting", "BIGINT", "how many say that it is uncertain"),
        Column("predicting", "BIGINT", "how many say that it will be"),
        Column("reporting", "BIGINT", "how many speak of it and commit themselves to nothing"),
        Column("contested", "VARCHAR[]", "aspects on which voices differ: type, actor, date, figure, ..."),
        Column("figures", _FIGURES, "the least and the greatest figure of each kind that any voice gives"),
        Column("report_count", "BIGINT", "how many reports it has, those in copies included"),
        Column("document_count", "BIGINT", "how many documents those stand in"),
        Column("copies", "BIGINT", "how many of these documents are copies"),
        Column("first_reported", "VARCHAR", "when the first of them was published"),
        Column("last_reported", "VARCHAR", "when the last of them was published"),
    ),
)

REPORTS = View(
    "reports",
    "One row per report of an occurrence, copies included; joins events by document and event.",
    "",
    (
        Column("report", "VARCHAR", "id of the report"),
        Column("occurrence", "VARCHAR", "id of the occurrence"),
        Column("document", "VARCHAR", "id of the document, sha256:..."),
        Column("event", "VARCHAR", "id of the event (e3) or of a mention of one (m3) within the document"),
        Column("publisher", "VARCHAR", "who published it"),
        Column("published", "VARCHAR", "when it was published, ISO 8601, as precise as known"),
        Column("title", "VARCHAR", "title of the document"),
        Column("ref", "VARCHAR", "the id that the input gave the document"),
        Column("type", "VARCHAR", "PLOVER event type, null for a mention"),
        Column("mode", "VARCHAR", "PLOVER mode"),
        Column("date", "VARCHAR", "when it happened according to this report"),
        Column("position", "VARCHAR", "asserts, denies, doubts, predicts or reports"),
        Column("voice", "VARCHAR", "id of the voice on whose word it stands"),
        Column("source", "VARCHAR", "who is said to say so, as written; null for the outlet's own word"),
        Column("factuality", "VARCHAR", "CT+, PR+, PS+, CT-, PR-, PS- or Uu"),
        Column("word", "VARCHAR", "the word that tells of it"),
        Column("sentence", "VARCHAR", "its sentence"),
        Column("start", "BIGINT", "where the word begins, in code points of the text"),
        Column("end", "BIGINT", "where it ends, exclusive"),
        Column("is_copy", "BOOLEAN", "whether the document is a copy"),
        Column("copy_of", "VARCHAR", "id of the document that it is a copy of, where that is known"),
    ),
)

VOICES = View(
    "voices",
    "One row per voice of an occurrence: on whose word it stands or falls, whoever relays it.",
    "",
    (
        Column("occurrence", "VARCHAR", "id of the occurrence"),
        Column("voice", "VARCHAR", "id of the voice: an actor's or body's, outlet:NAME or unnamed:WORDS"),
        Column("name", "VARCHAR", "what it is called"),
        Column("kind", "VARCHAR", "actor, outlet or unnamed"),
        Column("position", "VARCHAR", "asserts, denies, doubts, predicts or reports: the last that it took"),
        Column("independent", "BOOLEAN", "whether it counts as a voice of its own"),
        Column("because", "VARCHAR", "why it counts, or does not"),
        Column("reports", "VARCHAR[]", "ids of the reports that stand on its word"),
        Column("relayed_by", "VARCHAR[]", "publishers in whose reports it speaks"),
        Column("first", "VARCHAR", "when it was first heard, by date of publication"),
        Column("wording", "VARCHAR[]", "its own words for what happened"),
        Column("figures", _FIGURES, "the figures that it gives, in order of publication"),
    ),
)

VIEWS = (OCCURRENCES, REPORTS, VOICES)
