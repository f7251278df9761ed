"""Actors over several sentences: brackets mark the words that must, or must not, point to somebody."""

from __future__ import annotations

import time

import pytest
import spacy
from spacy.tokens import Doc

from sayso.reading.actors import ActorTagger
from sayso.reading.coreference import CoreferenceResolver

NLP = spacy.blank("en")
TAGGER, RESOLVER = ActorTagger(NLP), CoreferenceResolver(NLP)

WHO = [
    # Names whose family part comes first or is hyphened
    ("The Cubans met Foreign Minister Ri Su Yong. According to [Ri], the talks will go on.", "ri-su-yong"),
    ("Premier Pham Van Dong opened the hall. [Pham] thanked the workers.", "pham-van-dong"),
    ("Trade minister Choe Yong Nam resigned. Critics praised [Choe].", "choe-yong-nam"),
    ("Economist Kovacs Istvan objected. [Kovacs] wrote a letter.", "kovacs-istvan"),
    ("President [Moon Jae-in] opened the hall.", "moon-jae-in"),
    ("Unification Minister [Han Seo-yun] resigned.", "han-seo-yun"),
    ("[Ban Ki-moon] spoke in Geneva.", "ban-ki-moon"),
    # Surnames that the tagger may take for bodies
    ("Donald Trump left the hall. [Trump] complained again about the cost.", "donald-trump"),
    ("Donald Trump won the vote. Shinzo Abe spoke with [Trump] by telephone.", "donald-trump"),
    ("Mary Okafor founded the party. The court sided with [Okafor].", "mary-okafor"),
    ("Nicolas Maduro was sworn in. Pressure on [Maduro] grew.", "nicolas-maduro"),
    # Acronyms
    ("Officers joined the paramilitary Rapid Support Forces. The [RSF] took a bridge.", "rapid-support-forces"),
    ("The Movement for River Justice blocked the dam. The [MRJ] said it would stay.", "movement-for-river-justice"),
    ("The Popular Front of Azania (PFA) seized a town. The [PFA] gave no reason.", "popular-front-of-azania"),
    ("The National Election Board (NEB) met. The [NEB] postponed the vote.", "national-election-board"),
    ("The United Nations sent help. The [UN] asked for money.", "united-nations"),
    # Bodies are no persons
    ("Army chief Abdel Fattah al-Burhan arrived in Sudan. [The army] denied the report.", "sdn-mil"),
    ("Sudan's army attacked. Army chief Abdel Fattah al-Burhan spoke. [The army] denied it.", "sdn-mil"),
    ("Police chief Juan Perez resigned in Peru. [The police] arrested two men in Peru.", "per-cop"),
    ("Kenya sent troops to the border. Kenya had waited for months. [The government] gave no reason.", "ken-gov"),
    # Whoever spoke goes on speaking
    ("Russia struck the port of Odesa, the Ukrainian air force said. [It] said it had shot down drones.", "ukr-mil"),
    ("The United Nations said that Chad had closed the border. [It] said talks would follow.", "united-nations"),
    ("Joe Biden said that Vladimir Putin had lied. [He] said talks would follow.", "joe-biden"),
    ("Donald Trump told reporters that Kim Jong Un had left. “We could not do that,” [he] said.", "donald-trump"),
    ("Kenyan police said that rebels had fled. [They] said they had found weapons.", "ken-cop"),
    ("Angela Merkel said that Theresa May was late. “We will wait,” [she] added.", "angela-merkel"),
    ("“We are ready,” Egypt said. [It] added that Sudan had not replied.", "egypt"),
    ("A Kenyan police officer said the road was closed. [He] said rain had fallen.", "ken-cop"),
    # Titles with several holders
    ("Trump left. Trump spoke. A spokesman for President Moon Jae-in wept. [The president] fell.", "donald-trump"),
    ("President Joe Biden spoke. [The president] promised help.", "joe-biden"),
    # Two of a kind
    ("Donald Trump and Kim Jong Un broke off their summit. [The two leaders] flew home.", "donald-trump"),
    ("Donald Trump and Kim Jong Un met. Lu Kang left. Shinzo Abe left. [The two leaders] ate.", "kim-jong-un"),
    ("Talks between India and Pakistan failed. China urged [both sides] to go on.", "india"),
    ("Talks between India and Pakistan failed. China urged [both sides] to go on.", "pakistan"),
    ("The summit between Joe Biden and Xi Jinping ended. [The two presidents] shook hands.", "xi-jinping"),
    ("Chile and Peru signed the treaty. [The two governments] hailed it.", "chile"),
    # Coordinated and plain sources
    ("Many ships have left, according to the [United Nations].", "united-nations"),
    ("[A lawyer] for the miners, John Okafor, objected.", "john-okafor"),
    ("Joe Biden spoke. Trump was elected. The vote went on. [Trump] left.", "donald-trump"),
    ("The army of Chad attacked. [It] said nothing.", "tcd-mil"),
    # Offices
    ("[Vice Foreign Minister Choe Son Hui] spoke.", "choe-son-hui"),
]  # fmt: skip

