"""Events as running news tells them: no doer named, two words for one happening, and much that only looks so."""

from __future__ import annotations

import pytest
from spacy.language import Language

from sayso.reading.events import EventCoder

# text, word that names the event, type, words of the actor ("": none), words of the recipient ("": none)
CODED = [
    # violent deaths need no perpetrator where the text speaks of fighting
    ("At least 40 civilians were killed and 90 people were wounded in the shelling.", "killed", "ASSAULT", "", "civil"),
    ("At least 40 civilians were killed and 90 people were wounded in the shelling.", "wounded", "ASSAULT", "", "peop"),
    ("Rockets fell. A girl was wounded and her parents were killed.", "killed", "ASSAULT", "", "parents"),
    ("An attack on the railway bridge killed three people, the army said.", "killed", "ASSAULT", "", "people"),
    ("A drone attack on the market in Aden killed three people.", "killed", "ASSAULT", "", "people"),
    ("Nine children were killed as rebels advanced. The army withdrew.", "killed", "ASSAULT", "", "children"),
    # fighting that breaks out, strikes that are carried out, palaces that are seized
    ("Fighting broke out on Sunday between the army and the Janjaweed.", "Fighting", "ASSAULT", "army", "Janjaweed"),
    ("The Turkish air force carried out strikes on Kurdish bases.", "strikes", "ASSAULT", "Turkish", "Kurdish"),
    ("Rebels seized the presidential palace in Bangui.", "seized", "ASSAULT", "Rebels", "Bangui"),
    ("Two colonels from Guinea took power in a coup last May.", "took", "ASSAULT", "colonels", ""),
    # blockade and encirclement are restrictions
    ("About 300 Armenian soldiers were surrounded in the valley.", "surrounded", "COERCE", "", "Armenian soldiers"),
    ("Some 300 Armenian soldiers were blocked in the valley.", "blocked", "COERCE", "", "Armenian soldiers"),
    ("Serb forces besieged Sarajevo.", "besieged", "COERCE", "Serb forces", "Sarajevo"),
    ("The port was encircled by Russian troops.", "encircled", "COERCE", "Russian troops", ""),
    # deeds are condemned even if their doer is not named
    ("The White House condemned the withdrawal.", "condemned", "ACCUSE", "White House", ""),
    ("The Kenyan government condemned the violence.", "condemned", "ACCUSE", "Kenyan government", ""),
    ("Canada condemned the arrest of two editors by Belarus.", "condemned", "ACCUSE", "Canada", "Belarus"),
    # agreements and talks that end
    ("Russia pulled out of the agreement on Monday.", "pulled", "REJECT", "Russia", ""),
    ("The leaders of India and Pakistan broke off their talks on Friday.", "broke", "SANCTION", "leaders", "leaders"),
    # demands that hang on a participle
    ("Kyiv heard the demands expressed by Moscow for a withdrawal of the Ukrainian army.",
     "demands", "REQUEST", "Moscow", "Ukrainian army"),
    # nouns of movement and travel
    ("The deployment of North Korean troops was a danger.", "deployment", "MOBILIZE", "North Korean troops", ""),
    ("The Polish foreign minister spoke on a trip to Estonia.", "trip", "CONSULT", "minister", "Estonia"),
    ("More than ten heads of state travelled to Kenya.", "travelled", "CONSULT", "heads of state", "Kenya"),
    # datelines are no subjects
    ("ANKARA (Sample Wire) - Turkey expelled two Greek diplomats.", "expelled", "SANCTION", "Turkey", "Greek"),
    # a test is aimed at nobody
    ("North Korea launched a ballistic missile on Tuesday.", "launched", "THREATEN", "North Korea", ""),
    ("North Korea launched a missile at a Japanese ship.", "launched", "ASSAULT", "North Korea", "Japanese"),
]  # fmt: skip

