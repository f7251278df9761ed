from __future__ import annotations

import time

import pytest

from sayso.intake.lineage import Layout, examine
from sayso.knowledge.boilerplate import Passage, load

PARAGRAPH = (
    "The minister met her colleague in Riga on Monday to talk about the harbour and the railway, officials said. "
)
ARTICLE = "\n\n".join([PARAGRAPH * 3] * 7)
PASSAGES = load().passages


def kept(text: str, layout: Layout) -> str:
    return "|".join(text[start:end] for start, end in layout.body)


def origins(layout: Layout) -> list[tuple[str, str]]:
    return [(line.relation, line.name) for line in layout.lineage]


def in_place(passage: Passage, example: str) -> str:
    return ARTICLE + ("\n" + PARAGRAPH if passage.where == "bracket" else "\n\n") + example


@pytest.mark.parametrize(
    ("passage", "example", "name"),
    [(passage, example, name) for passage in PASSAGES for example, name in passage.drops.items()],
    ids=lambda value: value.kind if isinstance(value, Passage) else None,
)
def test_what_is_no_article_is_left_out(passage: Passage, example: str, name: str | None) -> None:
    layout = examine(in_place(passage, example))
    assert example not in kept(in_place(passage, example), layout)
    assert ARTICLE.rstrip() in kept(in_place(passage, example), layout)
    assert origins(layout) == ([(passage.relation, name)] if name else [])


@pytest.mark.parametrize(
    ("passage", "example"),
    [(passage, example) for passage in PASSAGES for example in passage.keeps],
    ids=lambda value: value.kind if isinstance(value, Passage) else None,
)
def test_article_that_looks_like_it_is_kept(passage: Passage, example: str) -> None:
    text = in_place(passage, example)
    assert examine(text) == Layout(body=[(0, len(text))])


@pytest.mark.parametrize(
    ("dateline", "place", "agency"),
    [
        ("NAIROBI, Kenya (AP) _ ", "NAIROBI, Kenya", "The Associated Press"),
        ("LONDON (AP) -- ", "LONDON", "The Associated Press"),
        ("KYIV, Oct 25 (Reuters) - ", "KYIV, Oct 25", "Reuters"),
        ("Berlin (dpa) – ", "Berlin", "Deutsche Presse-Agentur"),
        ("Paris (AFP) — ", "Paris", "Agence France-Presse"),
        ("Berlin (dpa/AFP) - ", "Berlin", "Deutsche Presse-Agentur"),
        ("BEIJING, August 7 (Xinhua) --\n\n", "BEIJING, August 7", "Xinhua"),
        ("(Reuters) - ", "", "Reuters"),
    ],
)
@pytest.mark.parametrize("before", ["", "Ministers meet in Riga\n\n", "Ministers meet in Riga. "])
def test_the_credit_of_a_dateline_goes_and_its_place_stays(before: str, dateline: str, place: str, agency: str) -> None:
    text = before + dateline + PARAGRAPH * 4
    layout = examine(text)
    assert origins(layout) == [("agency", agency)]
    assert place in kept(text, layout)
    assert "(" not in kept(text, layout)
    assert kept(text, layout).endswith(PARAGRAPH.strip())


@pytest.mark.parametrize(
    "text",
    [
        "The Associated Press (AP) - the agency with the most offices abroad - was told to leave. " + PARAGRAPH,
        "He works for the Associated Press (AP) in Riga. " + PARAGRAPH,
        "She told Reuters on Monday that the harbour would close. " + PARAGRAPH,
        "The Afghan Postal Programme (APP) will end, the ministry said. " + PARAGRAPH,
    ],
)
def test_agencies_in_the_article_are_no_credit(text: str) -> None:
    assert examine(text) == Layout(body=[(0, len(text.rstrip()))])


