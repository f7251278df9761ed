"""The flat views of the ledger: what each column means and from what part of a Record it is made.

A view has one row per document, statement, event, actor, place or time. Its columns are data: the name, the DuckDB
type, the meaning, and the expression that makes it from a row of the table ``records``. The queries, the data
dictionary and its test are all made from here.

In expressions, ``item`` is the statement, event and so on that the row is about; everything else names a column of
``records``, which has the shape of a Record. Text is cut out by code points, as the Record counts them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``type`` as DuckDB writes it, ``meaning`` for people, ``sql`` the expression that makes it."""

    name: str
    type: str
    meaning: str
    sql: str = ""
    """Empty where the rows are not made by SQL."""


@dataclass(frozen=True, slots=True)
class View:
    """One view: ``items`` is the list in the Record whose items are its rows, empty for the document itself.

    ``resolved`` are the actors and ids that the expressions of several columns need, each as name and expression.
    """

    name: str
    meaning: str
    items: str
    columns: tuple[Column, ...]
    resolved: tuple[tuple[str, str], ...] = ()


def _words(spans: str) -> str:
    return f"array_to_string(list_transform({spans}, lambda s: substring(text, s[1] + 1, s[2] - s[1])), ' … ')"


def _each(resolved: str, field: str) -> str:
    return f"list_transform({resolved}, lambda a: a.{field})"


_ACTOR_IDS = "list_transform(actors, lambda a: a.id)"
_PLACE_IDS = "list_transform(places, lambda p: coalesce(p.id, p.name))"


def _actor(id_: str) -> str:
    return f"actors[list_position({_ACTOR_IDS}, {id_})]"


_DOCUMENT = (
    Column("document", "VARCHAR", "id of the document, sha256:...", "id"),
    Column("publisher", "VARCHAR", "who published it", "publisher"),
    Column("published", "VARCHAR", "when it was published, ISO 8601, as precise as known", "published"),
    Column("title", "VARCHAR", "its title", "title"),
)

DOCUMENTS = View(
    "documents",
    "One row per document: the publication and what was found in it.",
    "",
    (
        *_DOCUMENT,
        Column("published_from", "VARCHAR", "where the date was found: option, column, page, ...", "published_from"),
        Column("origin", "VARCHAR", "path or URL it came from", "origin"),
        Column("ref", "VARCHAR", "the id that the input gave it", "ref"),
        Column("authors", "VARCHAR[]", "who wrote it", "authors"),
        Column("language", "VARCHAR", "language, ISO 639-1", "language"),
        Column("characters", "BIGINT", "length of its text in code points", "length(text)"),
        Column("text_hash", "VARCHAR", "sha256:... of the text alone, without publisher and URL", "text_hash"),
        Column(
            "credits",
            "VARCHAR[]",
            "whom the text names as its source: agency, outlet, original of a translation",
            "list_transform(lineage, lambda l: l.name)",
        ),
        Column("statement_count", "BIGINT", "how many statements it holds", "len(statements)"),
        Column("event_count", "BIGINT", "how many events it holds", "len(events)"),
        Column("error", "VARCHAR", "why it could not be coded, else null", "error"),
        Column("sayso", "VARCHAR", "version of Sayso that coded it", "coded_with.sayso"),
        Column("pipeline", "VARCHAR", "reader and parser that coded it", "coded_with.pipeline"),
        Column("knowledge", "VARCHAR", "digest of what Sayso knew", "coded_with.knowledge"),
        Column("ontology", "VARCHAR", "ontology of its events", "coded_with.ontology"),
        Column("text", "VARCHAR", "its text to the character", "text"),
        Column("coded", "TIMESTAMPTZ", "when it was put into the ledger, by the writer's clock", "written"),
    ),
)  # fmt: skip

