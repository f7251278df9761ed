"""The texts are numbered words: a paragraph shares no run of words with another."""

import itertools
import random
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.ledger import copies, copy_finder
from sayso.ledger.copies import least_shared, match
from sayso.ledger.copy_finder import CopyFinder, assign
from sayso.ledger.publications import Publication, last_moment, same_outlet
from sayso.ledger.sketch import sketch
from sayso.records import CodedWith, CopyOf, Lineage, Record, Relation, Statement, text_hash


def paragraph(name: str, length: int = 60) -> str:
    return " ".join(name + str(number).translate(str.maketrans("0123456789", "klmnopqrst")) for number in range(length))


def story(names: str, length: int = 60) -> str:
    """Return a text of paragraphs, one a letter."""
    return "\n\n".join(paragraph(name, length) for name in names)


def credit(name: str, relation: Relation = "source") -> Lineage:
    return Lineage(name=name, relation=relation, span=(0, 1))


def document(name: str, text: str, published: str | None = "2024-05-01", **given: Any) -> Publication:
    return Publication(
        id=name,
        text_hash=text_hash(text),
        sketch=sketch(text),
        words=len(text.split()),
        published=published,
        **given,
    )


def originals(links: dict[str, CopyOf]) -> dict[str, str | None]:
    return {name: link.id for name, link in links.items()}


def added(documents: Iterable[Publication]) -> CopyFinder:
    finder = CopyFinder()
    for each in documents:
        finder.add(each)
    return finder


WIRE = document("wire", story("abcdef"), "2024-05-01T06:00", publisher="Sample Wire")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (story("abcdef"), "same text"),
        (story("abcdef") + "\n\nA last line of its own", "near copy"),
        (story("fedcba"), "near copy"),
        (story("abcde"), "near copy"),
        (story("abc"), "excerpt"),
        (story("cd"), "excerpt"),
        (story("abcdef") + "\n\n" + story("xyz"), "excerpt"),
        (story("abcdef") + "\n\n" + story("x"), "near copy"),
    ],
    ids=["reposted", "a line added", "reordered", "trimmed", "half", "a third", "half of its own", "own paragraph"],
)
def test_what_repeats_a_story_is_a_copy_of_it(text: str, reason: str) -> None:
    links = assign([WIRE, document("paper", text, "2024-05-02")])
    assert originals(links) == {"paper": "wire"}
    assert links["paper"].reason == reason
    assert links["paper"].similarity > 0.8


@pytest.mark.parametrize(
    "text",
    [
        story("uvwxyz"),
        story("avwxyz"),
        story("abwxyzuv"),
        story("a", 20) + story("x"),
        "",
        paragraph("a", 8),
    ],
    ids=[
        "another story",
        "a quotation shared",
        "two paragraphs shared",
        "a short one with a quotation",
        "empty",
        "a line",
    ],
)
def test_what_shares_a_passage_is_no_copy(text: str) -> None:
    assert assign([WIRE, document("paper", text, "2024-05-02")]) == {}


def test_a_round_up_is_no_copy_of_each_brief_in_it() -> None:
    briefs = [document(name, paragraph(name, 100), "2024-05-01") for name in "abcde"]
    round_up = document("round-up", story("abcde", 100), "2024-05-02")
    assert assign([*briefs, round_up]) == {}
    early = document("round-up", story("abcde", 100), "2024-04-30")
    assert originals(assign([*briefs, early])) == dict.fromkeys("abcde", "round-up")


def test_two_stories_in_one_are_a_copy_of_the_one_that_makes_most_of_it() -> None:
    long, short = document("long", story("abcd")), document("short", story("xyz"))
    assert originals(assign([long, short, document("both", story("abcdxyz"), "2024-05-02")])) == {"both": "long"}


def form(figures: Iterable[int]) -> str:
    parts = [f"{paragraph(name, 12)} {figure} points" for name, figure in zip("abcdefghijkl", figures, strict=True)]
    return ". ".join(parts)


def test_the_same_form_with_other_figures_is_no_copy() -> None:
    monday, tuesday = document("monday", form(range(12))), document("tuesday", form(range(100, 112)), "2024-05-02")
    assert assign([monday, tuesday]) == {}
    reposted = document("reposted", form(range(12)) + ". Something added here.", "2024-05-02")
    assert originals(assign([monday, tuesday, reposted])) == {"reposted": "monday"}


