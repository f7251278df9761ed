"""Places: what is one, what only looks like one, which one is meant, and where a predicate happened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from sayso.reading.annotations import Toponym
from sayso.reading.pipeline import base_pipeline
from sayso.reading.places import PlaceTagger, event_place

Read = Callable[..., Doc]


def toponyms(read: Read, text: str, **metadata: str) -> dict[str, Toponym]:
    doc = read(text, upto="sayso_places", **metadata)
    return {toponym.name: toponym for toponym in reversed(doc._.toponyms)}


def country(toponym: Toponym) -> str | None:
    return toponym.place.country if toponym.place else None


# Name=country as the text goes; "_" for a space, "-" for no country (seas), ":" before the region.
WORLD = [
    ("Putin said in Kazan that the Kursk region was quiet.", "Kazan=RUS Kursk=RUS"),
    ("Kyiv, Ukraine (Reuters) - Rockets hit the city of Kharkiv on Monday.", "Kyiv=UKR Ukraine=UKR Kharkiv=UKR"),
    (
        "Health officials in Guinea, Liberia and Sierra Leone reported 45 new cases of Ebola.",
        "Guinea=GIN Liberia=LBR Sierra_Leone=SLE",
    ),
    ("The outbreak began in Wuhan, in China's Hubei province.", "Wuhan=CHN China=CHN Hubei=CHN"),
    ("Cholera has spread from Hodeidah to Aden and Taiz in Yemen.", "Hodeidah=YEM Aden=YEM Taiz=YEM Yemen=YEM"),
    ("Protesters marched through Paris and Lyon on Saturday.", "Paris=FRA Lyon=FRA"),
    ("He grew up in Paris, Texas, and moved to Dallas.", "Paris=USA Texas=USA Dallas=USA"),
    ("A man from Alexandria, La., was arrested in Rapides Parish.", "Alexandria=USA La.=USA Rapides=USA"),
    ("The ferry sank off Alexandria, Egypt, the navy said.", "Alexandria=EGY Egypt=EGY"),
    (
        "Georgia and Russia fought a war over South Ossetia in 2008; Tbilisi fell silent.",
        "Georgia=GEO Russia=RUS South_Ossetia=GEO",
    ),
    (
        "Voters in Georgia and Florida went to the polls; Atlanta reported long lines.",
        "Georgia=USA Florida=USA Atlanta=USA",
    ),
    ("Fighting continued in Darfur and in Khartoum, Sudan.", "Darfur=SDN Khartoum=SDN Sudan=SDN"),
    ("The Mers virus was found in Riyadh and Jeddah in Saudi Arabia.", "Riyadh=SAU Jeddah=SAU Saudi_Arabia=SAU"),
    ("Zika cases rose in Recife, Brazil, and in Puerto Rico.", "Recife=BRA Brazil=BRA Puerto_Rico=PRI"),
    ("The plague hit Madagascar's capital Antananarivo.", "Madagascar=MDG Antananarivo=MDG"),
    ("An earthquake struck near Christchurch, New Zealand.", "Christchurch=NZL New_Zealand=NZL"),
    ("Talks between North Korea and South Korea were held at Panmunjom.", "North_Korea=PRK South_Korea=KOR"),
    ("Bird flu was confirmed on a farm in Suffolk, England.", "Suffolk=GBR England=GBR"),
    ("Officials in Lagos and Abuja said Nigeria would respond.", "Lagos=NGA Abuja=NGA Nigeria=NGA"),
    ("Polio returned to Kandahar and Helmand in Afghanistan.", "Kandahar=AFG Helmand=AFG Afghanistan=AFG"),
    ("A bomb exploded in Peshawar, Pakistan, near the Afghan border.", "Peshawar=PAK Pakistan=PAK"),
    ("Floods hit Punjab and Sindh in Pakistan.", "Punjab=PAK Sindh=PAK Pakistan=PAK"),
    ("Farmers from Punjab and Haryana marched on New Delhi.", "Punjab=IND Haryana=IND New_Delhi=IND"),
    ("Ships cross the Black Sea to Odesa.", "Black_Sea=- Odesa=UKR"),
    ("Houthi fighters attacked a tanker in the Red Sea.", "Red_Sea=-"),
    ("The convoy crossed the Dnieper near Kherson.", "Dnieper=UKR Kherson=UKR"),
    (
        "Russia annexed the regions of Kherson, Donetsk, Luhansk and Zaporizhzhia.",
        "Russia=RUS Kherson=UKR Donetsk=UKR Luhansk=UKR Zaporizhzhia=UKR",
    ),
    ("The Black Sea peninsula of Crimea was annexed in 2014.", "Crimea=UKR Black_Sea=-"),
    ("Israeli troops entered Rafah in the Gaza Strip.", "Rafah=PSE Gaza_Strip=PSE"),
    ("Rockets were fired from Lebanon at Haifa.", "Lebanon=LBN Haifa=ISR"),
    ("President Joe Biden spoke in Washington, D.C.", "Washington=USA"),
    ("Biden returned to Washington from Brussels.", "Washington=USA:District_of_Columbia Brussels=BEL"),
    ("The governor of Washington state spoke in Olympia.", "Washington=USA:Washington Olympia=USA"),
    ("The fire spread across New South Wales to Sydney, Australia.", "New_South_Wales=AUS Sydney=AUS Australia=AUS"),
    ("Prosecutors in Istanbul and Ankara, Turkey, ordered arrests.", "Istanbul=TUR Ankara=TUR Turkey=TUR"),
    ("Rohingya fled Rakhine state for Cox's Bazar in Bangladesh.", "Rakhine=MMR Bangladesh=BGD"),
    ("Soldiers seized power in Bamako, Mali, and Niamey, Niger.", "Bamako=MLI Mali=MLI Niamey=NER Niger=NER"),
    ("Rebels took Goma in eastern Congo.", "Goma=COD Congo=COD"),
    (
        "Ebola struck Beni in North Kivu, Democratic Republic of Congo.",
        "Beni=COD North_Kivu=COD Democratic_Republic_of_Congo=COD",
    ),
    ("Tsunami warnings were issued for Honshu and Hokkaido, Japan.", "Honshu=JPN Hokkaido=JPN Japan=JPN"),
    ("The court sits in The Hague.", "Hague=NLD"),
    ("Troops massed in Belgorod and Bryansk.", "Belgorod=RUS Bryansk=RUS"),
    ("Catalonia's parliament in Barcelona declared independence from Spain.", "Catalonia=ESP Barcelona=ESP Spain=ESP"),
    ("Migrants landed on Lampedusa, Italy, and on Lesbos, Greece.", "Lampedusa=ITA Italy=ITA Lesbos=GRC Greece=GRC"),
    ("A landslide killed 40 people in Freetown.", "Freetown=SLE"),
    ("The tornado hit Moore, Oklahoma, and Joplin, Mo.", "Moore=USA Oklahoma=USA Joplin=USA Mo.=USA"),
    ("He was born in Birmingham, Alabama.", "Birmingham=USA Alabama=USA"),
    ("Police in Birmingham and Manchester, England, made arrests.", "Birmingham=GBR Manchester=GBR England=GBR"),
    ("Cambridge, Massachusetts, and Boston were under curfew.", "Cambridge=USA Massachusetts=USA Boston=USA"),
    ("Doctors in Santiago, Chile, went on strike.", "Santiago=CHL Chile=CHL"),
    ("Gunmen killed 12 people in Culiacan, Sinaloa, Mexico.", "Culiacan=MEX Sinaloa=MEX Mexico=MEX"),
    ("The tanker was seized in the Strait of Hormuz.", "Strait_of_Hormuz=-"),
    ("Talks in Geneva, Vienna and Oslo failed.", "Geneva=CHE Vienna=AUT Oslo=NOR"),
    ("KHARTOUM, Sudan (AP) — Fighting raged on Sunday.", "KHARTOUM=SDN Sudan=SDN"),
    ("MOSCOW, Oct 24 (Reuters) - Russia will respond.", "MOSCOW=RUS Russia=RUS"),
    ("Fighting reached Mosul, Tikrit and Ramadi in Iraq.", "Mosul=IRQ Tikrit=IRQ Ramadi=IRQ Iraq=IRQ"),
    ("Shelling killed five in Idlib and Aleppo.", "Idlib=SYR Aleppo=SYR"),
    ("The USA and the UK imposed sanctions on Iran.", "USA=USA UK=GBR Iran=IRN"),
    ("U.S. troops left Bagram.", "U.S.=USA Bagram=AFG"),
    ("In Port-au-Prince, Haiti, gangs blocked roads.", "Port-au-Prince=HTI Haiti=HTI"),
    ("A Tokyo-based company opened a plant in Hanoi.", "Tokyo=JPN Hanoi=VNM"),
    ("Clashes broke out in downtown Nairobi and in Kisumu, Kenya.", "Nairobi=KEN Kisumu=KEN Kenya=KEN"),
    ("Dengue fever spread in Sao Paulo and Rio de Janeiro.", "Sao_Paulo=BRA Rio_de_Janeiro=BRA"),
    ("The plant at Chernobyl lies north of Kiev.", "Chernobyl=UKR Kiev=UKR"),
    ("Vaccines were flown to Monrovia, the Liberian capital.", "Monrovia=LBR"),
    ("Leaders met in Nice, France.", "Nice=FRA France=FRA"),
    ("He lives in Reading, England.", "Reading=GBR England=GBR"),
    ("The storm hit Mobile, Alabama.", "Mobile=USA Alabama=USA"),
    ("Ukrainian forces withdrew from Bakhmut and Avdiivka in the Donbas.", "Bakhmut=UKR Avdiivka=UKR Donbas=UKR"),
    ("Russian forces shelled Kherson overnight.", "Kherson=UKR"),
    ("Armenia and Azerbaijan clashed over Nagorno-Karabakh.", "Armenia=ARM Azerbaijan=AZE Nagorno-Karabakh=AZE"),
    ("Guangdong and Zhejiang in China reported H7N9 cases.", "Guangdong=CHN Zhejiang=CHN China=CHN"),
    ("Hong Kong and Macau closed schools.", "Hong_Kong=HKG Macau=MAC"),
    ("The rebels hold Benghazi and Misrata; Tripoli is quiet.", "Benghazi=LBY Misrata=LBY Tripoli=LBY"),
    ("Sunni gunmen in Tripoli, Lebanon, fired at soldiers.", "Tripoli=LBN Lebanon=LBN"),
    ("The bishop travelled from Valencia, Spain, to Valencia, Venezuela.", "Spain=ESP Venezuela=VEN"),
    ("Measles spread in Samoa, Tonga and Fiji.", "Samoa=WSM Tonga=TON Fiji=FJI"),
    ("A train derailed near Hyderabad in the Indian state of Telangana.", "Hyderabad=IND Telangana=IND"),
    ("Protests erupted in Hyderabad and Karachi in Sindh.", "Hyderabad=PAK Karachi=PAK Sindh=PAK"),
    ("Police searched houses in Cologne and Düsseldorf, Germany.", "Cologne=DEU Düsseldorf=DEU Germany=DEU"),
    ("The Munich prosecutor and the Bavarian interior minister met in Nuremberg.", "Munich=DEU Nuremberg=DEU"),
]


@pytest.mark.parametrize(("text", "expected"), WORLD)
def test_names_resolve_to_their_country(read: Read, text: str, expected: str) -> None:
    found = toponyms(read, text)
    for item in expected.split():
        name, land = item.replace("_", " ").split("=")
        land, _, region = land.partition(":")
        toponym = next((t for key, t in found.items() if key == name or key.startswith(name + " ")), None)
        assert toponym is not None, f"{name} is missing among {list(found)}"
        assert toponym.place is not None
        assert toponym.place.country == (None if land == "-" else land)
        assert not region or toponym.place.admin1 == region


NO_PLACES = [
    ("Paris Hilton arrived with Jack London's novel.", ["Paris", "London"]),
    ("Michael Jordan said he would return. Jordan said it was time.", ["Jordan"]),
    ("Columbia University and Oxford University Press agreed.", ["Columbia", "Oxford"]),
    ("The New York Times reported the story.", ["New York"]),
    ("The Bank of England raised rates.", ["England"]),
    ("The Houston Rockets beat the Chicago Bulls.", ["Houston", "Chicago"]),
    ("French and Ukrainian officials met Polish diplomats.", ["French", "Ukrainian", "Polish"]),
    ("In March and May, Nice people like Reading books.", ["March", "May", "Reading"]),
    ("Hope is not lost, said President Abraham Lincoln.", ["Hope", "Lincoln"]),
    ("Senator Elizabeth Warren and Gen. George Washington disagreed.", ["Warren", "Washington"]),
    ("The crash happened on Washington Street near Lincoln Avenue.", ["Washington", "Lincoln"]),
    ("Madison Keys won the match; Keys was delighted.", ["Madison", "Keys"]),
    ("Denzel Washington and Brooklyn Beckham attended.", ["Washington", "Brooklyn"]),
    ("Hillary Clinton criticized Mr. Clinton's critics.", ["Clinton"]),
    ("Boris Johnson and Jeremy Hunt spoke. Hunt resigned.", ["Hunt", "Johnson"]),
    ("Manchester United drew with Liverpool FC.", ["Manchester", "Liverpool"]),
    ("Scott Morrison and Austin Reed left; Reed wept.", ["Austin", "Reed", "Scott"]),
    ("The Boston Globe and the Chicago Tribune folded.", ["Boston", "Chicago"]),
    ("Roman emperors wore Purple robes of the Best kind.", ["Roman", "Best"]),
    ("Police said the Driver fled. Police are looking for him.", ["Police"]),
    ("Mr. Sydney Carton and Ms. Chelsea Manning testified.", ["Sydney", "Chelsea"]),
    ("The Warsaw Pact and the Geneva Convention are history.", ["Warsaw", "Geneva"]),
    ("On Sunday, Christian leaders met Jews at Easter.", ["Sunday", "Christian", "Easter"]),
    ("The University of Kansas published a study.", ["Kansas"]),
    ("Dr. Virginia Wolfe treated Israel Keyes and Georgia Brown.", ["Virginia", "Israel", "Georgia"]),
    ("Of course, As expected, But nobody came. Man is mortal.", ["Of", "As", "But", "Man"]),
    ("President Gerald Ford drove a Lincoln Continental.", ["Ford"]),
    ("Tim Cook and Bill Gates praised Apple.", ["Cook", "Gates"]),
    ("She reads The Guardian and the Washington Post.", ["Washington", "Guardian"]),
    ("Orlando Bloom and Dakota Fanning star in the film.", ["Orlando", "Dakota"]),
]


@pytest.mark.parametrize(("text", "names"), NO_PLACES)
def test_what_is_not_a_place(read: Read, text: str, names: list[str]) -> None:
    found = toponyms(read, text)
    assert not [name for name in found if name in names]


@pytest.mark.parametrize(
    "people", ["French", "Ukrainian", "Polish", "Afghan", "Israeli", "Bavarian", "Indian", "Roman", "Thai"]
)
def test_peoples_are_not_places(read: Read, people: str) -> None:
    assert not toponyms(read, f"The {people} minister met {people} officials.")


@pytest.mark.parametrize(
    ("text", "name", "admin1"),
    [
        ("Two men were arrested in Paris, Tex.", "Paris", "Texas"),
        ("He was born in Springfield, Ill., in 1950.", "Springfield", "Illinois"),
        ("She moved to Portland, Maine, last year.", "Portland", "Maine"),
        ("She moved to Portland, Ore., last year.", "Portland", "Oregon"),
        ("The factory in Columbus, Ga., closed.", "Columbus", "Georgia"),
        ("A fire destroyed homes in London, Ontario.", "London", "Ontario"),
        ("The trial opened in Rochester, Minnesota.", "Rochester", "Minnesota"),
        ("The trial opened in Rochester, N.Y.", "Rochester", "New York"),
        ("A school in Newcastle, New South Wales, was shut.", "Newcastle", "New South Wales"),
    ],
)
def test_the_region_after_a_comma_decides(read: Read, text: str, name: str, admin1: str) -> None:
    toponym = toponyms(read, text)[name]
    assert toponym.place is not None
    assert toponym.place.admin1 == admin1
    assert toponym.rule == "container"


@pytest.mark.parametrize(
    ("text", "name", "admin1"),
    [
        ("Lamar County deputies and crews from Blossom fought a fire in Paris. Texas sent help.", "Paris", "Texas"),
        ("The Licking County sheriff spoke in Newark. Heath and Granville, Ohio, lost power too.", "Newark", "Ohio"),
        ("Protests spread from Caracas and Maracaibo to Valencia, Venezuelan officials said.", "Valencia", "Carabobo"),
        ("Trains from Madrid and Alicante to Valencia were late, said the Spanish railways.", "Valencia", "Valencia"),
    ],
)  # fmt: skip
def test_places_are_near_one_another(read: Read, text: str, name: str, admin1: str) -> None:
    toponym = toponyms(read, text)[name]
    assert toponym.place is not None
    assert toponym.place.admin1 == admin1


def test_a_name_has_one_sense_in_a_document(read: Read) -> None:
    doc = read(
        "A court in Alexandria, Louisiana, met. In Alexandria, he lost. He left Alexandria.", upto="sayso_places"
    )
    ids = {t.place.id for t in doc._.toponyms if t.name == "Alexandria" and t.place}
    assert ids == {"geonames:4314550"}


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("They withdrew from the Kursk region.", "ADM1"),
        ("Fighting went on in the border region of Kursk.", "ADM1"),
        ("Trains run from Kursk to the capital.", "PPL"),
    ],
)
def test_the_region_and_its_city(read: Read, text: str, feature: str) -> None:
    place = toponyms(read, text)["Kursk"].place
    assert place is not None
    assert (place.country, place.feature) == ("RUS", feature)


def test_an_unknown_town_has_its_state_and_no_coordinates(read: Read) -> None:
    toponym = toponyms(read, "He lives in Smallville, Texas, with a dog.")["Smallville"]
    assert toponym.place is not None
    assert (toponym.place.id, toponym.place.country, toponym.place.admin1) == (None, "USA", "Texas")
    assert toponym.place.lat is None


def test_an_unknown_river_is_a_mention_without_a_place(read: Read) -> None:
    assert toponyms(read, "They camped near the Wobble River in the rain.")["Wobble River"].place is None


def test_a_capital_that_speaks_is_marked(read: Read) -> None:
    found = toponyms(read, "Moscow denied the report. Troops paraded in Minsk.")
    assert found["Moscow"].rule.endswith("+metonym")
    assert not found["Minsk"].rule.endswith("+metonym")


def test_the_publisher_is_at_home(read: Read) -> None:
    text = "Police closed a road in Springfield on Sunday."
    assert country(toponyms(read, text, publisher="The Chicago Tribune")["Springfield"]) == "USA"
    place = toponyms(read, text, publisher="The Chicago Tribune")["Springfield"].place
    assert place is not None
    assert place.admin1 == "Illinois"


@pytest.mark.parametrize("text", ["", " ", "\n\n \n", "the quick brown fox", "1234 !!", "A" * 5000])
def test_texts_without_places(read: Read, text: str) -> None:
    assert read(text, upto="sayso_places")._.toponyms == []


def test_a_doc_of_words_alone() -> None:
    doc = PlaceTagger(base_pipeline())(Doc(Vocab(), words=["Flooding", "in", "Jakarta", "worsened"]))
    assert [(t.name, t.start, t.end) for t in doc._.toponyms] == [("Jakarta", 2, 3)]


def test_spans_count_code_points(read: Read) -> None:
    text = "😀 Fighting raged in Kharkiv."
    assert [text[slice(*t.chars)] for t in read(text, upto="sayso_places")._.toponyms] == ["Kharkiv"]


def test_confidence_is_never_certain(read: Read) -> None:
    doc = read("Talks in Geneva, Springfield and Kazan went on.", upto="sayso_places")
    assert all(0 < t.confidence < 1 for t in doc._.toponyms)


def test_a_user_adds_places(tmp_path: Path) -> None:
    (tmp_path / "places.yaml").write_text(
        "places: [{name: Camp Zwiebel, lat: 33.3, lon: 44.2, country: IRQ, aliases: [Zwiebel Base]}]"
    )
    nlp = base_pipeline()
    doc = PlaceTagger(nlp, str(tmp_path))(nlp("A rocket struck near Camp Zwiebel. Nobody at Zwiebel Base was hurt."))
    assert [(t.name, country(t)) for t in doc._.toponyms] == [("Camp Zwiebel", "IRQ"), ("Zwiebel Base", "IRQ")]


WHERE = [
    (
        "The minister said at a press conference of the summit in the city of Kazan that they would talk.",
        "said",
        "Kazan",
    ),
    ("Soldiers have been surrounded in the western border region of Kursk.", "surrounded", "Kursk"),
    ("“About 2,000 soldiers were blocked in the Kursk region,” he said.", "blocked", "Kursk"),
    ("In Kyiv, thousands of people protested against the government.", "protested", "Kyiv"),
    ("Rebels attacked a village in Darfur, killing 20 people.", "attacked", "Darfur"),
    ("Rebels attacked a village in Darfur, killing 20 people.", "killing", "Darfur"),
    ("The president of France met the chancellor in Berlin.", "met", "Berlin"),
    ("Russian forces shelled Kherson overnight.", "shelled", "Kherson"),
    ("The invasion of Ukraine began in 2022.", "invasion", "Ukraine"),
    ("He condemned the attack in Kyiv.", "attack", "Kyiv"),
    ("Police arrested dozens of demonstrators in Minsk, the capital of Belarus.", "arrested", "Minsk"),
    ("The protest took place in Paris on Sunday.", "protest", "Paris"),
    ("Ministers met at the summit in Kazan.", "met", "Kazan"),
    ("Leaders gathered in Geneva, Switzerland, and signed a deal.", "signed", "Geneva"),
    ("The Kazan summit ended on Thursday.", "summit", "Kazan"),
    ("Ukrainian troops withdrew from Bakhmut.", "withdrew", "Bakhmut"),
    ("Israel bombed a hospital in the northern Gaza Strip.", "bombed", "Gaza Strip"),
    ("Gunmen killed 12 people in Culiacan, Mexico.", "killed", "Culiacan"),
]


@pytest.mark.parametrize(("text", "predicate", "place"), WHERE)
def test_where_it_happened(read: Read, text: str, predicate: str, place: str) -> None:
    doc = read(text, upto="sayso_places")
    found = event_place(doc, next(token.i for token in doc if token.text == predicate))
    assert found is not None
    assert found.name == place


NOWHERE = [
    ("Moscow said it would strike back.", "said"),
    ("The president spoke about the war in Ukraine.", "spoke"),
    ("He condemned the attack in Kyiv.", "condemned"),
    ("The United States criticised Moscow.", "criticised"),
    ("He said in Kazan that troops had attacked.", "attacked"),
    ("The Bank of England raised rates.", "raised"),
    ("The president of France resigned.", "resigned"),
    ("Russia's army attacked on Sunday.", "attacked"),
    ("They met on Sunday.", "met"),
]


@pytest.mark.parametrize(("text", "predicate"), NOWHERE)
def test_where_the_sentence_does_not_say(read: Read, text: str, predicate: str) -> None:
    doc = read(text, upto="sayso_places")
    assert event_place(doc, next(token.i for token in doc if token.text == predicate)) is None