STATEMENTS = View(
    "statements",
    "One row per statement: who said what.",
    "statements",
    (
        Column("statement", "VARCHAR", "id of the statement within the document", "item.id"),
        *_DOCUMENT,
        Column("speaker", "VARCHAR", "actor id of who speaks, null where unknown", "item.speaker"),
        Column("speaker_name", "VARCHAR", "name of who speaks", "speaking.name"),
        Column("speaker_country", "VARCHAR", "their country, ISO 3166-1 alpha-3", "speaking.country"),
        Column("speaker_sector", "VARCHAR", "PLOVER sector of who speaks", "speaking.sector"),
        Column("act", "VARCHAR", "what kind of utterance: say, deny, accuse, ...", "item.act"),
        Column("kind", "VARCHAR", "direct, indirect or mixed", "item.kind"),
        Column("source", "VARCHAR", "who speaks, as written", _words("item.source")),
        Column("cue", "VARCHAR", "the words that attribute, as written", _words("item.cue")),
        Column("content", "VARCHAR", "what is said, as written", _words("item.content")),
        Column("start", "INTEGER", "where the content begins, in code points of the text", "item.content[1][1]"),
        Column("end", "INTEGER", "where the content ends, exclusive", "item.content[-1][2]"),
        Column("addressee", "VARCHAR", "actor id of who is spoken to", "item.addressee"),
        Column("parent", "VARCHAR", "id of the statement that holds this one", "item.parent"),
        Column("confidence", "DOUBLE", "probability that a careful annotator agrees", "item.confidence"),
    ),
    (("speaking", _actor("item.speaker")),),
)  # fmt: skip

EVENTS = View(
    "events",
    "One row per report of an event: who did what to whom, and on whose word.",
    "events",
    (
        Column("event", "VARCHAR", "id of the event within the document", "item.id"),
        *_DOCUMENT,
        Column("type", "VARCHAR", "PLOVER event type", "item.type"),
        Column("mode", "VARCHAR", "PLOVER mode", "item.mode"),
        Column("contexts", "VARCHAR[]", "PLOVER contexts", "item.contexts"),
        Column("categories", "VARCHAR[]", "categories of ontologies of the user's own", "item.categories"),
        Column(
            "quad",
            "INTEGER",
            "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
            "item.quad",
        ),
        Column("cameo", "VARCHAR", "CAMEO root code, two digits", "item.cameo"),
        Column("intensity", "DOUBLE", "PLOVER score, -10 to 10", "item.intensity"),
        Column("actors", "VARCHAR[]", "actor ids of who acts", "item.actors"),
        Column("actor_names", "VARCHAR[]", "their names", _each("acting", "name")),
        Column("actor_countries", "VARCHAR[]", "their countries, alpha-3", _each("acting", "country")),
        Column("actor_sectors", "VARCHAR[]", "their PLOVER sectors", _each("acting", "sector")),
        Column("actor_offices", "VARCHAR[]", "the offices they held", _each("acting", "office")),
        Column("actor_words", "VARCHAR", "who acts, as written", _words("item.actor_spans")),
        Column("recipients", "VARCHAR[]", "actor ids of who is acted upon", "item.recipients"),
        Column("recipient_names", "VARCHAR[]", "their names", _each("receiving", "name")),
        Column("recipient_countries", "VARCHAR[]", "their countries", _each("receiving", "country")),
        Column("recipient_sectors", "VARCHAR[]", "their PLOVER sectors", _each("receiving", "sector")),
        Column("recipient_offices", "VARCHAR[]", "the offices they held", _each("receiving", "office")),
        Column("recipient_words", "VARCHAR", "who is acted upon, as written", _words("item.recipient_spans")),
        Column("place", "VARCHAR", "GeoNames id, or the name of a place that has none", "item.place"),
        Column("place_name", "VARCHAR", "name of the place", "where_.name"),
        Column("place_country", "VARCHAR", "country of the place, ISO 3166-1 alpha-3", "where_.country"),
        Column("place_admin1", "VARCHAR", "first-level division of the place", "where_.admin1"),
        Column("place_feature", "VARCHAR", "GeoNames feature code of the place", "where_.feature"),
        Column("lat", "DOUBLE", "latitude of the place, degrees", "where_.lat"),
        Column("lon", "DOUBLE", "longitude of the place, degrees", "where_.lon"),
        Column("date", "VARCHAR", "when it happened, ISO 8601 prefix, as precise as known", "item.date"),
        Column(
            "day",
            "DATE",
            "the day to count it under: its date where that is a day, else null",
            "try_cast(CASE WHEN length(item.date) >= 10 THEN left(item.date, 10) END AS DATE)",
        ),
        Column("factuality", "VARCHAR", "CT+, PR+, PS+, CT-, PR-, PS- or Uu", "item.factuality"),
        Column("tense", "VARCHAR", "past, present, future or none", "item.tense"),
        Column("hypothetical", "BOOLEAN", "whether it is conditional or imagined", "item.hypothetical"),
        Column(
            "quantities",
            "STRUCT(kind VARCHAR, low DOUBLE, high DOUBLE, words VARCHAR)[]",
            "numbers that belong to it: kind, bounds (null where open), the words",
            "list_transform(item.quantities, lambda q: {'kind': q.kind, 'low': q.low, 'high': q.high, "
            "'words': substring(text, q.span[1] + 1, q.span[2] - q.span[1])})",
        ),
        Column("anchor", "VARCHAR", "the word that names the event", _words("[item.anchor]")),
        Column("start", "INTEGER", "where that word begins, in code points of the text", "item.anchor[1]"),
        Column("end", "INTEGER", "where it ends, exclusive", "item.anchor[2]"),
        Column("statement", "VARCHAR", "id of the statement that holds it", "item.statement"),
        Column("voucher", "VARCHAR", "on whose word it stands: actor id or publisher", "item.voucher"),
        Column("voucher_name", "VARCHAR", "name of the voucher", "coalesce(vouching.name, item.voucher)"),
        Column("confidence", "DOUBLE", "probability that a careful annotator agrees", "item.confidence"),
    ),
    (
        ("acting", f"list_transform(item.actors, lambda i: {_actor('i')})"),
        ("receiving", f"list_transform(item.recipients, lambda i: {_actor('i')})"),
        ("vouching", _actor("item.voucher")),
        ("where_", f"places[list_position({_PLACE_IDS}, item.place)]"),
    ),
)  # fmt: skip

