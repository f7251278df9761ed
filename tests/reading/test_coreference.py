from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from sayso.knowledge.actor_pronouns import load_anaphora
from sayso.knowledge.actors import load_actors
from sayso.reading.actors import ActorTagger
from sayso.reading.annotations import Actor, Mention, Statement
from sayso.reading.coreference import CoreferenceResolver
from sayso.reading.mention_memory import Memory

PRONOUNS = [
    ("Angela Merkel met the miners. She promised help.", "She", "angela-merkel"),
    ("Vladimir Putin opened the summit. He praised the guests.", "He", "vladimir-putin"),
    ("Putin says he is willing to negotiate.", "he", "vladimir-putin"),
    ("Nelson Mandela lost his son.", "his", "nelson-mandela"),
    ("Theresa May called Emmanuel Macron before she left.", "she", "theresa-may"),
    ("Emmanuel Macron spoke to Theresa May and then he left.", "he", "emmanuel-macron"),
    ("Joe Biden flew to Tokyo. According to him, the talks went well.", "him", "joe-biden"),
    ("Mary Jones resigned. The party thanked her.", "her", "mary-jones"),
    ("John Okafor, the mayor, said he would appeal.", "he would", "john-okafor"),
    ("Judge Maria Silva adjourned the hearing after she fell ill.", "she", "maria-silva"),
    ("Egypt rejected the plan. It called for new talks.", "It", "egypt"),
    ("Japan said it would send aid.", "it", "japan"),
    ("Hamas said it had fired the rockets.", "it", "hamas"),
    ("Kenya recalled its ambassador.", "its", "kenya"),
    ("The UN extended its mission.", "its", "united-nations"),
    ("Russia insisted that it had kept to the treaty.", "it", "russia"),
    ("The army said it had found weapons.", "it", "army"),
    ("Russian troops left the village. They took the tractor.", "They", "rus-mil"),
    ("The protesters said they would return.", "they", "protesters"),
    ("Kenyan police said they had arrested two men.", "they", "ken-cop"),
    ("Farmers blocked the road with their tractors.", "their", "farmers"),
    ("The rebels freed the hostage after they were paid.", "they", "rebels"),
    ("Barack Obama defended himself.", "himself", "barack-obama"),
    ("Kofi Annan warned of famine. In a speech, he asked for money.", "he", "kofi-annan"),
    ("The spokeswoman said she had no details.", "she", "spokeswoman"),
    ("Imran Khan was jailed. His lawyer appealed.", "His", "imran-khan"),
    ("When he was elected, Evo Morales promised land reform. Later he broke his word.", "he broke", "evo-morales"),
    ("Benazir Bhutto returned. Thousands came to greet her.", "her", "benazir-bhutto"),
    ("France closed its embassy after it received threats.", "it", "france"),
    ("Lebanon's army said it had returned fire.", "it", "lbn-mil"),
    ("The opposition said it would boycott the vote.", "it", "opposition"),
    ("Liz Truss resigned. She had been in office for weeks.", "She", "liz-truss"),
    ("Rishi Sunak called an election. He lost it.", "He", "rishi-sunak"),
    ("Mr. Osei denied that he had fled.", "he", "osei"),
    ("Aung San Suu Kyi was freed. Her supporters cheered.", "Her", "aung-san-suu-kyi"),
]  # fmt: skip