@pytest.mark.parametrize(
    ("ending", "agency"),
    [
        ("\ndpa", "Deutsche Presse-Agentur"),
        ("\n\nAFP\n", "Agence France-Presse"),
        ("\n- Reuters.", "Reuters"),
        ("(AFP)", "Agence France-Presse"),
        ("\n(dpa/AFP)", "Deutsche Presse-Agentur"),
    ],
)
def test_an_agency_signs_at_the_end(ending: str, agency: str) -> None:
    text = (PARAGRAPH * 5).rstrip() + ending
    layout = examine(text)
    assert origins(layout) == [("agency", agency)]
    assert kept(text, layout).rstrip("( ").endswith("said.")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Jane Roe", ["Jane Roe"]),
        ("by Jane Roe", ["Jane Roe"]),
        ("BY JANE ROE", ["Jane Roe"]),
        ("By JANE DOE and JOHN ROE, Staff writers", ["Jane Doe", "John Roe"]),
        ("By Jane Doe, John Roe and Max van der Berg", ["Jane Doe", "John Roe", "Max van der Berg"]),
        ("By Jean-Luc O'Neill | Example Times", ["Jean-Luc O'Neill"]),
        ("By J. R. Doe in Kyiv", ["J. R. Doe"]),
        ("Written by: Jane Roe", ["Jane Roe"]),
        ("By Jane Roe jane.roe@example.org", ["Jane Roe"]),
    ],
)
def test_bylines_give_authors(line: str, authors: list[str]) -> None:
    text = f"Ministers meet in Riga\n{line}\n\n{ARTICLE}"
    layout = examine(text)
    assert layout.authors == authors
    assert line not in kept(text, layout)
    assert layout.title == "Ministers meet in Riga"


def test_a_byline_may_name_an_agency() -> None:
    for line in ("By Reuters Staff", "By The Associated Press", "By Jane Roe, Associated Press"):
        layout = examine(f"Ministers meet in Riga\n\n{line}\n\n{ARTICLE}")
        assert [relation for relation, _ in origins(layout)] == ["agency"]
    assert layout.authors == ["Jane Roe"]


@pytest.mark.parametrize(
    "line",
    [
        "By Monday, the troops had reached the river.",
        "By the end of the week Riga was cut off.",
        "By Order of the King",
        "By contrast, Estonia agreed at once.",
    ],
)
def test_what_only_begins_like_a_byline(line: str) -> None:
    text = f"Ministers meet in Riga\n\n{line}\n\n{ARTICLE}"
    assert (examine(text).authors, line in kept(text, examine(text))) == ([], True)


def test_a_byline_within_a_text_without_lines() -> None:
    text = "Harbour to close. By Jane Roe jroe@example.org RIGA -- " + PARAGRAPH * 4
    layout = examine(text)
    assert layout.authors == ["Jane Roe"]
    assert kept(text, layout).startswith("Harbour to close.|RIGA -- The minister")


def test_the_end_of_a_text_without_lines() -> None:
    text = PARAGRAPH * 6 + "AP writers Jane Roe and John Doe contributed to this report."
    assert origins(examine(text)) == [("agency", "The Associated Press")]
    assert kept(text, examine(text)) == (PARAGRAPH * 6).strip()


def test_links_under_a_label_go_and_the_article_goes_on() -> None:
    links = "Read more:\n\nFive facts about the harbour\nWhy the railway matters\n\n"
    text = f"{PARAGRAPH}\n\n{links}{PARAGRAPH}\n\nThe talks go on.\n\nMost read\nA cat in a tree\nHow to bake bread\n"
    assert kept(text, examine(text)) == f"{PARAGRAPH.strip()}|{PARAGRAPH}\n\nThe talks go on."


