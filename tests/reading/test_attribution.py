"""Who says what: our own sentences, what must be found in them and what must not."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import spacy
from spacy.tokens import Doc

from sayso.reading.annotations import Statement
from sayso.reading.attribution import AttributionTagger

Read = Callable[..., Doc]

DIRECT = [
    ("“We will not accept this deal,” Lavrov said.",
     "Lavrov", "said", "“We will not accept this deal,”", "say"),
    ("“We will not accept this deal,” said Lavrov on Monday.",
     "Lavrov", "said", "“We will not accept this deal,”", "say"),
    ("Lavrov said: “We will not sign.”", "Lavrov", "said", "“We will not sign.”", "say"),
    ("Lavrov said, “We will not sign.”", "Lavrov", "said", "“We will not sign.”", "say"),
    ("Lavrov said:\n“We will not sign.”", "Lavrov", "said", "“We will not sign.”", "say"),
    ("“We will not accept this deal,” Lavrov told reporters in Geneva, “because it ignores our interests.”",
     "Lavrov", "told", "“We will not accept this deal,” | “because it ignores our interests.”", "say"),
    ("“We will not accept this deal,” Lavrov said. “It is bad.”",
     "Lavrov", "said", "“We will not accept this deal,” | “It is bad.”", "say"),
    ("''We will not sign,'' the minister said.", "the minister", "said", "''We will not sign,''", "say"),
    ('"We will not sign," the minister said.', "the minister", "said", '"We will not sign,"', "say"),
    ("‘We will not sign,’ the minister said.", "the minister", "said", "‘We will not sign,’", "say"),
    ('"The talks," the diplomat said, "are going nowhere."',
     "the diplomat", "said", '"The talks," | "are going nowhere."', "say"),
    ("“Never,” she said. “Never again.”", "she", "said", "“Never,” | “Never again.”", "say"),
    ("“We are ready,” he said, “and patient.” Nobody spoke.",
     "he", "said", "“We are ready,” | “and patient.”", "say"),
    ("The mayor was blunt. “This is a disgrace,” he said.", "he", "said", "“This is a disgrace,”", "say"),
    ("“It is over,” wrote Navalnaya. “He shook the hand of a murderer.”",
     "Navalnaya", "wrote", "“It is over,” | “He shook the hand of a murderer.”", "say"),
    ("“I did not do it,” the driver, a man of forty, told the judge.",
     "the driver, a man of forty", "told", "“I did not do it,”", "say"),
    ("The minister said of the plan: “It will fail.”", "The minister", "said", "“It will fail.”", "say"),
    ("Asked about the bridge, the mayor replied: “No comment.”",
     "the mayor", "replied", "“No comment.”", "say"),
    ("The journalist asked: “Will you resign?”", "The journalist", "asked", "“Will you resign?”", "ask"),
    ("“What do you want?” the officer asked.", "the officer", "asked", "“What do you want?”", "ask"),
    ("“Leave,” he shouted.", "he", "shouted", "“Leave,”", "say"),
    ("Putin when asked about the plan: “That is our business”",
     "Putin", "asked", "“That is our business”", "ask"),
    ("As the minister put it, “the door is closed”.", "the minister", "put", "“the door is closed”", "say"),
    ("“The dam is safe.” — Maria Keller, engineer",
     "Maria Keller, engineer", "—", "“The dam is safe.”", "say"),
    ("“The dam is safe,” the engineer said.\n“We checked it twice. Nobody needs to leave.”",
     "the engineer", "said", "“The dam is safe,” | “We checked it twice. Nobody needs to leave.”", "say"),
    ("“The dam is safe.\n“We checked it twice,” the engineer said.",
     "the engineer", "said", "“The dam is safe. | “We checked it twice,”", "say"),
]  # fmt: skip

MIXED = [
    ("The minister called the report “a pack of lies”.",
     "The minister", "called", "the report “a pack of lies”", "say"),
    ("The minister said the report was “a pack of lies”.",
     "The minister", "said", "the report was “a pack of lies”", "say"),
    ("The engineer said the dam was safe. “We checked it twice and found no cracks.”",
     "The engineer", "said", "the dam was safe | “We checked it twice and found no cracks.”", "say"),
    ("The plan, he said, was “a gift to speculators and to nobody else”.",
     "he", "said", "The plan | was “a gift to speculators and to nobody else”", "say"),
]  # fmt: skip

INDIRECT = [
    ("The navy took a drone which entered the country's airspace over Oman, the naval commander announced on Monday.",
     "the naval commander", "announced",
     "The navy took a drone which entered the country's airspace over Oman", "say"),
    ("The air force intercepted two planes on Monday, the foreign ministry states.",
     "the foreign ministry", "states", "The air force intercepted two planes on Monday", "say"),
    ("Lavrov said that Moscow would not sign.", "Lavrov", "said", "that Moscow would not sign", "say"),
    ("Lavrov said Moscow would not sign.", "Lavrov", "said", "Moscow would not sign", "say"),
    ("Moscow would not accept the deal, Lavrov said.",
     "Lavrov", "said", "Moscow would not accept the deal", "say"),
    ("Moscow, officials said, would not sign.", "officials", "said", "Moscow | would not sign", "say"),
    ("The ministry rejected the offer, adding that talks were over.",
     "The ministry", "adding", "that talks were over", "say"),
    ("Sudan’s army said on Monday it had taken the bridge.",
     "Sudan’s army", "said", "it had taken the bridge", "say"),
    ("The ministry said in a statement that no one was hurt.",
     "The ministry", "said in a statement", "that no one was hurt", "say"),
    ("The envoy told the Guardian that he would not resign.",
     "The envoy", "told", "that he would not resign", "say"),
    ("Officials who asked not to be named said the talks had stalled.",
     "Officials who asked not to be named", "said", "the talks had stalled", "say"),
    ("A report by the auditors said the ministry had wasted millions.",
     "A report by the auditors", "said", "the ministry had wasted millions", "say"),
    ("The survey found that half of all adults were lonely.",
     "The survey", "found", "that half of all adults were lonely", "say"),
    ("The minister was quoted as saying that the talks had failed.",
     "The minister", "was quoted as saying", "that the talks had failed", "say"),
    ("The mayor, who had argued that the bridge was safe, resigned.",
     "who", "had argued", "that the bridge was safe", "say"),
    ("A statement released by the EU on behalf of its members said the attack was illegal.",
     "A statement released by the EU on behalf of its members", "said", "the attack was illegal", "say"),
    ("According to the Pentagon, three soldiers were wounded.",
     "the Pentagon", "According to", "three soldiers were wounded", "say"),
    ("Three soldiers were wounded, according to the Pentagon.",
     "the Pentagon", "according to", "Three soldiers were wounded", "say"),
    ("The rebels, according to the UN, still hold the airport.",
     "the UN", "according to", "The rebels | still hold the airport", "say"),
    ("In the words of the mayor, the city is on its knees.",
     "the mayor", "words", "the city is on its knees", "say"),
    ("From the Kremlin’s perspective, the war is going well.",
     "the Kremlin’s", "perspective", "the war is going well", "believe"),
    ("Following the judge’s argument, the law would also be void.",
     "the judge’s", "argument", "the law would also be void", "say"),
    ("Police: Three men arrested after robbery", "Police", ":", "Three men arrested after robbery", "say"),
    ("The mayor confirmed that the bridge was closed.",
     "The mayor", "confirmed", "that the bridge was closed", "confirm"),
    ("Iran denied that it had supplied the drones.",
     "Iran", "denied", "that it had supplied the drones", "deny"),
    ("Kyiv accused Moscow of shelling the port.", "Kyiv", "accused", "Moscow of shelling the port", "accuse"),
    ("The party blamed the governor for the flood.",
     "The party", "blamed", "the governor for the flood", "accuse"),
    ("The opposition criticized the budget as reckless.",
     "The opposition", "criticized", "the budget as reckless", "criticize"),
    ("The chancellor praised the agreement.", "The chancellor", "praised", "the agreement", "praise"),
    ("The president urged Israel to open the crossing.",
     "The president", "urged", "Israel to open the crossing", "demand"),
    ("The president called for an immediate ceasefire.",
     "The president", "called for", "an immediate ceasefire", "demand"),
    ("Turkey demanded that Sweden hand over the suspects.",
     "Turkey", "demanded", "that Sweden hand over the suspects", "demand"),
    ("He asked the court to free him.", "He", "asked", "the court to free him", "demand"),
    ("The envoy asked whether the talks would continue.",
     "The envoy", "asked", "whether the talks would continue", "ask"),
    ("The minister promised to withdraw the troops.",
     "The minister", "promised", "to withdraw the troops", "promise"),
    ("The minister said he would resign on Friday.",
     "The minister", "said", "he would resign on Friday", "promise"),
    ("The general threatened to bomb the capital.",
     "The general", "threatened", "to bomb the capital", "threaten"),
    ("The envoy warned of a new war.", "The envoy", "warned of", "a new war", "warn"),
    ("Merkel warned Athens that time was running out.",
     "Merkel", "warned", "that time was running out", "warn"),
    ("Analysts expect the central bank to raise rates.",
     "Analysts", "expect", "the central bank to raise rates", "predict"),
    ("Berlin proposed a new round of talks.", "Berlin", "proposed", "a new round of talks", "propose"),
    ("The union agreed to suspend the strike.", "The union", "agreed", "to suspend the strike", "agree"),
    ("The court rejected the appeal.", "The court", "rejected", "the appeal", "reject"),
    ("Washington suspects that Tehran is behind the attack.",
     "Washington", "suspects", "that Tehran is behind the attack", "believe"),
    ("The bank sees inflation as the main risk.",
     "The bank", "sees", "inflation as the main risk", "believe"),
    ("Officials are confident that the ceasefire will hold.",
     "Officials", "are confident", "that the ceasefire will hold", "believe"),
    ("The senator doubts that the bill will pass.",
     "The senator", "doubts", "that the bill will pass", "doubt"),
    ("The prime minister hopes that the ceasefire will hold.",
     "The prime minister", "hopes", "that the ceasefire will hold", "want"),
    ("The prime minister wants to hold a referendum.",
     "The prime minister", "wants", "to hold a referendum", "want"),
    ("Residents fear that the dam will break.", "Residents", "fear", "that the dam will break", "fear"),
    ("Investors are worried about inflation.", "Investors", "are worried about", "inflation", "fear"),
    ("He expressed concern about the arrests.", "He", "expressed concern about", "the arrests", "fear"),
    ("The rebels are believed to have crossed the border.",
     "", "are believed", "The rebels | to have crossed the border", "believe"),
    ("Organisers put the turnout at 51,000, the highest in a decade.",
     "Organisers", "put", "the turnout at 51,000", "say"),
    ("The interior ministry has put the number of dead at 31.",
     "The interior ministry", "has put", "the number of dead at 31", "say"),
    ("Police put attendance at between 15,000 and 17,000.",
     "Police", "put", "attendance at between 15,000 and 17,000", "say"),
    ("The turnout was put at 30,000 by the organisers.",
     "the organisers", "was put", "The turnout | at 30,000", "say"),
    ("According to police fewer than 4,000 came.", "police", "According to", "fewer than 4,000 came", "say"),
]  # fmt: skip

NOTHING = [
    "She put the letter at the door.",
    "The company put 300 workers at the plant.",
    "They put the meeting at 3 pm.",
    "The blast claimed 12 lives.",
    "He told a joke.",
    "She told the time by the sun.",
    "It goes without saying that winter is cold.",
    "Needless to say, the shop was closed.",
    "The recipe calls for two eggs.",
    "The bottle said nothing.",
    "The so-called “dark horse” won the race.",
    "The film “The Last Bridge” opened on Friday.",
    "Her novel ‘A Winter Wind’ won a prize.",
    "The band played “Silver Road” and left the stage.",
    "The road leads to the “Old Town” of the city.",
    "The word “tank” has five meanings in that dictionary.",
    "Sales rose by five per cent in the third quarter.",
    "The team won the match in extra time.",
    "The striker scored twice before half-time.",
    "The clock struck nine and the crowd went home.",
    "The storm killed three people and destroyed a school.",
    "Troops crossed the river at dawn.",
    "The treaty was signed in 1955.",
    "The bus to the airport leaves every hour.",
    "The children’s room was painted in the ’90s.",
    'The screen is 24" wide and 14" high.',
    "The river flows into the sea near the port.",
    "Rain is on the way for the weekend.",
]


def words(doc: Doc, spans: list[tuple[int, int]]) -> str:
    return " | ".join(doc.text[start:end] for start, end in spans)


def account(doc: Doc, statement: Statement) -> tuple[str, str, str]:
    return words(doc, statement.source), words(doc, statement.cue), words(doc, statement.content)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "act", "kind"),
    [(*row, kind) for kind, rows in (("direct", DIRECT), ("mixed", MIXED), ("indirect", INDIRECT)) for row in rows],
)
def test_a_statement_is_found(read: Read, text: str, source: str, cue: str, content: str, act: str, kind: str) -> None:
    doc = read(text, upto="sayso_attribution")
    found = {account(doc, s): s for s in doc._.statements}
    assert (source, cue, content) in found
    statement = found[source, cue, content]
    assert (statement.kind, statement.act) == (kind, act)
    assert 0 < statement.confidence < 1
    assert statement.speaker is None


@pytest.mark.parametrize("text", NOTHING)
def test_nobody_says_anything(read: Read, text: str) -> None:
    doc = read(text, upto="sayso_attribution")
    assert [account(doc, s) for s in doc._.statements] == []


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("“We are leaving,” the minister told reporters.", "reporters"),
        ("The president urged Israel to open the crossing.", "Israel"),
        ("Merkel warned Athens that time was running out.", "Athens"),
        ("She told him that the war was lost.", "him"),
        ("He asked the court to free him.", "court"),
        ("The minister said that the war was lost.", None),
        ("As the minister put it, “the door is closed”.", None),
    ],
)
def test_an_addressee_is_who_is_spoken_to(read: Read, text: str, addressee: str | None) -> None:
    doc = read(text, upto="sayso_attribution")
    head = doc._.statements[0].addressee_head
    assert (doc[head].text if head is not None else None) == addressee


def test_a_statement_within_a_statement_has_a_parent(read: Read) -> None:
    doc = read("Kyiv says Moscow promised that the corridor would stay open.", upto="sayso_attribution")
    outer, inner = doc._.statements
    assert account(doc, inner) == ("Moscow", "promised", "that the corridor would stay open")
    assert inner.parent is outer
    assert outer.parent is None


def test_each_speaker_of_a_paragraph_keeps_their_own_words(read: Read) -> None:
    text = "“We won,” said Ada. “No, we did,” said Boris. Carl disagreed, saying the game had been a draw."
    doc = read(text, upto="sayso_attribution")
    found = {words(doc, s.source): words(doc, s.content) for s in doc._.statements}
    assert found["Ada"] == "“We won,”"
    assert found["Boris"] == "“No, we did,”"
    assert found["Carl"] == "the game had been a draw"


def test_heads_and_rule_say_what_made_a_statement(read: Read) -> None:
    doc = read("The old mayor said that the bridge was closed.", upto="sayso_attribution")
    (statement,) = doc._.statements
    assert (doc[statement.source_head].text, doc[statement.cue_head].text) == ("mayor", "said")
    assert statement.rule == "verb:say:clause"


@pytest.mark.parametrize("text", ["", " ", "\n\n \n", "“”", "said", ":", "“", "according to", "“said” said “said”"])
def test_scraps_of_text_break_nothing(read: Read, text: str) -> None:
    doc = read(text, upto="sayso_attribution")
    for statement in doc._.statements:
        assert statement.content
        assert all(0 <= start < end <= len(text) for start, end in statement.content)


def test_a_doc_without_a_parse_has_no_statements() -> None:
    nlp = spacy.blank("en")
    doc = AttributionTagger()(nlp("“We won,” said Ada."))
    assert doc._.statements == []


def test_pretokenised_docs_are_read(read: Read) -> None:
    tagger = AttributionTagger()
    heads, deps = [1, 1, 4, 4, 1, 1], ["nsubj", "ROOT", "mark", "nsubj", "ccomp", "punct"]
    tags, pos = ["NNP", "VBD", "IN", "PRP", "VBD", "."], ["PROPN", "VERB", "SCONJ", "PRON", "VERB", "PUNCT"]
    tokens = ["Ada", "said", "that", "she", "won", "."]
    lemmas = ["Ada", "say", "that", "she", "win", "."]
    doc = Doc(spacy.blank("en").vocab, words=tokens, heads=heads, deps=deps, tags=tags, pos=pos, lemmas=lemmas)
    (statement,) = tagger(doc)._.statements
    assert account(doc, statement) == ("Ada", "said", "that she won")


@pytest.mark.parametrize(
    "unit", ["he said that ", "he said he ", "“a” he said. ", "who said, ", "“no,” ", "according to him, ", "A: b\n"]
)
def test_hostile_repetition_takes_linear_time(read: Read, unit: str) -> None:
    tagger = AttributionTagger()

    def once(doc: Doc) -> float:
        begun = time.process_time()
        tagger(doc)
        return time.process_time() - begun

    def seconds(times: int) -> float:
        doc = read(unit * times, upto="sayso_quotes")
        return min(once(doc) for _ in range(3))

    # Four times the text would take sixteen times as long if the cost were quadratic; an eighth of a second is noise.
    # Longer texts would tell no more of this step, and the parser takes half a minute for them.
    assert seconds(1200) < 8 * seconds(300) + 0.125
