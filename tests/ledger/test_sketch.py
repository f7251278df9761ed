import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.ledger import sketch as sketches
from sayso.ledger.sketch import FEWEST, LIMIT, MOST, containment, overlap, pack, resemblance, sketch, unpack, words
from sayso.records import CodedWith, Record

WORD = st.sampled_from([f"{letter}{number}" for letter in "abcdefgh" for number in ("", 1, 22)])
TEXT = st.lists(WORD, max_size=400).map(" ".join)


def numbered(first: int, last: int) -> str:
    """Return a text in which no run of words comes twice."""
    return " ".join(f"word{number:x}" for number in range(first, last))


def test_sketch_never_changes() -> None:
    made = sketch("The ministers met on 3 May in Port Alder, and “agreed nothing” at all.")
    assert [int(value) for value in made[:3]] == [66216836, 142771127, 787522438]
    assert len(made) == 10


def test_sketch_is_what_its_description_says() -> None:
    text = words("Seven boats left the harbour at 6:30 and none of them came back")
    expected = set()
    for start in range(len(text) - 4):
        line = " ".join(text[start : start + 5]).encode()
        value = sum(byte * pow(0x9E3779B97F4A7C15, place, 1 << 64) for place, byte in enumerate(line)) % (1 << 64)
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 % (1 << 64)
        value = (value ^ value >> 27) * 0x94D049BB133111EB % (1 << 64)
        value ^= value >> 31
        expected.add(value >> 33 << 1 | any(48 <= byte <= 57 for byte in line))
    assert set(sketch(" ".join(text)).tolist()) == expected


@pytest.mark.parametrize(
    "other",
    [
        '"We will not go," the U.S. envoy didn\'t say. He paid 3.5 dollars.',
        "“We will not go”, the US envoy didn’t say; he paid 3.5 dollars",
        "WE WILL NOT GO the us envoy didnt say\n\nhe paid 3 5 dol\u00adlars",
    ],
)
def test_punctuation_case_and_house_style_do_not_count(other: str) -> None:
    assert (
        containment(sketch("‘We will not go,’ the U.S. envoy didn’t say. He paid 3.5 dollars."), sketch(other)) == 1.0
    )


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert words("Jos\u00e9 Zu\u0308rich") == words("Jose\u0301 Z\u00fcrich")


def test_other_numbers_are_other_words() -> None:
    assert containment(sketch("prices rose by 35 percent today"), sketch("prices rose by 3.5 percent today")) < 1.0


def test_only_the_article_of_a_record_counts() -> None:
    text = "Home | News | Sport. The bridge over the river was closed on Monday. Follow us on Example."
    start, end = text.index("The bridge"), text.index(" Follow")
    coded = CodedWith(sayso="0", pipeline="p", knowledge="k", ontology="o")
    record = Record(id="sha256:1", text_hash="sha256:2", text=text, body=[(start, end)], coded_with=coded)
    assert sketches.sketch_of(record).tolist() == sketch(text[start:end]).tolist()


def test_article_in_pieces_is_one_text() -> None:
    text = "NAIROBI (AP) - Rain fell for a third day. By Jane Roe. The roads are shut."
    body = [(0, 7), (text.index("Rain"), text.index(" By")), (text.index("The roads"), len(text))]
    coded = CodedWith(sayso="0", pipeline="p", knowledge="k", ontology="o")
    record = Record(id="sha256:1", text_hash="sha256:2", text=text, body=body, coded_with=coded)
    whole = sketch("NAIROBI Rain fell for a third day. The roads are shut.")
    assert sketches.sketch_of(record).tolist() == whole.tolist()


@pytest.mark.parametrize(("text", "hashes"), [("", 0), ("... !", 0), ("one", 1), ("one two three four five six", 2)])
def test_shortest_texts(text: str, hashes: int) -> None:
    assert len(sketch(text)) == hashes


def test_short_texts_are_kept_whole_and_long_ones_sampled() -> None:
    assert len(sketch(numbered(0, FEWEST + 4))) == FEWEST
    assert len(sketch(numbered(0, 300))) == FEWEST
    long = sketch(numbered(0, 4000))
    assert 400 < len(long) < 600
    assert int(long[-1]) < LIMIT
    assert len(sketch(numbered(0, 30_000))) == MOST


def test_the_sketch_of_an_article_has_about_256_bytes() -> None:
    assert len(pack(sketch(numbered(0, 450)))) <= 320


@pytest.mark.parametrize("length", [100, 450, 1500, 6000, 20_000])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8])
def test_an_excerpt_is_contained_whatever_the_lengths(length: int, share: float) -> None:
    whole, part = sketch(numbered(0, length)), sketch(numbered(0, int(share * length)))
    assert containment(whole, part) == containment(part, whole) == 1.0
    assert resemblance(whole, part) == pytest.approx(share, abs=0.16)


@pytest.mark.parametrize("length", [300, 1200, 5000])
def test_half_of_the_words_in_common_is_a_containment_of_half(length: int) -> None:
    one, other = sketch(numbered(0, length)), sketch(numbered(length // 2, length + length // 2))
    assert containment(one, other) == pytest.approx(0.5, abs=0.17)


def test_different_texts_share_nothing() -> None:
    assert containment(sketch(numbered(0, 900)), sketch(numbered(1000, 3000))) == 0.0


def test_the_empty_text_is_contained_in_nothing() -> None:
    nothing = sketch("")
    assert containment(nothing, nothing) == containment(nothing, sketch("a b c d e f")) == 0.0
    assert resemblance(nothing, nothing) == 0.0


@given(TEXT, TEXT)
@settings(max_examples=150, deadline=None)
def test_measures_are_symmetric_and_between_none_and_all(one: str, other: str) -> None:
    a, b = sketch(one), sketch(other)
    assert 0.0 <= resemblance(a, b) <= containment(a, b) <= 1.0
    assert containment(a, b) == containment(b, a)
    assert resemblance(a, b) == resemblance(b, a)
    both, in_one, in_other = overlap(a, b)
    assert both <= min(in_one, in_other)


@given(TEXT)
@settings(max_examples=100, deadline=None)
def test_sketches_are_sorted_and_survive_storage(text: str) -> None:
    made = sketch(text)
    assert np.all(made[1:] > made[:-1])
    assert unpack(pack(made)).tolist() == made.tolist()
    assert sketch(text).tolist() == made.tolist()


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_has_a_sketch(text: str) -> None:
    assert (len(sketch(text)) > 0) == bool(words(text))


def test_lone_surrogates_and_endless_words_do_no_harm() -> None:
    assert len(sketch("\ud800 a b c d e")) > 0
    assert len(sketch("x" * 2_000_000)) == 1


def test_the_lowest_bit_tells_of_a_figure() -> None:
    assert len(sketches.with_figures(sketch("none of these words is any number"))) == 0
    assert len(sketches.with_figures(sketch("one two three 4 five six seven eight nine"))) == 4