def test_an_update_with_some_figures_changed_is_a_near_copy_of_the_first_version() -> None:
    first = document("first", form(range(12)), publisher="Sample Wire")
    update = document("update", form([*range(9), 90, 91, 92]), "2024-05-01T20:00", publisher="Sample Wire")
    assert assign([first, update])["first"].reason == "near copy"  # a day without a time is its end
    timed = document("first", form(range(12)), "2024-05-01T08:00", publisher="Sample Wire")
    assert originals(assign([timed, update])) == {"update": "first"}


def ranked(*documents: Publication) -> list[str]:
    """Return the ids, the original first, and make sure that it is what the links say."""
    best = min(documents, key=Publication.rank)
    for order in itertools.permutations(documents):
        assert originals(dict(added(order).links())) == {d.id: best.id for d in documents if d is not best}
    return [d.id for d in sorted(documents, key=Publication.rank)]


def test_the_original_is_who_credits_nobody_else() -> None:
    text, republished = story("abc"), story("abc") + "\n\nTaken over"
    early = document("paper", republished, "2024-04-01", publisher="Paper", lineage=[credit("Reuters", "agency")])
    agency = document("agency", text, None, publisher="Reuters", lineage=[credit("Reuters", "agency")])
    assert ranked(early, agency) == ["agency", "paper"]


def test_then_who_came_first() -> None:
    text = story("abc")
    dates = ["2024-05-01T06:00+02:00", "2024-05-01T05:00Z", "2024-05-01", "2024-05-02", "2024-05", "2024", None]
    documents = [document(f"d{place}", text, published) for place, published in enumerate(dates)]
    assert [d.id for d in sorted(documents, key=Publication.rank)] == [d.id for d in documents]
    assert ranked(documents[6], documents[2], documents[4]) == ["d2", "d4", "d6"]


def test_then_the_longest_then_the_first_to_arrive_then_by_id() -> None:
    longest = document("z", story("abcd"), arrived=9)
    earlier, later = document("y", story("abc"), arrived=1), document("x", story("abc") + " more", arrived=2)
    assert ranked(earlier, later, longest)[0] == "z"
    assert ranked(document("b", story("abc"), arrived=1), document("a", story("abc"), arrived=2)) == ["b", "a"]
    assert ranked(document("b", story("abc")), document("a", story("abc"))) == ["a", "b"]


def test_every_copy_matches_its_original_itself() -> None:
    chain = [document(f"d{n}", story("abcdefghijklmn"[n : n + 4]), f"2024-05-{n + 1:02}") for n in range(10)]
    by_name = {d.id: d for d in chain}
    links = assign(chain)
    assert 3 <= len(links) < 9
    for name, link in links.items():
        copy, original = by_name[name], by_name[link.id or ""]
        assert match(copy.sketch, copy.words, original.sketch, original.words)
        assert link.id not in links


def test_an_original_that_arrives_late_takes_the_copies_over() -> None:
    finder = added([document("one", story("abcde"), "2024-05-03"), document("two", story("abcd"), "2024-05-04")])
    assert finder.link("two") == CopyOf(id="one", similarity=1.0, reason="near copy")
    placed = finder.add(WIRE)
    assert placed.copy_of is None
    assert {name: link and link.id for name, link in placed.changed.items()} == {"one": "wire", "two": "wire"}
    assert finder.add(document("three", story("uvw"))).changed == {}


def test_copies_that_a_newcomer_does_not_match_are_placed_anew() -> None:
    middle, end = document("middle", story("cdefgh"), "2024-05-02"), document("end", story("efghij"), "2024-05-03")
    finder = added([middle, end])
    assert originals(dict(finder.links())) == {"end": "middle"}
    placed = finder.add(document("first", story("abcdef"), "2024-05-01"))
    assert {name: link and link.id for name, link in placed.changed.items()} == {"middle": "first", "end": None}


def test_without_its_original_a_copy_stands_for_itself() -> None:
    finder = added(
        [WIRE, document("one", story("abcde"), "2024-05-03"), document("two", story("abcdef"), "2024-05-04")]
    )
    changed = finder.remove("wire")
    assert {name: link and link.id for name, link in changed.items()} == {"one": "two", "two": None} or changed == {
        "one": None,
        "two": CopyOf(id="one", similarity=1.0, reason="near copy"),
    }
    assert finder.remove("wire") == finder.remove("nobody") == {}


