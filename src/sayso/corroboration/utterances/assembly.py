"""From the renditions of one group to an Utterance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from sayso.corroboration.occurrence import Link
from sayso.corroboration.utterances.omissions import Reading, omissions
from sayso.corroboration.utterances.qualifying import Qualifying
from sayso.corroboration.utterances.rendition import Rendition
from sayso.corroboration.utterances.utterance import Omission, Qualifier, Quote, Utterance, Variant
from sayso.records import Act, Span, StatementKind


def utterance(renditions: Sequence[Rendition], links: Mapping[str, list[Link]]) -> Utterance:
    """Return the utterance that renditions tell of; ``links`` are those of each to others of the same group.

    The result depends on no order.
    """
    told = sorted(renditions, key=lambda each: (each.publication.order, each.pieces[0][0]))
    readings = [Reading(each) for each in told]
    omitted = omissions(readings)
    speaking = _speaking(told)
    fullest = max(told, key=lambda each: (bool(each.quoted), each.content.bag.weight, -each.publication.order))
    original = [each for each in told if not each.publication.is_copy] or told
    first = min(original, key=_published)
    published = sorted(each.publication.published for each in told if each.publication.published)
    documents = {each.publication.document: each for each in told}
    return Utterance(
        id=told[0].id,
        voice=speaking.voice.id if speaking.voice else None,
        voice_kind=speaking.voice.kind if speaking.voice else None,
        speaker=_name(speaking),
        speaker_ids=list(dict.fromkeys(each.saying.speaker.id for each in told if each.saying.speaker)),
        country=speaking.saying.country,
        act=cast("Act", Counter(each.saying.act for each in told).most_common(1)[0][0]),
        said=_said(told),
        wording=_wording(fullest),
        is_quoted=bool(fullest.quoted),
        first_reported=first.publication.published,
        first_publisher=first.publication.publisher,
        last_reported=published[-1] if published else None,
        documents=len(documents),
        outlets=len(_outlets(each for each in told if not each.publication.is_copy)),
        independent=len(_outlets(each for each in told if not each.publication.is_copy and not each.relays)),
        copies=sum(each.publication.is_copy for each in documents.values()),
        omitting=len({each.publication.document for each in told if omitted[each.id]}),
        variants=[_variant(reading, omitted[reading.rendition.id], links) for reading in readings],
    )


def _outlets(told: Iterable[Rendition]) -> set[str]:
    return {each.publication.publisher or each.publication.document for each in told}


def _published(each: Rendition) -> tuple[bool, str, bool, int, int]:
    """Return by what reports are put in order: of those of one day, those that credit another come after."""
    publication = each.publication
    published = publication.published or ""
    return not published, published, bool(publication.credits), publication.order, each.pieces[0][0]


def _speaking(told: Iterable[Rendition]) -> Rendition:
    """Return the rendition that tells best who speaks: a named person, else a named voice, by the fullest name."""

    def known(each: Rendition) -> tuple[bool, bool, int, int]:
        named = each.voice is not None and each.voice.kind != "unnamed"
        return each.person is not None, named, len(_name(each)), -each.publication.order

    return max(told, key=known)


def _name(each: Rendition) -> str:
    if each.person:
        return each.person
    return each.voice.name if each.voice else each.saying.naming


def _said(told: Iterable[Rendition]) -> str | None:
    """Return the date that most reports give, the more precise of those that agree."""
    counts = Counter(prefix for each in told if (prefix := each.occasion.prefix))
    agreeing = {date: sum(n for other, n in counts.items() if date.startswith(other)) for date in counts}
    return min(agreeing, key=lambda date: (-agreeing[date], -len(date), date)) if agreeing else None


def _wording(each: Rendition) -> str:
    quoted = " … ".join(_characters(each, span) for span in each.quoted)
    return (quoted or each.words.removeprefix("that ")).rstrip(", ")


def _characters(each: Rendition, span: Span) -> str:
    return next(text[span[0] - at : span[1] - at] for at, text in each.pieces if at <= span[0] < at + len(text))


def _variant(reading: Reading, omitted: list[Omission], links: Mapping[str, list[Link]]) -> Variant:
    each, publication = reading.rendition, reading.rendition.publication
    return Variant(
        id=each.id,
        ref=publication.ref,
        document=publication.document,
        statement=each.item,
        publisher=publication.publisher,
        title=publication.title,
        published=publication.published,
        said=each.occasion.prefix,
        source=each.saying.source,
        cue=each.saying.cue,
        act=cast("Act", each.saying.act),
        kind=cast("StatementKind", each.saying.kind),
        words=each.words,
        content=[(at, at + len(text)) for at, text in each.pieces],
        quotes=[Quote(words=_characters(each, span), span=span) for span in each.quoted],
        relayed_by=list(each.relays),
        copy_of=publication.copy_of,
        is_copy=publication.is_copy,
        confidence=each.saying.confidence,
        carries=[_qualifier(each, found) for found in reading.qualifiers],
        omits=omitted,
        links=sorted(links.get(each.id, []), key=lambda link: (-link.likelihood, link.to)),
    )


def _qualifier(each: Rendition, found: Qualifying) -> Qualifier:
    start, end = each.content.span_of(found.words)
    parts = [text[max(start - at, 0) : max(end - at, 0)] for at, text in each.pieces]
    return Qualifier(kind=found.kind, words=" … ".join(part for part in parts if part), span=(start, end))