WHO_NOT = [
    ("Officers joined the paramilitary Rapid Support Forces. The [RSF] took a bridge.", "reporters-without-borders"),
    ("Army chief Abdel Fattah al-Burhan spoke in Sudan. [The army] denied it.", "abdel-fattah-al-burhan"),
    ("Interior minister Ana Lopez resigned. [The ministry] gave no reason.", "ana-lopez"),
    ("Police chief Juan Perez resigned. [The police] gave no reason.", "juan-perez"),
    ("Russian troops only partially control the regions, although Russia annexed [them].", "rus-mil"),
    ("Russian troops attended the talks, and officials praised [them].", "rus-mil"),
    ("Kenyan police rejected the demands, but nobody had read [them].", "ken-cop"),
    ("Joe Biden met Emmanuel Macron. Lu Kang spoke. Theresa May spoke. [The two leaders] left.", "lu-kang"),
    ("Shinzo Abe spoke. Foreign Ministry spokesman Lu Kang spoke. [The two leaders] left.", "lu-kang"),
    ("China spoke. South Korea spoke. Chile met Peru. Brazil urged [both sides] to go on.", "brazil"),
    ("China urged [both sides] to continue. South Korea had hoped for more.", "china"),
    ("Vladimir Putin called Joe Biden. Ali Khan called John Smith. [He] laughed.", "vladimir-putin"),
    ("Emmanuel Macron met Vladimir Putin. Olaf Scholz met Joe Biden. [The president] laughed.", "joe-biden"),
    ("Two ships, the Aurora and the Boreas, sank. [The two sides] of the hull broke.", "aurora"),
    ("A Smith-led coalition won. [Smith-led] is a word.", "smith-led"),
    ("[A spokesman] for President Moon Jae-in wept.", "moon-jae-in"),
    ("Viktor Orban spoke. [The first African Hungarian] in parliament left.", "viktor-orban"),
    ("The court quoted [Brown] in a ruling on schools in Ohio.", "gordon-brown"),
    ("Donald Trump met Kim Jong Un. Russia fell silent. “[It] is our business,” Putin said.", "russia"),
    ("A South Korean official spoke. Two ships collided, where [they] had met before.", "kor-gov"),
    ("A Kenyan soldier fell. The mules brayed and [they] ran.", "ken-mil"),
    ("Hamas fired rockets. The strikes went on. [They] hit a school.", "hamas"),
]  # fmt: skip

OFFICES = [
    ("Vice Foreign Minister Choe Son Hui spoke.", "choe-son-hui", "vice foreign minister"),
    ("Deputy Prime Minister Anna Novak spoke.", "anna-novak", "deputy prime minister"),
    ("Foreign Minister Ri Chol Su spoke.", "ri-chol-su", "foreign minister"),
    ("Former defence minister Jan Kowal spoke.", "jan-kowal", None),
    ("Assistant police chief Juan Perez spoke.", "juan-perez", "assistant police chief"),
]  # fmt: skip