def test_a_document_coded_again_is_no_copy_of_itself_and_changes_nothing() -> None:
    finder = added([WIRE, document("paper", story("abcde"), "2024-05-02")])
    before = dict(finder.links())
    placed = finder.add(WIRE)
    assert placed.copy_of is None
    assert placed.changed == {}
    assert dict(finder.links()) == before
    assert finder.add(document("paper", story("xyz"))).copy_of is None


def test_forty_papers_that_print_one_story_are_one_report() -> None:
    papers = [document(f"paper {n}", story("abcdef"[n % 3 :]), "2024-05-02", publisher=f"Paper {n}") for n in range(40)]
    links = assign([*papers, WIRE])
    assert set(originals(links).values()) == {"wire"}
    assert len(links) == 40


# Translations


def translation(name: str = "translated", published: str | None = "2024-05-03", **given: Any) -> Publication:
    lineage = [credit("Beispiel Zeitung"), credit("German", "translation")]
    return document(name, story("tuv"), published, publisher="Reprint", lineage=lineage, **given)


def test_a_translation_of_what_is_not_there_is_its_sources_voice() -> None:
    link = assign([translation(), WIRE])["translated"]
    assert link == CopyOf(id=None, similarity=0.0, reason="translation")


def test_a_translation_that_names_no_outlet_stands_for_itself() -> None:
    lineage = [credit("German", "translation")]
    assert assign([document("own", story("tuv"), publisher="Beispiel Zeitung", lineage=lineage)]) == {}


SPEAKERS = frozenset({"actor:anna-bell", "actor:carl-dorn", "actor:eva-falk"})


@pytest.mark.parametrize(
    ("published", "speakers", "expected"),
    [
        ("2024-05-02", SPEAKERS, "there"),
        ("2024-05-02", frozenset({"actor:anna-bell", "actor:carl-dorn", "actor:x"}), "there"),
        ("2024-05-02", frozenset({"actor:anna-bell", "actor:x"}), None),
        ("2024-04-20", SPEAKERS, None),
        ("2024-05-09", SPEAKERS, None),
        ("2024-05", SPEAKERS, None),
    ],
    ids=["same speakers", "most of them", "one of them", "long before", "after", "no day"],
)
def test_a_translation_is_linked_to_the_one_report_that_quotes_the_same(
    published: str, speakers: frozenset[str], expected: str | None
) -> None:
    there = document("there", story("hij"), published, publisher="Beispiel-Zeitung", speakers=speakers)
    for order in itertools.permutations([there, translation(speakers=SPEAKERS), WIRE]):
        assert added(order).link("translated") == CopyOf(id=expected, similarity=0.0, reason="translation")


def test_between_two_reports_that_quote_the_same_a_translation_does_not_choose() -> None:
    given: dict[str, Any] = {"publisher": "Beispiel Zeitung", "speakers": SPEAKERS}
    two = [document(name, story(name * 3), "2024-05-02", **given) for name in "ab"]
    finder = added([two[0], translation(speakers=SPEAKERS)])
    assert finder.link("translated") == CopyOf(id="a", similarity=0.0, reason="translation")
    assert finder.add(two[1]).changed == {"translated": CopyOf(id=None, similarity=0.0, reason="translation")}
    assert finder.remove("a") == {"translated": CopyOf(id="b", similarity=0.0, reason="translation")}


def test_who_reprints_a_translation_is_a_copy_of_it() -> None:
    reprint = document("reprint", story("tuv"), "2024-05-05", publisher="Third")
    lineage = [credit("Beispiel Zeitung"), credit("German", "translation")]
    credited = document("credited", story("tuv") + " end", "2024-05-04", publisher="Fourth", lineage=lineage)
    assert originals(assign([translation(), credited])) == {"translated": None, "credited": "translated"}
    assert originals(assign([translation(), reprint])) == {"translated": "reprint"}  # it credits nobody


# The links are a function of the documents


