from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from sayso.reading.actors import ActorTagger

NAMED = [
    # countries by name, adjective, capital and seat of power
    ("Egypt rejected the proposal on Monday.", "Egypt", "actor:egypt"),
    ("Ministers held talks with Egypt on Monday.", "Egypt", "actor:egypt"),
    ("The rebels launched an attack on Chad.", "Chad", "actor:chad"),
    ("Norway's refusal surprised its partners.", "Norway", "actor:norway"),
    ("The treaty was signed by Peru and Chile.", "Chile", "actor:chile"),
    ("The U.S. condemned the attack.", "U.S.", "actor:united-states"),
    ("The UK has recalled its envoy.", "UK", "actor:united-kingdom"),
    ("Britain expelled two diplomats.", "Britain", "actor:united-kingdom"),
    ("Turkiye signed the accord with Iraq.", "Turkiye", "actor:turkey"),
    ("Ivory Coast closed its border.", "Ivory Coast", "actor:ivory-coast"),
    ("Moscow warned that it would respond.", "Moscow", "actor:russia"),
    ("Kyiv accused the separatists of lying.", "Kyiv", "actor:ukraine"),
    ("Kiev rejected the demands.", "Kiev", "actor:ukraine"),
    ("The minister met officials after talks with Beijing failed.", "Beijing", "actor:china"),
    ("Pyongyang denounced the exercises.", "Pyongyang", "actor:north-korea"),
    ("He called on Ankara to show restraint, and Ankara replied quickly.", "Ankara replied", "actor:turkey"),
    ("Sanctions were imposed by Washington last year.", "Washington", "actor:united-states"),
    ("Tehran's demands were rejected.", "Tehran", "actor:iran"),
    ("The White House declined to comment.", "White House", "actor:united-states"),
    ("Downing Street denied the report.", "Downing Street", "actor:united-kingdom"),
    ("According to the Kremlin, the talks went well.", "Kremlin", "actor:russia"),
    ("The Israeli raid killed two people.", "Israeli", "actor:israel"),
    ("Abkhazia declared a state of emergency.", "Abkhazia", "actor:abkhazia"),
    # bodies and groups
    ("The UN condemned the killings.", "UN", "actor:united-nations"),
    ("The U.N. Security Council met on Friday.", "Security Council", "actor:un-security-council"),
    ("The European Commission approved the aid.", "European Commission", "actor:european-commission"),
    ("Nato sent more troops to the east.", "Nato", "actor:nato"),
    ("The Brics agreed on a new bank.", "Brics", "actor:brics"),
    ("The WHO warned of an outbreak.", "WHO", "actor:world-health-organization"),
    ("Amnesty International accused the army of torture.", "Amnesty", "actor:amnesty-international"),
    ("Hamas fired rockets at the town.", "Hamas", "actor:hamas"),
    ("Hizbollah rejected the ceasefire.", "Hizbollah", "actor:hezbollah"),
    ("The Taleban captured the district.", "Taleban", "actor:taliban"),
    ("ISIS claimed responsibility for the bombing.", "ISIS", "actor:islamic-state"),
    ("Fighters of al-Qaida attacked the base, and al-Qaida praised them.", "al-Qaida praised", "actor:al-qaeda"),
    ("The PKK ended its truce.", "PKK", "actor:kurdistan-workers-party"),
    ("The Pentagon confirmed the strike.", "Pentagon", "actor:pentagon"),
    ("The State Department criticised the vote.", "State Department", "actor:state-department"),
    ("The Knesset passed the bill.", "Knesset", "actor:knesset"),
    ("Congress approved the aid for Ukraine.", "Congress", "actor:us-congress"),
    ("The Houthis fired on a ship.", "Houthis", "actor:houthis"),
    ("The Wagner Group recruited prisoners.", "Wagner Group", "actor:wagner-group"),
    # people
    ("Nelson Mandela was released from prison.", "Nelson Mandela", "actor:nelson-mandela"),
    ("Yulia Navalnaya criticised the visit.", "Yulia Navalnaya", "actor:yulia-navalnaya"),
    ("Volodymyr Zelenskyy asked for weapons.", "Zelenskyy", "actor:volodymyr-zelensky"),
    ("Nouri al-Maliki formed a government.", "al-Maliki", "actor:nuri-al-maliki"),
    ("Bashar Assad refused to resign.", "Bashar Assad", "actor:bashar-al-assad"),
    ("Defence minister Anna Kowalczyk resigned. Kowalczyk gave no reason.", "Kowalczyk gave", "actor:anna-kowalczyk"),
    ("Mr. Okonkwo denied the charges.", "Okonkwo", "actor:okonkwo"),
    ("Police spokesman John Mwangi said two men were held.", "John Mwangi", "actor:john-mwangi"),
    # described actors, by country and sector
    ("Russian troops entered the town.", "Russian troops", "actor:rus-mil"),
    ("A senior Iranian official denied it.", "Iranian official", "actor:irn-gov"),
    ("Kenyan police arrested three men.", "Kenyan police", "actor:ken-cop"),
    ("Israel's army shelled the camp.", "army", "actor:isr-mil"),
    ("The Ukrainian armed forces retreated.", "armed forces", "actor:ukr-mil"),
    ("Troops from Chad crossed the border.", "Troops", "actor:tcd-mil"),
    ("The government of Peru resigned.", "government", "actor:per-gov"),
    ("Rebels in Colombia freed a hostage.", "Rebels", "actor:col-reb"),
    ("The Belarusian interior ministry confirmed the arrests.", "interior ministry", "actor:blr-interior-ministry"),
    ("French farmers blocked the roads.", "French farmers", "actor:fra-agr"),
    ("Nigerian students protested in the capital.", "Nigerian students", "actor:nga-edu"),
    ("Colombian rebel fighters freed a hostage.", "fighters", "actor:col-reb"),
    ("The Egyptian opposition boycotted the vote.", "opposition", "actor:egy-opp"),
    ("Two former Chilean ministers were arrested.", "ministers", "actor:chl-eli"),
    ("Iraqi Kurds fled to the mountains.", "Iraqi Kurds", "actor:irq-cvl"),
    ("The Palestinians rejected the plan.", "Palestinians", "actor:pse-cvl"),
    ("The Bolivian parliament rejected the treaty.", "parliament", "actor:bol-leg"),
    ("A Spanish judge ordered his arrest.", "judge", "actor:esp-jud"),
    ("Afghan refugees crossed into Pakistan.", "Afghan refugees", "actor:afg-ref"),
    ("Greek workers went on strike.", "Greek workers", "actor:grc-lab"),
    ("UN peacekeepers came under fire.", "peacekeepers", "actor:united-nations-peacekeeper"),
    ("Protesters threw stones.", "Protesters", "actor:protesters"),
    ("Police fired tear gas.", "Police", "actor:police"),
    ("Gunmen killed a teacher.", "Gunmen", "actor:gunmen"),
]  # fmt: skip