SPEAKERS = [
    ("Millions of tonnes have left the ports since then, according to the United Nations.", "united-nations"),
    ("The Ukrainian air force said Russia had struck the port. It said it had shot down drones.", "ukr-mil"),
    ("Donald Trump told reporters that Kim Jong Un had left. “We could not do that,” he said.", "donald-trump"),
    ("Sudan's army attacked the palace. The army said that it had won.", "sdn-mil"),
    ("Mohamed Hamdan Dagalo leads the Rapid Support Forces. The RSF said it had won.", "rapid-support-forces"),
    ("Mary Okafor and John Smith said the road was closed.", "mary-okafor"),
    ("The rebels said they had won. They said the army had fled.", "rebels"),
]  # fmt: skip

SECTORS = [
    ("Analysts said the talks could fail.", "analysts", "EDU"),
]  # fmt: skip

SPEAKERS_NOT = [
    ("John Okafor's niece, Ada Bello, said the house was sold.", "john-okafor"),
    ("Those close to Vladimir Putin said the plan was ready.", "vladimir-putin"),
    ("Angela Merkel's gardener said the roses were late.", "angela-merkel"),
    ("A statement said the road was closed.", "statement"),
]  # fmt: skip


def unmarked(marked: str) -> tuple[str, int, int]:
    """Return a text without its brackets, and the offsets between which they stood."""
    before, rest = marked.split("[")
    words, after = rest.split("]")
    return before + words + after, len(before), len(before) + len(words)


def pointed(doc: Doc, start: int, end: int) -> set[str]:
    mentions = [(actor.id, m.chars) for actor in doc._.actors for m in actor.mentions]
    return {id_.removeprefix("actor:") for id_, (a, b) in mentions if a < end and start < b}


@pytest.mark.parametrize(("marked", "expected"), WHO)
def test_who_is_meant(read, marked, expected):
    text, start, end = unmarked(marked)
    doc = read(text, upto="sayso_coreference", published="2018-06-05")
    assert expected in pointed(doc, start, end)


@pytest.mark.parametrize(("marked", "other"), WHO_NOT)
def test_who_is_not_meant(read, marked, other):
    text, start, end = unmarked(marked)
    doc = read(text, upto="sayso_coreference", published="2018-06-05")
    assert other not in pointed(doc, start, end)


@pytest.mark.parametrize(("text", "person", "office"), OFFICES)
def test_office_keeps_its_rank(read, text, person, office):
    doc = read(text, upto="sayso_coreference", published="2018-06-05")
    found = next(actor for actor in doc._.actors if actor.id == f"actor:{person}")
    assert found.office == office


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS)
def test_last_speaker(read, text, speaker):
    doc = read(text, upto="sayso_coreference", published="2018-06-05")
    assert doc._.statements[-1].speaker.id == f"actor:{speaker}"


@pytest.mark.parametrize(("text", "other"), SPEAKERS_NOT)
def test_somebody_else_speaks(read, text, other):
    doc = read(text, upto="sayso_coreference", published="2018-06-05")
    assert doc._.statements
    assert all(s.speaker is None or s.speaker.id != f"actor:{other}" for s in doc._.statements)


@pytest.mark.parametrize(("text", "name", "sector"), SECTORS)
def test_sector_of_a_noun(read, text, name, sector):
    doc = read(text, upto="sayso_coreference", published="2018-06-05")
    assert next(actor for actor in doc._.actors if actor.name.endswith(name)).sector == sector


@pytest.mark.parametrize(
    "words",
    [
        "Donald Trump and Kim met . The two leaders and both sides left . The president fell . ",
        "The Movement for River Justice ( MRJ ) met RSF and Rapid Support Forces . ",
        "Trump told Adams that he and they and President Baker and Baker left it . ",
    ],
)
def test_time_is_linear(words):
    def seconds(times: int) -> float:
        doc = Doc(NLP.vocab, words=(words * times).split())
        begin = time.process_time()
        RESOLVER(TAGGER(doc))
        return time.process_time() - begin

    seconds(100)
    assert seconds(4000) < 40 * max(seconds(400), 0.05)