def by_the_definition(documents: Iterable[Publication]) -> dict[str, str]:
    """Compare every text with every original before it."""
    links: dict[str, str] = {}
    texts: dict[str, Publication] = {}
    found: list[Publication] = []
    for each in sorted(documents, key=Publication.rank):
        first = texts.setdefault(each.text_hash, each)
        if first is not each:
            links[each.id] = links.get(first.id, first.id)
            continue
        options = [
            (-how.owed, original.rank(), original.id)
            for original in found
            if (how := match(each.sketch, each.words, original.sketch, original.words))
        ]
        if options:
            links[each.id] = min(options)[2]
        else:
            found.append(each)
    return links


@st.composite
def publications(draw: st.DrawFn) -> list[Publication]:
    texts = st.text("abcdefgh", min_size=1, max_size=6).map(lambda names: story("".join(dict.fromkeys(names)), 25))
    dates = st.sampled_from([None, "2024", "2024-05-01", "2024-05-02", "2024-05-01T07:00"])
    translated = (credit("Reuters"), credit("Example Paper"), credit("German", "translation"))
    lineages = st.sampled_from([(), (), (credit("Reuters", "agency"),), translated])
    outlets = st.sampled_from([None, "Reuters", "Example Paper"])
    speakers = st.frozensets(st.sampled_from("abc"), max_size=3)
    rows = draw(st.lists(st.tuples(texts, dates, lineages, outlets, speakers), min_size=1, max_size=9))
    return [
        document(f"d{n}", text, published, lineage=lineage, publisher=outlet, arrived=n, speakers=quoted)
        for n, (text, published, lineage, outlet, quoted) in enumerate(rows)
    ]