ACTORS = View(
    "actors",
    "One row per actor in a document.",
    "actors",
    (
        Column("actor", "VARCHAR", "id of the actor, the same in all documents", "item.id"),
        *_DOCUMENT,
        Column("name", "VARCHAR", "name of the actor", "item.name"),
        Column("kind", "VARCHAR", "person, organization, country, group or role", "item.kind"),
        Column("country", "VARCHAR", "ISO 3166-1 alpha-3", "item.country"),
        Column("sector", "VARCHAR", "PLOVER sector, or kind of international body", "item.sector"),
        Column("office", "VARCHAR", "the office held when the document was published", "item.office"),
        Column("mention_count", "BIGINT", "how often the document mentions it", "len(item.mentions)"),
        Column("words", "VARCHAR", "the first mention, as written", _words("item.mentions[:1]")),
        Column("confidence", "DOUBLE", "probability that a careful annotator agrees", "item.confidence"),
    ),
)

PLACES = View(
    "places",
    "One row per place in a document.",
    "places",
    (
        Column("place", "VARCHAR", "GeoNames id, or the name of a place that has none", "coalesce(item.id, item.name)"),
        *_DOCUMENT,
        Column("name", "VARCHAR", "name of the place", "item.name"),
        Column("country", "VARCHAR", "ISO 3166-1 alpha-3", "item.country"),
        Column("admin1", "VARCHAR", "first-level division", "item.admin1"),
        Column("lat", "DOUBLE", "latitude, degrees", "item.lat"),
        Column("lon", "DOUBLE", "longitude, degrees", "item.lon"),
        Column("feature", "VARCHAR", "GeoNames feature code", "item.feature"),
        Column("mention_count", "BIGINT", "how often the document mentions it", "len(item.mentions)"),
        Column("words", "VARCHAR", "the first mention, as written", _words("item.mentions[:1]")),
        Column("confidence", "DOUBLE", "probability that a careful annotator agrees", "item.confidence"),
    ),
)

TIMES = View(
    "times",
    "One row per time expression in a document.",
    "times",
    (
        Column("time", "VARCHAR", "id of the time expression within the document", "item.id"),
        *_DOCUMENT,
        Column("type", "VARCHAR", "TIMEX3 type: DATE, TIME, DURATION or SET", "item.type"),
        Column("value", "VARCHAR", "TIMEX3 value", "item.value"),
        Column("words", "VARCHAR", "the expression, as written", _words("[item.span]")),
        Column("start", "INTEGER", "where it begins, in code points of the text", "item.span[1]"),
        Column("end", "INTEGER", "where it ends, exclusive", "item.span[2]"),
    ),
)

VIEWS = (DOCUMENTS, STATEMENTS, EVENTS, ACTORS, PLACES, TIMES)

LEDGER_COLUMNS = (
    Column("generation", "BIGINT", "the version of the ledger at which its account was made", ""),
    Column("copies", "BIGINT", "how many other documents in the ledger are copies of the document", ""),
    Column("copy_of", "VARCHAR", "id of the document that it is a copy of, else null", ""),
    Column("copy_similarity", "DOUBLE", "share of the shorter text's word sequences that both have", ""),
    Column("copy_reason", "VARCHAR", "same text, near copy, excerpt or translation", ""),
)
"""Columns that every view has besides its own: they depend on the ledger that the document is in."""