DATED = [
    ("President Bush sent troops to the Gulf.", "1991-01-20", "Bush", "actor:george-h-w-bush"),
    ("President Bush defended the war.", "2005-03-01", "Bush", "actor:george-w-bush"),
    ("George Bush addressed the nation.", "1990-08-08", "George Bush", "actor:george-h-w-bush"),
    ("George Bush addressed the nation.", "2003-03-19", "George Bush", "actor:george-w-bush"),
    ("The Kremlin chief spoke at the summit.", "2024-10-25", "Kremlin chief", "actor:vladimir-putin"),
    ("The Kremlin chief spoke at the summit.", "2010-06-01", "Kremlin chief", "actor:dmitry-medvedev"),
    ("The Russian president refused to resign.", "1996-02-01", "president", "actor:boris-yeltsin"),
    ("The French president visited Mali.", "2013-02-02", "president", "actor:francois-hollande"),
    ("The French president visited Mali.", "1994-02-02", "president", "actor:francois-mitterrand"),
    ("The German chancellor rejected the plan.", "2011-10-10", "chancellor", "actor:angela-merkel"),
    ("The German chancellor rejected the plan.", "1995-10-10", "chancellor", "actor:helmut-kohl"),
    ("The UN secretary-general condemned it.", "1994-05-05", "secretary-general", "actor:boutros-boutros-ghali"),
    ("The UN secretary general condemned it.", "2024-05-05", "secretary general", "actor:antonio-guterres"),
    ("The EU foreign policy chief spoke.", "2024-10-25", "foreign policy chief", "actor:josep-borrell"),
    ("The EU foreign policy chief spoke.", "2012-10-25", "foreign policy chief", "actor:catherine-ashton"),
    ("The Israeli prime minister warned Iran.", "1993-09-14", "prime minister", "actor:yitzhak-rabin"),
    ("The Israeli prime minister warned Iran.", "2012-09-14", "prime minister", "actor:benjamin-netanyahu"),
    ("The British prime minister resigned.", "2016-07-01", "prime minister", "actor:david-cameron"),
    ("The president of Egypt flew to Rome.", "2009-01-01", "president", "actor:hosni-mubarak"),
    ("The Chinese leader met the envoys.", "2000-01-01", "leader", "actor:jiang-zemin"),
    ("The Chinese leader met the envoys.", "2020-01-01", "leader", "actor:xi-jinping"),
    ("The Iraqi leader defied the inspectors.", "1998-11-11", "leader", "actor:saddam-hussein"),
    ("Putin said the talks had failed.", "2003-03-03", "Putin", "actor:vladimir-putin"),
    ("Prime Minister Blair defended the decision.", "2003-03-03", "Blair", "actor:tony-blair"),
    ("The NATO chief urged calm.", "2022-03-03", "chief", "actor:jens-stoltenberg"),
    ("The NATO chief urged calm.", "1999-03-29", "chief", "actor:javier-solana"),
]  # fmt: skip