@given(publications(), st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_links_do_not_depend_on_the_order_of_arrival(documents: list[Publication], chance: random.Random) -> None:
    expected = assign(documents)
    by_words = {name: link for name, link in expected.items() if link.reason != "translation"}
    assert originals(by_words) == by_the_definition(documents)
    order = list(documents)
    chance.shuffle(order)
    finder, told = CopyFinder(), dict[str, CopyOf | None]()
    for each in order:
        placed = finder.add(each)
        assert all(told[name] != link for name, link in placed.changed.items())
        told |= {each.id: placed.copy_of} | placed.changed
    assert dict(finder.links()) == expected
    assert {name: link for name, link in told.items() if link} == expected  # who listens knows all


@given(publications())
@settings(max_examples=100, deadline=None)
def test_links_lead_to_an_original_in_one_step_or_by_a_translation_in_two(documents: list[Publication]) -> None:
    links = assign(documents)
    for link in links.values():
        second = links.get(link.id or "")
        assert second is None or (link.reason != "translation" and second.reason == "translation")
        assert second is None or second.id not in links


def test_an_excerpt_that_loses_its_original_goes_to_the_best_of_all_that_hold_it() -> None:
    first = document("first", story("a", 25), "2024")
    longer, longest = document("longer", story("ae", 25), None), document("longest", story("abc", 25), None)
    short = document("short", story("a", 25), None)
    finder = added([first, longer, longest, short])
    finder.remove("first")
    assert dict(finder.links()) == assign([longer, longest, short])
    assert [link.id for _, link in finder.links()] == ["longest"]


@given(publications(), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_nothing_is_left_of_what_was_taken_out_or_replaced(documents: list[Publication], chance: random.Random) -> None:
    finder = added(documents)
    told: dict[str, CopyOf | None] = {d.id: finder.link(d.id) for d in documents}
    kept = {d.id: d for d in documents}
    for name in chance.sample(sorted(kept), len(kept) // 2):
        if chance.random() < 0.5:
            del kept[name]
            told |= finder.remove(name)
            told.pop(name)
        else:
            other = chance.choice(documents)
            names = "".join(dict.fromkeys(chance.choices("abcdefgh", k=4)))
            new = document(name, story(names, 25), other.published, publisher="Reuters", speakers=other.speakers)
            kept[name] = new
            placed = finder.add(new)
            told |= {name: placed.copy_of} | placed.changed
    assert dict(finder.links()) == assign(kept.values())
    assert {name: link for name, link in told.items() if link} == dict(finder.links())


@given(publications(), publications())
@settings(max_examples=100, deadline=None)
def test_a_restored_finder_goes_on_as_if_it_had_seen_all(before: list[Publication], after: list[Publication]) -> None:
    links = assign(before)
    restored = CopyFinder.restored((d, links.get(d.id)) for d in before)
    assert dict(restored.links()) == links
    for each in after:
        restored.add(each)
    everything = {d.id: d for d in (*before, *after)}
    whole = added(everything.values())
    assert {n for n, link in restored.links() if link.id} == {n for n, link in whole.links() if link.id}


def test_links_that_cannot_be_believed_are_found_again() -> None:
    one, two = document("one", story("abcde"), "2024-05-03"), document("two", story("xyz"), "2024-05-04")
    wrong = CopyOf(id="one", similarity=0.9, reason="near copy")
    gone = CopyOf(id="gone", similarity=0.9, reason="near copy")
    finder = CopyFinder.restored([(WIRE, wrong), (one, gone), (two, wrong)])
    assert originals(dict(finder.links())) == {"one": "wire"}


# The parts of the decision


def test_short_texts_must_share_more() -> None:
    assert least_shared(8) > least_shared(20) > least_shared(60) == pytest.approx(copies.ALIKE, abs=0.01)
    assert least_shared(1) == 1.0
    assert least_shared(1000) == copies.ALIKE


@pytest.mark.parametrize(
    ("name", "publisher", "same"),
    [
        ("Reuters", "reuters.com", True),
        ("The Associated Press", "AP News", True),
        ("AP", "Associated Press", True),
        ("Agence France-Presse", "AFP", True),
        ("The Example Times", "Example Times", True),
        ("The Times", "The Times of Example", False),
        ("Reuters", "Example Times", False),
        ("Reuters", None, False),
        ("The News", "The Agency", False),
        ("—", "Reuters", False),
        ("Reuters", "—", False),
    ],
)
def test_which_names_are_of_one_outlet(name: str, publisher: str | None, same: bool) -> None:
    assert same_outlet(name, publisher) is same


@pytest.mark.parametrize("published", [None, "", "soon", "2024-13-01", "0000", "20", "9999-12-31T23:59+99:00"])
def test_a_date_that_cannot_be_read_is_later_than_any(published: str | None) -> None:
    assert last_moment(published) > last_moment("2999-12-31T23:59:59")


def test_what_counts_is_read_off_a_record() -> None:
    text = "By Jane Roe\n\n" + story("abc")
    said = Statement(
        id="s1", source=[(13, 15)], cue=[], content=[(16, 18)], speaker="a", kind="direct", act="say", confidence=1.0
    )
    record = Record.model_validate(
        {
            "id": "sha256:1",
            "text_hash": text_hash(text),
            "text": text,
            "body": [(13, len(text))],
            "published": "2024-05-01",
            "publisher": "Paper",
            "lineage": [credit("Reuters", "agency")],
            "actors": [{"id": "a", "name": "A", "kind": "person", "mentions": [], "confidence": 1.0}],
            "statements": [said],
            "coded_with": CodedWith(sayso="0", pipeline="p", knowledge="k", ontology="o"),
        }
    )
    made = Publication.of(record, arrived=4)
    assert (made.id, made.words, made.arrived, made.speakers) == ("sha256:1", 180, 4, frozenset({"a"}))
    assert made.sketch.tolist() == sketch(story("abc")).tolist()
    assert made.rank()[0]


# What it costs


def test_unrelated_documents_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = _counted(monkeypatch)
    added(document(f"d{n}", paragraph(f"x{n}y", 200)) for n in range(300))
    assert calls == []


def test_a_story_that_very_many_print_stays_cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = _counted(monkeypatch)
    finder = CopyFinder()
    for n in range(600):
        finder.add(
            document(f"d{n}", story("abcd") + f" own {n} end of it {n}", f"2024-05-01T00:00:{n % 60:02}", arrived=n)
        )
    for n in range(600, 620):
        calls.clear()
        assert finder.add(document(f"d{n}", story("abcd") + f" own {n} end of it {n}", "2024-05-02")).copy_of
        assert len(calls) <= 2


def _counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    calls: list[int] = []
    real = copies.match

    def counting(*given: Any) -> copies.Match | None:
        calls.append(1)
        return real(*given)

    monkeypatch.setattr(copy_finder, "match", counting)
    return calls