DESCRIPTIONS = [
    ("Charles Michel spoke first. Escalation helps nobody, the Belgian said.", "the Belgian", "charles-michel"),
    ("Putin opened the summit. The Kremlin chief praised the guests.", "Kremlin chief", "vladimir-putin"),
    ("President Hosni Mubarak flew home. The president was tired.", "The president", "hosni-mubarak"),
    ("General Moses Banda resigned. The general gave no reason.", "The general", "moses-banda"),
    ("Defence minister Anna Kowalczyk resigned. The minister gave no reason.", "The minister", "anna-kowalczyk"),
    ("John Mwangi, a spokesman for the police, arrived. The spokesman denied it.", "The spokesman", "john-mwangi"),
    ("Judge Maria Silva adjourned the case. The judge fell ill.", "The judge", "maria-silva"),
    ("Peter Obi was defeated. The 61-year-old promised to appeal.", "61-year-old", "peter-obi"),
    ("Ethiopia rejected the plan. The country called for talks.", "The country", "ethiopia"),
    ("Boko Haram attacked a town. The group burned the school.", "The group", "boko-haram"),
    ("The World Bank froze the loan. The organization gave no reason.", "The organization", "world-bank"),
    ("Joe Biden met Emmanuel Macron. The two leaders discussed trade.", "The two leaders", "joe-biden"),
    ("Joe Biden met Emmanuel Macron. The two leaders discussed trade.", "The two leaders", "emmanuel-macron"),
    ("India and Pakistan exchanged fire. Both countries blamed the other.", "Both countries", "india"),
    ("India and Pakistan exchanged fire. The two sides blamed each other.", "two sides", "pakistan"),
    ("Peru recalled its ambassador. Its army was put on alert.", "army", "per-mil"),
    ("Russian forces shelled the port. The troops then withdrew.", "The troops", "rus-mil"),
    ("The Colombian rebels refused. The rebels want land.", "The rebels", "col-reb"),
    ("Viktor Orban refused to sign. The Hungarian wanted changes.", "The Hungarian", "viktor-orban"),
    ("Kenya lost two soldiers. The pope wept.", "The pope", "pope-francis"),
    ("LONDON - The prime minister resigned.", "The prime minister", "david-cameron"),
    ("The taoiseach resigned.", "The taoiseach", "enda-kenny"),
    ("His spokeswoman declined. The spokeswoman, Maria Lind, smiled.", "His spokeswoman", "maria-lind"),
    ("The mayor, Nii Okai Tetteh, said no.", "The mayor", "nii-okai-tetteh"),
    ("Ukrainian soldiers were surrounded. These troops had no food.", "These troops", "ukr-mil"),
]  # fmt: skip

SILENT = [
    ("It is raining in the hills.", "It"),
    ("It remains to be seen who will win.", "It"),
    ("It is clear that Egypt will refuse.", "It"),
    ("Angela Merkel met the miners. He cheered.", "He"),
    ("Putin met Xi Jinping. She was not there.", "She"),
    ("The treaty was signed by Peru. It bans mines.", "It"),
    ("Kenya lost two soldiers. The archbishop wept.", "The archbishop"),
    ("The two leaders met.", "The two leaders"),
    ("The Belgian won the race.", "The Belgian"),
    ("The country is poor.", "The country"),
    ("Russia annexed the regions and renamed them.", "them"),
    ("She won.", "She"),
]  # fmt: skip


def tagged(read, text: str, published: str | None = "2015-05-05") -> Doc:
    nlp = spacy.blank("en")
    doc = ActorTagger(nlp)(read(text, upto="sayso_quotes", published=published))
    return CoreferenceResolver(nlp)(doc)


def at(doc: Doc, phrase: str) -> set[str]:
    start = doc.text.index(phrase)
    end = start + len(phrase)
    spans = [(actor.id, m.chars) for actor in doc._.actors for m in actor.mentions]
    return {id_.removeprefix("actor:") for id_, (first, last) in spans if first < end and start < last}


@pytest.mark.parametrize(("text", "pronoun", "expected"), PRONOUNS)
def test_pronoun(read, text, pronoun, expected):
    doc = tagged(read, text)
    start = text.index(f"{pronoun} ") if f"{pronoun} " in text else text.index(pronoun)
    pointed = {a.id for a in doc._.actors for m in a.mentions if m.chars[0] == start and m.form == "pronoun"}
    assert pointed == {f"actor:{expected}"}


@pytest.mark.parametrize(("text", "phrase", "expected"), DESCRIPTIONS)
def test_description(read, text, phrase, expected):
    assert expected in at(tagged(read, text), phrase)


