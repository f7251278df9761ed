"""Time expressions: what is one, how far it reaches, what it means, and which predicate it dates.

Texts are read as published on Friday, 2024-10-25, where nothing else is said.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from sayso.errors import KnowledgeError
from sayso.knowledge.times import CompiledRule, Rule, check, load_times
from sayso.reading.pipeline import base_pipeline
from sayso.reading.times import TimeTagger, event_date

PUBLISHED = "2024-10-25"

Read = Callable[..., Doc]

Found = list[tuple[str, str, str]]


@cache
def _base() -> Language:
    return base_pipeline()


def found(doc: Doc) -> Found:
    return [(doc.text[slice(*timex.chars)], timex.type, timex.value) for timex in doc._.times]


EXPLICIT = [
    ("The treaty was signed on 25 October 2019.", [("25 October 2019", "DATE", "2019-10-25")]),
    ("The treaty was signed on Oct. 25, 2019.", [("Oct. 25, 2019", "DATE", "2019-10-25")]),
    ("The treaty was signed on October 3rd.", [("October 3rd", "DATE", "2024-10-03")]),
    ("The treaty was signed on Monday, Oct. 21.", [("Monday, Oct. 21", "DATE", "2024-10-21")]),
    ("The order is dated 2019-03-07.", [("2019-03-07", "DATE", "2019-03-07")]),
    ("The order is dated 10/25/2019.", [("10/25/2019", "DATE", "2019-10-25")]),
    ("The order is dated 4/5/2019.", [("4/5/2019", "DATE", "2019-04-05")]),
    (
        "The orders are dated 23/4/2019 and 4/5/2019.",
        [("23/4/2019", "DATE", "2019-04-23"), ("4/5/2019", "DATE", "2019-05-04")],
    ),
    ("The order is dated 4.5.2019.", [("4.5.2019", "DATE", "2019-05-04")]),
    ("The invasion began in February 2022.", [("February 2022", "DATE", "2022-02")]),
    ("The peninsula was annexed in 2014.", [("2014", "DATE", "2014")]),
    ("The 2014 elections were rigged.", [("2014", "DATE", "2014")]),
    ("Wages fell in the early 1990s.", [("the early 1990s", "DATE", "199")]),
    ("Wages fell in the '80s.", [("the '80s", "DATE", "198")]),
    ("The fort was built in the 19th century.", [("the 19th century", "DATE", "18")]),
    ("The company grew in 2003-04.", [("2003", "DATE", "2003"), ("04", "DATE", "2004")]),
    ("The war of 1914–18 killed millions.", [("1914", "DATE", "1914"), ("18", "DATE", "1918")]),
    ("They met October 22-24 in Kazan.", [("October 22", "DATE", "2024-10-22"), ("24", "DATE", "2024-10-24")]),
    ("The September 11 attacks changed policy.", [("September 11", "DATE", "2001-09-11")]),
    ("The office closed on September 11.", [("September 11", "DATE", "2024-09-11")]),
    ("Exports rose in the third quarter of 2023.", [("the third quarter of 2023", "DATE", "2023-Q3")]),
    ("Exports rose in the first half of the year.", [("the first half of the year", "DATE", "2024-H1")]),
    ("They fled in the summer of 2014.", [("the summer of 2014", "DATE", "2014-SU")]),
    ("They fled last winter.", [("last winter", "DATE", "2023-WI")]),
    ("The truce began on Easter Sunday 2024.", [("Easter Sunday 2024", "DATE", "2024-03-31")]),
    ("Shops closed on Thanksgiving Day 2023.", [("Thanksgiving Day 2023", "DATE", "2023-11-23")]),
]

RELATIVE = [
    ("Troops entered the town on Wednesday.", [("Wednesday", "DATE", "2024-10-23")]),
    ("Troops entered the town on Friday.", [("Friday", "DATE", "2024-10-25")]),
    ("The leaders will meet on Wednesday.", [("Wednesday", "DATE", "2024-10-30")]),
    ("A vote is scheduled for Sunday.", [("Sunday", "DATE", "2024-10-27")]),
    ("They agreed to meet on Tuesday.", [("Tuesday", "DATE", "2024-10-29")]),
    ("They managed to escape on Tuesday.", [("Tuesday", "DATE", "2024-10-22")]),
    ("He resigned last Tuesday.", [("last Tuesday", "DATE", "2024-10-22")]),
    ("The court ruled in March.", [("March", "DATE", "2024-03")]),
    ("The court will rule in March.", [("March", "DATE", "2025-03")]),
    ("The court ruled on Nov. 3.", [("Nov. 3", "DATE", "2024-11-03")]),
    ("He resigned last May.", [("last May", "DATE", "2024-05")]),
    ("They will vote in April next year.", [("April next year", "DATE", "2025-04")]),
    ("Russia annexed them two years ago.", [("two years ago", "DATE", "2022")]),
    ("They fled two months ago.", [("two months ago", "DATE", "2024-08")]),
    ("They fled two weeks ago.", [("two weeks ago", "DATE", "2024-W41")]),
    ("They fled three days ago.", [("three days ago", "DATE", "2024-10-22")]),
    ("They fled years ago.", [("years ago", "DATE", "PAST_REF")]),
    ("They fled yesterday.", [("yesterday", "DATE", "2024-10-24")]),
    ("They will vote the day after tomorrow.", [("the day after tomorrow", "DATE", "2024-10-27")]),
    ("Prices rose this week.", [("this week", "DATE", "2024-W43")]),
    ("The court will rule early next month.", [("early next month", "DATE", "2024-11")]),
    ("So far this year, 40 reporters were killed.", [("So far this year", "DATE", "2024")]),
    ("It will be over by the end of the year.", [("the end of the year", "DATE", "2024")]),
    ("Thousands marched over the weekend.", [("the weekend", "DATE", "2024-W43-WE")]),
    (
        "The truce broke on October 2. The same day, rebels shelled the port.",
        [("October 2", "DATE", "2024-10-02"), ("The same day", "DATE", "2024-10-02")],
    ),
    (
        "They met in Minsk on October 2. Three days later, the truce broke.",
        [("October 2", "DATE", "2024-10-02"), ("Three days later", "DATE", "2024-10-05")],
    ),
    (
        "They met in Minsk in 2014. A year earlier, he had resigned.",
        [("2014", "DATE", "2014"), ("A year earlier", "DATE", "2013")],
    ),
    ("Nobody can predict the future.", [("the future", "DATE", "FUTURE_REF")]),
    ("The border is now closed.", [("now", "DATE", "PRESENT_REF")]),
]

CLOCK = [
    ("The plane landed at 10:30 GMT.", [("10:30 GMT", "TIME", "2024-10-25T10:30")]),
    (
        "The plane landed at 8 p.m. on Tuesday.",
        [("8 p.m.", "TIME", "2024-10-22T20:00"), ("Tuesday", "DATE", "2024-10-22")],
    ),
    ("The plane landed at 8:15 a.m. Tuesday.", [("8:15 a.m. Tuesday", "TIME", "2024-10-22T08:15")]),
    ("Rockets hit the port on Tuesday night.", [("Tuesday night", "TIME", "2024-10-22TNI")]),
    ("Rockets hit the port this morning.", [("this morning", "TIME", "2024-10-25TMO")]),
    ("Rockets hit the port last night.", [("last night", "TIME", "2024-10-24TNI")]),
    ("The truce ended at noon.", [("noon", "TIME", "2024-10-25T12:00")]),
]

DURATIONS_AND_SETS = [
    ("He ruled for three years.", [("three years", "DURATION", "P3Y")]),
    ("He ruled for more than three years.", [("more than three years", "DURATION", "P3Y")]),
    ("He began a two-day visit.", [("two-day", "DURATION", "P2D")]),
    ("The flight took three and a half hours.", [("three and a half hours", "DURATION", "PT3H30M")]),
    ("He was held for a week.", [("a week", "DURATION", "P1W")]),
    ("Ties worsened in recent weeks.", [("recent weeks", "DURATION", "PXW")]),
    ("Prices doubled in the past three months.", [("the past three months", "DURATION", "P3M")]),
    ("A decades-long feud ended.", [("decades-long", "DURATION", "PXDE")]),
    ("It is the third year of the war.", [("the third year", "DURATION", "P1Y")]),
    ("They meet every day.", [("every day", "SET", "P1D")]),
    ("They meet every other week.", [("every other week", "SET", "P2W")]),
    ("They meet twice a week.", [("twice a week", "SET", "P1W")]),
    ("The report is published annually.", [("annually", "SET", "P1Y")]),
    ("Mondays are quiet here.", [("Mondays", "SET", "XXXX-WXX-1")]),
    ("They meet every Friday.", [("every Friday", "SET", "XXXX-WXX-5")]),
]


@pytest.mark.parametrize(("text", "expected"), EXPLICIT + RELATIVE + CLOCK + DURATIONS_AND_SETS)
def test_times_are_found_and_resolved(read: Read, text: str, expected: Found) -> None:
    assert found(read(text, upto="sayso_times", published=PUBLISHED)) == expected


NO_TIMES = [
    "About 2,000 soldiers were blocked in the region.",
    "About 2000 soldiers were blocked in the region.",
    "More than 2010 prisoners were freed.",
    "Channel 4 reported it on page 12.",
    "Room 1984 was empty.",
    "The council passed resolution 1701.",
    "The work cost $2000.",
    "Call 555-1998 or 495 1984 2003 for details.",
    "I also contribute regularly to 24 Hours World.",
    "The film Seven Days opened in Kazan.",
    "She writes for The Sunday Times.",
    "The Good Friday Agreement ended the fighting.",
    "He was a survivor of Bloody Sunday.",
    "May said the deal was dead.",
    "Theresa May will resign.",
    "April Smith and June Jones arrived.",
    "They may march on the capital.",
    "The team won 2-1 and then 3-2.",
    "He was the second man to arrive.",
    "Wait a second.",
    "The report went into minute detail.",
    "The five-year-old girl survived.",
    "She is 25 years old.",
    "The fall of Kabul shocked them.",
    "They sprang up, and the roof may fall.",
    "It pays five dollars an hour.",
    "At the same time, he left.",
    "The Daily Mail reported it.",
    "The last Soviet leader died.",
    "They worked from 9 to 5.",
    "It was a last-minute deal.",
    "He was in his sixties.",
    "World War II began with an invasion.",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_only_looks_like_a_time_is_none(read: Read, text: str) -> None:
    assert found(read(text, upto="sayso_times", published=PUBLISHED)) == []


UNRESOLVED = [
    ("Troops entered the town on Wednesday.", "XXXX-WXX-3"),
    ("Rockets hit the port on Tuesday night.", "XXXX-WXX-2TNI"),
    ("They fled yesterday.", "XXXX-XX-XX"),
    ("Prices rose last week.", "XXXX-WXX"),
    ("Prices rose last month.", "XXXX-XX"),
    ("Prices rose last year.", "XXXX"),
    ("Russia annexed them two years ago.", "XXXX"),
    ("The court ruled in March.", "XXXX-03"),
    ("The court ruled on March 5.", "XXXX-03-05"),
    ("They fled last summer.", "XXXX-SU"),
    ("The plane landed at 10:30 GMT.", "XXXX-XX-XXT10:30"),
    ("Three days later, the truce broke.", "XXXX-XX-XX"),
    ("He ruled for three years.", "P3Y"),
]


@pytest.mark.parametrize(("text", "value"), UNRESOLVED)
def test_without_a_day_of_publication_nothing_is_guessed(read: Read, text: str, value: str) -> None:
    assert [timex.value for timex in read(text, upto="sayso_times")._.times] == [value]


def test_without_a_day_of_publication_the_story_gives_the_year(read: Read) -> None:
    doc = read("The war began in 1939. On September 17, a second army crossed the border.", upto="sayso_times")
    assert [timex.value for timex in doc._.times] == ["1939", "1939-09-17"]


def test_a_later_day_of_an_unknown_story_stays_unknown(read: Read) -> None:
    doc = read("Three days later, the truce broke.", upto="sayso_times", published=PUBLISHED)
    assert [timex.value for timex in doc._.times] == ["XXXX-XX-XX"]


def test_an_hour_ago_needs_the_hour_of_publication(read: Read) -> None:
    doc = read("The shelling began two hours ago.", upto="sayso_times", published="2024-10-25T14:30:00+00:00")
    assert found(doc) == [("two hours ago", "TIME", "2024-10-25T12:30")]


def test_an_expression_does_not_cross_paragraphs(read: Read) -> None:
    doc = read("He spoke in March\n\n2014 saw the same.", upto="sayso_times", published=PUBLISHED)
    assert [timex.value for timex in doc._.times] == ["2024-03", "2014"]


def test_an_expression_crosses_the_end_of_a_line(read: Read) -> None:
    wrapped = "The army says that it annexed the regions two\nyears ago and that it holds them all\n"
    wrapped += "against the will of those who live there and\nagainst the law."
    doc = read(wrapped, upto="sayso_times", published=PUBLISHED)
    assert found(doc) == [("two\nyears ago", "DATE", "2022")]


DATED = [
    ("The peninsula, which was annexed in 2014, is occupied.", "annexed", ("2014", "2014")),
    ("The peninsula, which was annexed in 2014, is occupied.", "occupied", (None, None)),
    ("Officials said on Wednesday that troops had left in March.", "said", ("Wednesday", "2024-10-23")),
    ("Officials said on Wednesday that troops had left in March.", "left", ("March", "2024-03")),
    ("Russia annexed the regions two years ago.", "annexed", ("two years ago", "2022")),
    ("On Wednesday, Putin met Xi and signed a deal.", "signed", ("Wednesday", "2024-10-23")),
    ("On Wednesday, Putin met Xi and signed a deal.", "met", ("Wednesday", "2024-10-23")),
    ("An attack killed three people on Friday.", "attack", ("Friday", "2024-10-25")),
    ("France condemned Friday's attack.", "attack", ("Friday", "2024-10-25")),
    ("France condemned Friday's attack.", "condemned", (None, None)),
    ("Rebels launched a raid on the port last night.", "raid", ("last night", "2024-10-24")),
    ("The leaders agreed on Tuesday to withdraw troops.", "withdraw", (None, None)),
    ("Protesters stormed parliament last week.", "stormed", ("Last week", "2024-10")),
    ("Troops must leave by Friday.", "leave", ("Friday", None)),
    ("The government fell before 2010.", "fell", ("2010", None)),
    ("The army has recently advanced.", "advanced", ("recently", None)),
    ("The siege lasted for three years.", "lasted", (None, None)),
    ("Exports fell in the third quarter of 2023.", "fell", ("the third quarter of 2023", "2023")),
]


@pytest.mark.parametrize(("text", "word", "expected"), DATED)
def test_a_time_dates_the_predicate_it_attaches_to(
    read: Read, text: str, word: str, expected: tuple[str | None, str | None]
) -> None:
    doc = read(text, upto="sayso_times", published=PUBLISHED)
    anchor = next(token.i for token in doc if token.text == word)
    timex, prefix = event_date(doc, anchor)
    words = doc.text[slice(*timex.chars)] if timex else None
    assert (words and words.lower(), prefix) == (expected[0] and expected[0].lower(), expected[1])


@pytest.mark.parametrize("rule", [c.rule for c in load_times().rules], ids=lambda rule: rule.name)
def test_the_example_of_every_rule_is_read_as_it_says(read: Read, rule: Rule) -> None:
    doc = read(rule.example, upto="sayso_times", published=PUBLISHED)
    times = [(doc.text[slice(*timex.chars)], timex.value) for timex in doc._.times]
    assert times == ([(rule.found, rule.value)] if rule.found else [])


def test_the_knowledge_that_ships_has_no_problems() -> None:
    assert check() == []


def test_a_user_adds_words_and_holidays(tmp_path: Path) -> None:
    (tmp_path / "times.yaml").write_text(
        "classes: {month: {words: {vendemiaire: 10}}}\nholidays: {unity day: {month: 11, day: 4}}\n", encoding="utf-8"
    )
    doc = _base().make_doc("They met on 3 Vendemiaire 2019 and on Unity Day 2020.")
    assert [t.value for t in TimeTagger(_base(), str(tmp_path))(_base()(doc))._.times] == ["2019-10-03", "2020-11-04"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("rules: [{name: x, pattern: moon, reading: iso, example: a, found: a, value: a}]", "no class or alias 'moon'"),
        ("rules: [{name: x, pattern: 'month*', reading: iso, example: a, found: a, value: a}]", "without bound"),
        ("rules: [{name: x, pattern: month, reading: moon, example: a, found: a, value: a}]", "no reading 'moon'"),
        ("holidays: {x: {month: 13, day: 1}}", "less than or equal to 12"),
        ("shapes: [{class: x, regex: '('}]", "not a regular expression"),
        (
            "aliases: {a: b, b: a}\nrules: [{name: x, pattern: a, reading: iso, example: a, found: a, value: a}]",
            "itself",
        ),
    ],
)
def test_wrong_knowledge_is_named(tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "times.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=problem):
        TimeTagger(_base(), str(tmp_path))


SHAPED = {
    "year": ["1917", "2024", "1000"],
    "small": ["3", "31", "02"],
    "nth": ["1st", "30th"],
    "number_token": ["250", "2.5", "1,500"],
    "decade": ["1990s"],
    "short_decade": ["80s"],
    "clock": ["10:30", "23:59:59"],
    "dotted_clock": ["9.45"],
    "whole_clock": ["8pm", "12a.m."],
    "military": ["0735"],
    "numeric_date": ["31/02/2024", "10/12/2024", "31/31/2000"],
    "iso_date": ["2024/02/30", "2024-10-25"],
    "iso_tail": ["25T10:00"],
    "year_range": ["1914–18", "2024-03", "1999–1900"],
    "prefixed_year": ["mid-2014"],
    "fused_date": ["Oct.25", "Feb.31"],
}


def _words_by_code() -> dict[str, list[str]]:
    """Return for each class character some words that belong to the class, as a text spells them."""
    known = load_times()
    words: dict[str, list[str]] = {}
    phrases = [(f"{first} {' '.join(rest)}", m) for first, all_ in known.phrases.items() for rest, m in all_]
    for spelling, meaning in [*known.words.items(), *phrases]:
        words.setdefault(meaning.code, []).append(spelling.title() if meaning.capitalised else spelling)
    for _, meaning in known.shapes:
        words.setdefault(meaning.code, []).extend(SHAPED[meaning.name])
    return words


_BY_CODE = _words_by_code()


@settings(max_examples=300, deadline=None)
@given(st.data(), st.sampled_from([c for c in load_times().rules if c.rule.name != "name"]))
def test_whatever_a_rule_matches_can_be_read(data: st.DataObject, compiled: CompiledRule) -> None:
    codes = data.draw(st.from_regex(compiled.regex, fullmatch=True))
    words = [data.draw(st.sampled_from(_BY_CODE[code])) for code in codes]
    published = data.draw(st.sampled_from([None, PUBLISHED, "0001-01-01", "9999-12-31", "0001-01-01T00:00:00"]))
    tail = data.draw(st.sampled_from(["", ".", "of", "people"]))
    doc = Doc(_base().vocab, words=" ".join(["They", "met", *words, tail]).split())
    doc._.published = published
    for timex in TimeTagger(_base())(doc)._.times:
        assert timex.value
        assert 0 <= timex.chars[0] < timex.chars[1] <= len(doc.text)


_VOCABULARY = [*sorted(load_times().words), "Monday", "May", "2024", "31", "2-1", "\n\n", " ", "on", "12:30", "1914–18"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(_VOCABULARY), max_size=30),
    st.sampled_from([None, "2024-10-25", "0001-01-01", "9999-12-31", "2024-02-29T23:59:59Z", "soon"]),
)
def test_any_words_give_times_in_order_that_do_not_overlap(words: list[str], published: str | None) -> None:
    nlp = _base()
    doc = nlp.make_doc(" ".join(words))
    doc._.published = published
    times = TimeTagger(nlp)(nlp(doc))._.times
    for timex in times:
        assert 0 <= timex.chars[0] < timex.chars[1] <= len(doc.text)
        assert timex.start < timex.end
        assert doc.text[slice(*timex.chars)].strip() == doc.text[slice(*timex.chars)]
    assert all(a.chars[1] <= b.chars[0] for a, b in itertools.pairwise(times))


def test_an_unparsed_doc_is_read_too() -> None:
    doc = TimeTagger(_base())(Doc(_base().vocab, words=["They", "met", "in", "March", "2019", "."]))
    assert [timex.value for timex in doc._.times] == ["2019-03"]


@pytest.mark.parametrize("text", ["", " \n\n ", "\n"])
def test_nothing_holds_no_time(text: str) -> None:
    assert TimeTagger(_base())(_base().make_doc(text))._.times == []


def test_reading_costs_the_same_for_each_word_of_a_hostile_text() -> None:
    from time import perf_counter

    tagger, nlp = TimeTagger(_base()), _base()
    costs = []
    for size in (2_000, 20_000):
        doc = Doc(nlp.vocab, words=["the", "last", "two", "of", "May", "-"] * (size // 6))
        begun = perf_counter()
        tagger(doc)
        costs.append((perf_counter() - begun) / size)
    assert costs[1] < 8 * costs[0] + 1e-5