def test_menus_labels_and_notices_go() -> None:
    top = "Home | News | Sport | Weather | Culture\nHome > World > Europe\nSkip to content\nADVERTISEMENT\n"
    end = "\nShare on Facebook\n5 min read\nSign up for our newsletter!\n© 2024 Example Media\nhttps://example.org/1"
    text = top + ARTICLE + end
    assert kept(text, examine(text)) == ARTICLE.strip()


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("By Jane Roe\n\n" + ARTICLE + "\n\nJane Roe is a reporter at the Example Times.", False),
        (ARTICLE + "\n\nJane Roe is a reporter at the Example Times.", False),
        (ARTICLE + "\n\nJane Roe is a reporter at the Example Times.\nShe covers the Baltic countries.", False),
        ("Jane Roe was freed.\n" + ARTICLE + "\n\nJane Roe is a reporter at the Example Times.", True),
        ("Jane Roe is a reporter at the Example Times.\n\n" + ARTICLE, True),
    ],
)
def test_a_biography_is_of_the_author_or_of_nobody_in_the_article(text: str, stays: bool) -> None:
    assert ("is a reporter" in kept(text, examine(text))) is stays
    assert "She covers" not in kept(text, examine(text))


def test_an_article_that_says_whence_it_comes_and_who_wrote_it() -> None:
    text = (
        "The minister is content with the talks. She is hopeful too.\n"
        + ARTICLE
        + "\nSource: Stern\n\nI have been working in the news industry for 9 years, and my work has appeared online."
    )
    layout = examine(text)
    assert origins(layout) == [("source", "Stern")]
    assert text[slice(*layout.lineage[0].span)] == "Stern"
    assert kept(text, layout) == text[: text.index("\nSource")].strip()
    assert layout.title is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ministers meet in Riga\n\nThey agreed on a harbour.", "Ministers meet in Riga"),
        ("Home > World > Europe\nMinisters meet in Riga\n\nThey agreed.", "Ministers meet in Riga"),
        ("Will the harbour close?\r\n\r\nIt may.", "Will the harbour close?"),
        ("Ministers meet in Riga\n" + PARAGRAPH * 2, "Ministers meet in Riga"),
        ("Ministers met in Riga.\n\nThey agreed on a harbour.", None),
        ("NAIROBI, Kenya (AP) _\n\nMinisters met.", None),
        (
            "The ministers, who met in the town hall of\nRiga on Monday and in the harbour later,\nagreed on a plan.",
            None,
        ),
        ("and so it went on\n\nNobody knew why.", None),
        ("Ministers meet in Riga", None),
        ("", None),
    ],
)
def test_a_first_line_that_is_clearly_a_headline(text: str, title: str | None) -> None:
    assert examine(text).title == title


@pytest.mark.parametrize("text", ["", " \n\t ", "\ufeff", "Source: Stern", "dpa", "Advertisement\nShare\nPrint\n"])
def test_spans_are_sound_in_the_smallest_texts(text: str) -> None:
    layout = examine(text)
    assert all(0 <= start < end <= len(text) for start, end in layout.body)
    assert bool(layout.body) is bool(text.strip())


def test_offsets_survive_astral_characters_and_line_ends() -> None:
    text = "🗳 Ministers meet e\u0301\r\n\r\nRIGA (AP) - " + PARAGRAPH + "\r\n\u2028Source: 🗳 Times\r\n"
    layout = examine(text)
    assert [text[slice(*line.span)] for line in layout.lineage] == ["AP", "🗳 Times"]
    assert kept(text, layout).endswith("said.")


HOSTILE = (
    "a\n",
    "By A B\n",
    "By Aa Bb, Cc Dd and Ee Ff, Gg Hh and Ii Jj, Kk Ll and Mm Nn, Oo Pp, Qq Rr ss.\n",
    "Jane Roe and Jane of the Roe van der Doe al Roe is a " + "very " * 9 + "\n",
    "follow a b c d e f g h i j k l m n o p q r s t u v w x y z\n",
    "Sign up for our a a a a a a a a a a a a a a a a\n",
    "Contact Jane Roe Jane Roe Jane Roe Jane at a.a.a.a.a.a.a.a\n",
    "(AP a b c d (AP photo ",
    "(",
    "Jane Roe contributed. ",
    "a | b | c | d\n",
    "Read more\n",
    "“A.” ",
    "A",
    "\u2028 ",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_million_hostile_characters_take_little_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    start = time.process_time()
    layout = examine(text)
    assert time.process_time() - start < 5  # anything but linear takes minutes
    assert all(0 <= start < end <= len(text) for start, end in layout.body)