NOT_CODED = [
    # accidents, disasters, crime, sport and weather
    ("Six people were killed when a lorry hit a bus.", "ASSAULT"),
    ("Six soldiers were killed in a crash on the highway.", "ASSAULT"),
    ("An explosion at a boiler factory killed six people.", "ASSAULT"),
    ("A man was killed in a burglary, the sheriff said.", "ASSAULT"),
    ("Two swimmers were wounded in a shark attack.", "ASSAULT"),
    ("The centre-forward was surrounded by three defenders.", "COERCE"),
    ("Doubts surround the Irish minister.", "COERCE"),
    # nobody did it, or nobody says who did
    ("Ukrainian officials did not claim responsibility for the attack.", "ASSAULT"),
    ("North Korea has launched no ballistic missile since March.", "ASSAULT"),
    # only thought of
    ("The French president sees sending Ukraine more tanks as an option.", "AID"),
    ("The demands expressed by Moscow for a withdrawal of the Ukrainian army were rejected.", "RETREAT"),
    ("The resolutions that it adopted were ignored by Syria.", "SUPPORT"),
    # forecasts are no threats
    ("German diplomats warned that the dam might burst.", "THREATEN"),
    # nobody is a party by what he is called
    ("The Swedish premier shook the hand of a murderer.", "CONSULT"),
    ("The Norwegian premier called the senator a liar.", "CONSULT"),
    ("The Welsh minister fought to push through the reform.", "ASSAULT"),
    ("The railwaymen of Ghent began a strike on Monday.", "ASSAULT"),
    ("A man from the party arrived in Congress in 1993. He arrived in Congress without a plan.", "AID"),
    ("The party has given 200 pounds in three weeks to the Scottish government.", "CONCEDE"),
    ("A Leeds builder assaulted a girl.", "ASSAULT"),
]  # fmt: skip


def _words(text, spans):
    return " ; ".join(text[start:end] for start, end in spans)


@pytest.mark.parametrize(("text", "word", "kind", "actor", "recipient"), CODED)
def test_what_news_reports(read, text, word, kind, actor, recipient):
    doc = read(text, published="2024-10-25")
    coded = [
        (doc[e.anchor].text, e.type, _words(text, e.actor_spans), _words(text, e.recipient_spans)) for e in doc._.events
    ]
    assert any(
        event[:2] == (word, kind)
        and (actor in event[2] if actor else not event[2])
        and (recipient in event[3] if recipient else not event[3])
        for event in coded
    ), coded


@pytest.mark.parametrize(("text", "kind"), NOT_CODED)
def test_what_only_looks_like_it(read, text, kind):
    assert kind not in {event.type for event in read(text, published="2024-10-25")._.events}


def test_the_dead_and_the_wounded_are_counted(read):
    doc = read("At least 40 civilians were killed and 90 people were wounded in the shelling.")
    assert [(q.kind, q.low) for e in doc._.events for q in e.quantities] == [("killed", 40), ("wounded", 90)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A Kurdish officer was killed in an attack on a convoy.", "ASSAULT"),
        ("A mortar attack on the village killed a Kurdish officer.", "ASSAULT"),
        ("Russia waged a war of aggression against Ukraine.", "ASSAULT"),
    ],
)
def test_one_happening_with_two_names_is_one_event(read, text, kind):
    doc = read(text)
    assert [e.type for e in doc._.events] == [kind]


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Russia waged a war of aggression against Ukraine.", None),
        ("Iraqi forces invaded Kuwait.", None),
        ("The Syrian army is liquidating a rebel group.", None),
        ("The Syrian army shelled a rebel group.", "heavy-weapons"),
    ],
)
def test_heavy_weapons_are_coded_only_where_named(read, text, mode):
    assert {e.mode for e in read(text)._.events if e.type == "ASSAULT"} == {mode}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Pyongyang offered to dismantle the reactor at Yongbyon in North Korea.", "AGREE"),
        ("North Korea demanded an end to the sanctions at Yongbyon in North Korea.", "REQUEST"),
    ],
)
def test_nobody_asks_or_promises_of_himself(read, text, kind):
    assert [e.recipients for e in read(text)._.events if e.type == kind] == [[]]


def test_what_a_warning_follows_is_not_warned(read):
    events = read("Canada warned of an escalation after reports about North Korean soldiers.")._.events
    assert [(e.type, e.recipient_spans) for e in events if e.type == "THREATEN"] == [("THREATEN", [])]


def test_a_time_since_which_nothing_happened_dates_nothing(read):
    events = read("North Korea has tested no ballistic missile since November 2017.")._.events
    assert [e.date for e in events] == [None]


def test_a_doubtful_statement_vouches_for_nothing(read):
    doc = read("Iran attacked Iraq, the minister said.", upto="sayso_factuality")
    for statement in doc._.statements:
        statement.confidence = 0.4
    events = EventCoder(Language(doc.vocab), None)(doc)._.events
    assert [e.statement for e in events if e.type == "ASSAULT"] == [None]


def test_a_confident_statement_vouches(read):
    events = read("Iran attacked Iraq, the minister said.")._.events
    assert [e.statement is not None for e in events if e.type == "ASSAULT"] == [True]