NOBODY = [
    ("The minister was born in Moscow.", "Moscow"),
    ("Two people died in Egypt.", "Egypt"),
    ("Rebels bombed Belgrade overnight.", "Belgrade"),
    ("She flew to Paris on Sunday.", "Paris"),
    ("He returned from Kenya last week.", "Kenya"),
    ("The group is based near Kabul.", "Kabul"),
    ("Jakarta is a crowded city.", "Jakarta"),
    ("Michael Jordan scored forty points.", "Jordan"),
    ("They ordered Turkish coffee.", "Turkish"),
    ("The capital of Peru is Lima.", "Peru"),
    ("She speaks French and German.", "German"),
    ("The snow fell on Russian soil.", "Russian"),
    ("It is up to us to decide.", "us"),
    ("Who is to blame?", "Who"),
    ("We may see rain in May.", "May"),
    ("The turkey was in the oven.", "turkey"),
    ("MOSCOW (Reuters) - Prices rose in October.", "MOSCOW"),
    ("The group's name is a mystery.", "group"),
    ("The police car was parked outside.", "police"),
    ("The embassy lies on the coast of Chile.", "Chile"),
    ("He lives in the White House.", "White House"),
    ("The Kremlin chief spoke.", "Kremlin"),
    ("Prices rose across Brazil.", "Brazil"),
    ("The convoy left for Tripoli at dawn.", "Tripoli"),
    ("The china was on the table.", "china"),
    ("The front moved south.", "front"),
    ("Streets in Tehran were quiet.", "Tehran"),
]  # fmt: skip

UNRESOLVED = [
    ("The president resigned.", None, "president"),
    ("The foreign minister spoke.", "2020-02-02", "minister"),
    ("A Russian president would say so.", "2020-02-02", "president"),
    ("Johnson said he saw the car.", "2004-02-02", "Johnson"),
    ("A former French president spoke.", "2020-02-02", "president"),
    ("The next British prime minister will decide.", "2015-02-02", "prime minister"),
    ("Li sold the house.", "2001-02-02", "Li"),
]  # fmt: skip


def overlapping(doc: Doc, phrase: str) -> set[str]:
    start = doc.text.index(phrase)
    end = start + len(phrase)
    spans = [(actor.id, m.chars) for actor in doc._.actors for m in actor.mentions]
    return {id_ for id_, (first, last) in spans if first < end and start < last}


@pytest.mark.parametrize(("text", "phrase", "expected"), NAMED)
def test_actor_is_found(read, text, phrase, expected):
    assert expected in overlapping(read(text, upto="sayso_actors", published=None), phrase)


@pytest.mark.parametrize(("text", "published", "phrase", "expected"), DATED)
def test_office_is_read_by_date(read, text, published, phrase, expected):
    assert expected in overlapping(read(text, upto="sayso_actors", published=published), phrase)


@pytest.mark.parametrize(("text", "phrase"), NOBODY)
def test_nobody_is_there(read, text, phrase):
    doc = read(text, upto="sayso_actors", published="2024-10-25")
    start = text.index(phrase)
    own = [a.id for a in doc._.actors for m in a.mentions if start <= m.chars[0] and m.chars[1] <= start + len(phrase)]
    assert own == []


@pytest.mark.parametrize(("text", "published", "phrase"), UNRESOLVED)
def test_known_person_is_not_guessed(read, text, published, phrase):
    doc = read(text, upto="sayso_actors", published=published)
    known = ActorTagger(spacy.blank("en")).knowledge.people
    assert overlapping(doc, phrase).isdisjoint(known)


@pytest.mark.parametrize(
    ("text", "head", "countries"),
    [
        ("US and Russian officials met in Geneva.", "officials", {"USA", "RUS"}),
        ("Troops from Chad and Niger crossed the river.", "Troops", {"TCD", "NER"}),
        ("Hungarian and Romanian ministers agreed.", "ministers", {"HUN", "ROU"}),
        ("Putin's spokesman denied the report.", "spokesman", {"RUS"}),
        ("A spokesman for the Kenyan police confirmed it.", "spokesman", {"KEN"}),
        ("Iranian-backed rebels seized the port.", "rebels", {None}),
        ("Pro-Russian separatists seized the port.", "separatists", {None}),
        ("Militants of the Pakistani Taliban attacked.", "Militants", {"PAK"}),
    ],
)
def test_countries_of_a_phrase(read, text, head, countries):
    doc = read(text, upto="sayso_actors", published="2015-05-05")
    token = next(token for token in doc if token.text == head)
    assert {actor.country for actor in token._.actors} == countries