@pytest.mark.parametrize(("text", "phrase"), SILENT)
def test_nothing_is_guessed(read, text, phrase):
    doc = tagged(read, text)
    known = {a.id.removeprefix("actor:") for a in doc._.actors if a.kind in {"person", "country"} and a.country}
    assert at(doc, phrase).isdisjoint(known)


def said(doc: Doc, source: str, content: str, **roles: int | None) -> Statement:
    """Return a statement as the attribution step leaves it."""

    def span(words: str) -> list[tuple[int, int]]:
        start = doc.text.index(words)
        return [(start, start + len(words))]

    head = next(t.i for t in doc if source and t.idx >= span(source)[0][0] and t.text == source.split()[-1])
    return Statement(span(source), [], span(content), head, None, "direct", "say", 0.9, "test", **roles)


@pytest.mark.parametrize(
    ("text", "source", "content", "speaker"),
    [
        ("“We will not yield,” Putin said.", "Putin", "“We will not yield,”", "vladimir-putin"),
        ("Merkel arrived. “I am ready,” she said.", "she", "“I am ready,”", "angela-merkel"),
        ("“It is over,” said a Kremlin statement.", "a Kremlin statement", "“It is over,”", "russia"),
        ("“Stop,” said a statement by the Kenyan police.", "a statement", "“Stop,”", "ken-cop"),
        ("“Stop,” a Foreign Ministry statement said in Peru.", "a Foreign Ministry statement", "“Stop,”", "per-gov"),
        ("“No,” said a Nigerian official.", "a Nigerian official", "“No,”", "nga-gov"),
    ],
)
def test_speaker(read, text, source, content, speaker):
    nlp = spacy.blank("en")
    doc = ActorTagger(nlp)(read(text, upto="sayso_quotes", published="2015-05-05"))
    doc._.statements = [said(doc, source, content)]
    CoreferenceResolver(nlp)(doc)
    assert isinstance(doc._.statements[0].speaker, Actor)
    assert doc._.statements[0].speaker.id == f"actor:{speaker}"


def test_first_person_is_the_speaker(read):
    text = "“We will defend our land,” Viktor Orban said. “He is wrong,” Donald Tusk said."
    nlp = spacy.blank("en")
    doc = ActorTagger(nlp)(read(text, upto="sayso_quotes", published="2015-05-05"))
    doc._.statements = [
        said(doc, "Viktor Orban", "“We will defend our land,”"),
        said(doc, "Donald Tusk", "“He is wrong,”"),
    ]
    CoreferenceResolver(nlp)(doc)
    assert at(doc, "We") == at(doc, "our") == {"viktor-orban"}
    assert "donald-tusk" not in at(doc, "“He")


@pytest.mark.parametrize("text", ["", " ", "\n\n", "He she it they."])
def test_odd_texts(read, text):
    assert tagged(read, text)._.actors == []


def test_long_document_takes_linear_time(read):
    import time

    nlp = spacy.blank("en")
    words = ("Hamas said it would return . He left . " * 4000).split()
    doc = ActorTagger(nlp)(Doc(nlp.vocab, words=words))
    begin = time.process_time()
    CoreferenceResolver(nlp)(doc)
    assert time.process_time() - begin < 20


@pytest.mark.parametrize(
    ("descriptions", "gender"),
    [({"mother", "lawyer"}, "f"), ({"father"}, "m"), ({"mother", "father"}, None), (set(), None)],
)
def test_descriptions_tell_a_gender_where_they_agree(descriptions, gender):
    doc = Doc(spacy.blank("en").vocab, ["Kestrel", "spoke"])
    person = Actor("actor:kestrel", "Kestrel", "person", None, None, None, 0.9, "name")
    memory = Memory(doc, load_actors(), load_anaphora())
    memory.words[person.id] = descriptions

    memory.note(person, Mention(0, 1, 0, (0, 7), "name"), 0)

    assert memory.gender(person) == gender