@pytest.mark.parametrize(
    ("text", "name", "country", "sector"),
    [
        ("Nigerian junior foreign minister Dubem Oniya spoke.", "Dubem Oniya", "NGA", "GOV"),
        ("John Smith, a spokesman for the Kenyan police, denied it.", "John Smith", "KEN", "COP"),
        ("Kyrgyz opposition leader Aibek Sadykov was arrested.", "Aibek Sadykov", "KGZ", "OPP"),
        ("Polish journalist Ewa Nowak was freed.", "Ewa Nowak", "POL", "JRN"),
        ("Rebel commander Moses Banda surrendered in Uganda.", "Moses Banda", "UGA", "REB"),
    ],
)
def test_unknown_person_has_country_and_sector(read, text, name, country, sector):
    doc = read(text, upto="sayso_actors", published="2015-05-05")
    person = next(actor for actor in doc._.actors if actor.name == name)
    assert (person.kind, person.country, person.sector) == ("person", country, sector)


def test_capital_country_and_seat_are_one_actor(read):
    doc = read("Russia refused. Moscow warned Kyiv. The Kremlin denied it.", upto="sayso_actors")
    russia = next(actor for actor in doc._.actors if actor.id == "actor:russia")
    assert len(russia.mentions) == 3


def test_former_holder_is_counted_as_former(read):
    doc = read("Tony Blair gave evidence.", upto="sayso_actors", published="2018-05-28")
    assert (doc._.actors[0].sector, doc._.actors[0].office) == ("ELI", None)


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "!!! ???", "a" * 5000])
def test_odd_texts_have_no_actors(read, text):
    assert read(text, upto="sayso_actors")._.actors == []


def test_pretokenised_doc_without_parse():
    nlp = spacy.blank("en")
    doc = ActorTagger(nlp)(Doc(nlp.vocab, words=["Hamas", "and", "the", "U.N.", "met"]))
    assert "actor:hamas" in {actor.id for actor in doc._.actors}


def test_mentions_lie_in_the_text_and_are_in_order(read):
    text = "The 🇺🇳 UN met Angela Merkel.\r\nGermany’s Merkel spoke."
    doc = read(text, upto="sayso_actors", published="2015-01-01")
    for actor in doc._.actors:
        assert [m.chars for m in actor.mentions] == sorted(m.chars for m in actor.mentions)
        assert all(0 <= start < end <= len(text) for start, end in (m.chars for m in actor.mentions))


def test_candidate_is_not_yet_government(read):
    doc = read("Donald Trump won the primary. Trump thanked his voters.", upto="sayso_actors", published="2016-03-01")
    trump = next(actor for actor in doc._.actors if actor.id == "actor:donald-trump")
    assert (trump.sector, trump.office, len(trump.mentions)) == (None, None, 2)


def test_demonyms_are_coordinated_even_where_the_parser_parts_them(read):
    doc = read("Thai and Malaysian police arrested four smugglers on Friday.", upto="sayso_actors")
    assert {actor.country for actor in doc._.actors if actor.sector == "COP"} == {"THA", "MYS"}


def test_the_head_of_a_body_acts_for_no_country(read):
    doc = read("Kofi Annan spoke.", upto="sayso_actors", published="2003-03-01")
    assert (doc._.actors[0].country, doc._.actors[0].sector) == (None, "IGO")
    doc = read("Kofi Annan spoke.", upto="sayso_actors", published="2009-03-01")
    assert doc._.actors[0].country == "GHA"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("John F. Kerry arrived.", True),
        ("The investor Mark Cuban spoke.", False),
        ("Brian O'Neill spoke. O'Neill left.", False),
    ],
)
def test_names_are_read_whole(read, text, known):
    doc = read(text, upto="sayso_actors", published="2016-03-01")
    assert any(actor.country for actor in doc._.actors) == known


@pytest.mark.parametrize(
    ("text", "countries"),
    [("Franco-German leaders met Chinese officials.", {"DEU", "CHN"}), ("US-Russian officials met.", {"USA", "RUS"})],
)
def test_nationalities_behind_a_hyphen_are_read(read, text, countries):
    doc = read(text, upto="sayso_events")
    assert countries <= {actor.country for actor in doc._.actors}
