from __future__ import annotations

import math

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from sayso.reading.annotations import Event, Factuality
from sayso.reading.event_confidence import Confidence

# sentence, type, mode (None: any), words of the actor, words of the recipient
CODED = [
    # voice, by-phrases, relative clauses, participles
    ("Rebels shelled the Congolese army near Goma.", "ASSAULT", "heavy-weapons", "Rebels", "Congolese army"),
    ("The Congolese army was shelled by rebels near Goma.", "ASSAULT", "heavy-weapons", "rebels", "Congolese army"),
    ("The rebels who shelled Congolese troops fled.", "ASSAULT", "heavy-weapons", "rebels", "Congolese troops"),
    ("Congolese troops, shelled by rebels, fled.", "ASSAULT", "heavy-weapons", "rebels", "Congolese troops"),
    ("Rebels advanced overnight, killing two Congolese soldiers.", "ASSAULT", None, "Rebels", "Congolese soldiers"),
    ("Police detained the journalist whom Minsk had accused.", "COERCE", "arrest", "Police", "journalist"),
    ("Belarus, which expelled two Polish diplomats, closed a consulate.", "SANCTION", "expel", "Belarus", "Polish"),
    ("Two Polish diplomats expelled by Belarus went home.", "SANCTION", "expel", "Belarus", "Polish diplomats"),
    # event nouns and light verbs
    ("Russia's annexation of Crimea was never recognised.", "ASSAULT", None, "Russia", "Crimea"),
    ("Turkish air strikes on Syria went on for a week.", "ASSAULT", "aerial", "Turkish", "Syria"),
    ("Saudi Arabia launched air strikes against the Houthis.", "ASSAULT", "aerial", "Saudi Arabia", "Houthis"),
    ("The arrest of two Georgian ministers by the police caused alarm.", "COERCE", "arrest", "police", "Georgian"),
    ("Talks between India and Pakistan resumed.", "CONSULT", None, "India", "Pakistan"),
    ("The president paid a visit to Ghana after Kenya's president had left.", "CONSULT", "visit", "president", "Ghana"),
    ("The withdrawal of French troops from Mali began.", "RETREAT", "withdraw", "French troops", "Mali"),
    ("Iran faces sanctions from the European Union.", "SANCTION", None, "European Union", "Iran"),
    ("Canada announced the suspension of aid to Niger.", "SANCTION", None, "Canada", "Niger"),
    # what is agreed, promised, planned or offered is AGREE
    ("Sweden will send tanks to Ukraine.", "AGREE", None, "Sweden", "Ukraine"),
    ("Sweden said it would send tanks to Ukraine.", "AGREE", None, "Sweden", "Ukraine"),
    ("Sweden agreed to send tanks to Ukraine.", "AGREE", None, "Sweden", "Ukraine"),
    ("Sweden promised to send tanks to Ukraine.", "AGREE", None, "Sweden", "Ukraine"),
    ("Sweden is ready to send tanks to Ukraine.", "AGREE", None, "Sweden", "Ukraine"),
    ("Sweden plans to send tanks to Ukraine.", "AGREE", None, "Sweden", "Ukraine"),
    ("Sweden offered to send tanks to Ukraine.", "AGREE", None, "Sweden", "Ukraine"),
    ("Sweden sent tanks to Ukraine.", "AID", None, "Sweden", "Ukraine"),
    ("The Mexican president will visit Cuba in May.", "AGREE", None, "Mexican president", "Cuba"),
    ("The Mexican president visited Cuba in May.", "CONSULT", "visit", "Mexican president", "Cuba"),
    ("The rebels agreed to release three Chinese engineers.", "AGREE", None, "rebels", "Chinese engineers"),
    # what is refused is REJECT
    ("Sweden refused to send tanks to Ukraine.", "REJECT", "assist", "Sweden", "Ukraine"),
    ("Sweden said it would not send tanks to Ukraine.", "REJECT", "assist", "Sweden", "Ukraine"),
    ("Israel rejected an American demand to lift the blockade.", "REJECT", None, "Israel", "American"),
    ("The Serbian president refused to meet Kosovo's premier.", "REJECT", "meet", "Serbian president", "Kosovo"),
    ("The junta refused to release the Burmese opposition leader.", "REJECT", "yield", "junta", "opposition leader"),
    ("China vetoed a resolution drafted by Britain.", "REJECT", None, "China", "Britain"),
    # what is demanded is REQUEST
    ("Estonia demanded that Russia withdraw its troops.", "REQUEST", "yield", "Estonia", "Russia"),
    ("Estonia urged Russia to release the officer.", "REQUEST", "yield", "Estonia", "Russia"),
    ("Estonia called on Germany to send tanks.", "REQUEST", None, "Estonia", "Germany"),
    ("Estonia said Russia must withdraw its troops.", "REQUEST", "yield", "Estonia", "Russia"),
    ("A Chilean judge ordered the former dictator to appear in court.", "REQUEST", None, "Chilean judge", "dictator"),
    # what is threatened is THREATEN
    ("Iran threatened to attack Israel.", "THREATEN", "violence", "Iran", "Israel"),
    ("Iran said it would attack Israel.", "THREATEN", "violence", "Iran", "Israel"),
    ("Hungary threatened to expel the Ukrainian ambassador.", "THREATEN", "expel", "Hungary", "Ukrainian"),
    ("Turkey plans to invade northern Syria.", "THREATEN", "territory", "Turkey", "Syria"),
    ("Egypt threatened to arrest the Sudanese envoys.", "THREATEN", "arrest", "Egypt", "Sudanese envoys"),
    ("Britain warned Iran of further sanctions.", "THREATEN", None, "Britain", "Iran"),
    # accusations, complaints, inquiries
    ("Armenia accused Azerbaijan of shelling a village.", "ACCUSE", "allege", "Armenia", "Azerbaijan"),
    ("Azerbaijan was accused by Armenia of shelling a village.", "ACCUSE", "allege", "Armenia", "Azerbaijan"),
    ("Ireland condemned Israel's bombing of Gaza.", "ACCUSE", "disapprove", "Ireland", "Israel"),
    ("Greek prosecutors are investigating a former defence minister.", "ACCUSE", "investigate", "Greek", "minister"),
    ("Vietnam lodged a protest with China.", "ACCUSE", "disapprove", "Vietnam", "China"),
    # reciprocity: both parties on both sides
    ("The Dutch and Belgian premiers met in Breda.", "CONSULT", None, "Dutch", "Dutch"),
    ("Angola and Namibia signed a border treaty.", "SUPPORT", None, "Namibia", "Angola"),
    ("Japan and Australia held joint military exercises.", "COOPERATE", None, "Australia", "Japan"),
    ("Azeri and Armenian troops clashed near the border.", "ASSAULT", None, "Armenian", "Azeri"),
    ("The Indian premier held talks with the Nepalese president.", "CONSULT", None, "Nepalese", "Indian"),
    # the argument decides
    ("The militia struck an army base in Yemen.", "ASSAULT", None, "militia", "army"),
    ("Egypt and Israel struck a deal on prisoners.", "AGREE", None, "Egypt", "Israel"),
    ("Peruvian miners struck over pay.", "PROTEST", "strike", "Peruvian miners", ""),
    ("The president fired the Guatemalan interior minister.", "COERCE", "restrict", "president", "minister"),
    ("North Korea fired a missile at a South Korean island.", "ASSAULT", "heavy-weapons", "North Korea", "Korean"),
    ("Prosecutors charged the Malaysian premier with corruption.", "ACCUSE", "allege", "Prosecutors", "Malaysian"),
    ("Ethiopia released ten Eritrean prisoners.", "RETREAT", "release", "Ethiopia", "Eritrean prisoners"),
    ("The army imposed a curfew in Mosul after Iraqi police had fled.", "COERCE", "curfew", "army", "Mosul"),
    ("Spain lifted a ban on Basque parties.", "CONCEDE", None, "Spain", "Basque parties"),
    ("Students marched on the Greek parliament to protest against fees.", "PROTEST", "demo", "Students", "parliament"),
    ("The Tunisian president resigned.", "RETREAT", "resign", "Tunisian president", ""),
    ("Kosovo police deployed along the border with Serbia.", "MOBILIZE", None, "police", ""),
    ("Poland sent troops to its border with Belarus.", "MOBILIZE", "troops", "Poland", "Belarus"),
    ("Cuba expressed solidarity with Nicaragua.", "SUPPORT", None, "Cuba", "Nicaragua"),
    ("Rwanda apologised to Burundi.", "CONCEDE", None, "Rwanda", "Burundi"),
    ("Chinese hackers broke into the network of the Indian navy.", "COERCE", "cyber", "Chinese hackers", "Indian navy"),
    ("Norway shared intelligence with Finland.", "COOPERATE", None, "Norway", "Finland"),
    ("Oman mediated between Iran and the United States.", "CONSULT", "third-party", "Oman", "Iran"),
    ("Kurdish militants kidnapped a Turkish officer.", "ASSAULT", "abduct", "Kurdish militants", "Turkish officer"),
    ("Gunmen assassinated a Colombian senator.", "ASSAULT", "targeted", "Gunmen", "Colombian senator"),
    ("Sudan expelled UN inspectors.", "SANCTION", "expel", "Sudan", "UN inspectors"),
    ("Armenian protesters blocked a road to the border.", "PROTEST", "obstruct", "Armenian protesters", ""),
    ("The Albanian opposition boycotted the election.", "PROTEST", "boycott", "opposition", ""),
    ("A court in Ankara sentenced the Kurdish mayor to ten years in prison.", "SANCTION", "convict", "court", "mayor"),
    ("The UN Security Council imposed sanctions on Eritrea.", "SANCTION", "discontinue", "Security Council", "Eritrea"),
    ("Kazakhstan granted asylum to two Russian deserters.", "AID", None, "Kazakhstan", "Russian deserters"),
    # what a statement or a letter does, its author does
    ("Chad's opposition issued a statement demanding that Niger close the border.", "REQUEST", None, "Chad", "Niger"),
    # refusals of what would have been a concession, and of what both would have done
    ("Denmark said it would not meet the demands of the hijackers.", "REJECT", "yield", "Denmark", "hijackers"),
    ("Greece said it would not accept the demands of the strikers.", "REJECT", None, "Greece", "strikers"),
    # an event noun shares the future of the verb that carries it
    ("NATO said it would tighten the naval blockade of Libya.", "THREATEN", "restrict", "NATO", "Libya"),
    # peacekeepers who are sent by nobody named act themselves
    ("Peacekeepers from Ghana were deployed in Mali.", "AID", None, "Peacekeepers", "Mali"),
    ("Portugal extradited a US citizen.", "COOPERATE", None, "Portugal", "US citizen"),
    ("The Association of Arab Writers condemned Oman.", "ACCUSE", "disapprove", "Association of Arab Writers", "Oman"),
    ("Turkish sanctions against Armenia were lifted in May.", "CONCEDE", None, "", "Armenia"),
    ("Egypt began a mediation effort in the Libyan crisis.", "CONSULT", "third-party", "Egypt", ""),
    ("A well-known editor was killed when a bomb exploded in Beirut.", "ASSAULT", None, "", "well-known editor"),
]  # fmt: skip

NOT_CODED = [
    # sport
    "Chelsea's attack tore the Italian defence apart in the second half.",
    "England beat France by three goals to one.",
    "The German striker fired a shot into the net.",
    "Spain and Portugal meet in the final of the cup.",
    "The Argentine captain defended the title he won last season.",
    "Fans invaded the pitch after the Scottish club won the league.",
    "The French coach was sacked after the defeat by Wales.",
    "The Croatian midfielder signed a contract with Arsenal.",
    # show business and business
    "The Danish film hit cinemas on Friday.",
    "Critics attacked the Polish director's new film.",
    "The Swedish band released an album and will tour Japan.",
    "The airline strikes a balance between cost and comfort.",
    "The Swiss bank charges its customers a fee.",
    "Shareholders rejected the offer for the Dutch retailer.",
    # figures of speech and everyday life
    "She attacked the problem with energy.",
    "The minister's remark struck a chord with voters.",
    "He died of a heart attack in a Belgian hospital.",
    "The plan to paint the Greek kitchen met with applause.",
    "The children fought over a toy.",
    "My aunt visited the dentist in Lyon.",
    "The teacher promised her pupils a story.",
    "A storm struck the coast and cut off power.",
    "An earthquake killed two hundred people in Chile.",
    "The dog attacked a cyclist.",
    "The job demands patience.",
    "Her heart was captured by the hills of Umbria.",
    # talk alone is no event
    "The French president said that the weather was fine.",
    "The Kenyan minister stated that exports had grown.",
    # wishes, conditions, questions, promises not to
    "The Georgian president wants to visit Canada.",
    "If Turkey invades Syria, prices will rise.",
    "Nobody knows whether Iran attacked the ship.",
    "France is considering sending tanks to Ukraine.",
    "Morocco will not attack Algeria.",
]  # fmt: skip


def _words(text, spans):
    return " ; ".join(text[start:end] for start, end in spans).lower()


@pytest.mark.parametrize(("text", "kind", "mode", "actor", "recipient"), CODED, ids=[row[0] for row in CODED])
def test_coded(read, text, kind, mode, actor, recipient):
    doc = read(text, published="2024-10-25")
    coded = [(e.type, e.mode, _words(text, e.actor_spans), _words(text, e.recipient_spans)) for e in doc._.events]
    assert any(
        e[0] == kind and (mode is None or e[1] == mode) and actor.lower() in e[2] and recipient.lower() in e[3]
        for e in coded
    ), coded


@pytest.mark.parametrize("text", NOT_CODED)
def test_not_coded(read, text):
    doc = read(text, published="2024-10-25")
    assert [(e.rule, e.type) for e in doc._.events] == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Sweden refused to send tanks to Ukraine.", "AID"),
        ("Iran threatened to attack Israel.", "ASSAULT"),
        ("Estonia demanded that Russia withdraw its troops.", "RETREAT"),
        ("Armenia accused Azerbaijan of shelling a village.", "ASSAULT"),
        ("The rebels agreed to release three Chinese engineers.", "RETREAT"),
        ("Students marched on the Greek parliament to protest against new fees.", "ACCUSE"),
        ("The Russian war of aggression against Ukraine goes on.", "MOBILIZE"),
    ],
)
def test_what_is_part_of_another_event_is_none_of_its_own(read, text, wrong):
    assert wrong not in {event.type for event in read(text)._.events}


def test_swapping_voice_does_not_swap_roles(read):
    active = read("Eritrea attacked Ethiopia.")._.events[0]
    passive = read("Ethiopia was attacked by Eritrea.")._.events[0]
    assert [a.country for a in active.actors] == [a.country for a in passive.actors] == ["ERI"]
    assert [a.country for a in active.recipients] == [a.country for a in passive.recipients] == ["ETH"]


def test_the_place_of_an_event_names_its_country(read):
    event = read("India lifted a curfew in Srinagar.")._.events[0]
    assert [a.country for a in event.recipients] == ["IND"]
    assert {a.id for a in event.recipients} <= {a.id for a in read("India lifted a curfew in Srinagar.")._.actors}


def test_an_event_in_a_statement_belongs_to_it(read):
    doc = read('"Ukrainian troops shelled Belgorod," the Russian governor said.')
    event = next(e for e in doc._.events if e.type == "ASSAULT")
    assert event.statement is doc._.statements[0]


def test_a_denied_event_did_not_happen(read):
    event = read("Iran did not attack Israel.")._.events[0]
    assert event.type == "ASSAULT"
    assert event.factuality.value.endswith("-")


def test_numbers_and_dates(read):
    event = read("Militants killed twelve Nigerian soldiers on Monday.", published="2024-10-25")._.events[0]
    assert event.date == "2024-10-21"
    assert [(q.kind, q.low) for q in event.quantities] == [("killed", 12)]


def test_contexts(read):
    event = read("The Iraqi army shelled a refugee camp and an oil refinery held by militants.")._.events[0]
    assert {"military", "migration", "natural_resource"} <= set(event.contexts)


def test_near_misses_say_why(read):
    rejections = read("Morocco will not attack Algeria.")._.rejections
    assert [(r.rule, r.reason) for r in rejections] == [("ASSAULT/attack", "a promise not to do it")]


def test_where_they_met_is_no_party(read):
    event = read("Kenyan and Ugandan officials held talks in Kampala on Monday.", published="2024-10-25")._.events[0]
    assert [actor.country for actor in event.actors] == ["KEN", "UGA"]


@pytest.mark.parametrize("text", ["", " \n\n ", "attack", "...", "Attack! Attack! Attack!"])
def test_odd_texts(read, text):
    assert read(text)._.events == []


def test_every_event_says_what_made_it(read):
    event = read("Peru and Ecuador signed a peace treaty.")._.events[0]
    assert event.rule == "SUPPORT/sign"
    assert 0 < event.confidence < 1
    assert event.chars == (17, 23)


def test_confidence_is_set_by_what_stands_around(read):
    named = read("Peru and Ecuador signed a peace treaty.")._.events[0]
    assert named.rule == "SUPPORT/sign"
    unnamed = read("A peace treaty was signed by rebels, somebody said, if the report is true.")._.events
    assert all(0.02 <= event.confidence < named.confidence for event in unnamed)


def test_confidence_adds_up():
    doc = Doc(
        Vocab(),
        words=["Peru", "attacked", "Chile"],
        pos=["PROPN", "VERB", "PROPN"],
        heads=[1, 1, 1],
        deps=["nsubj", "ROOT", "dobj"],
    )
    event = Event(
        anchor=1, chars=(5, 13), type="ASSAULT", mode=None, contexts=[], actors=[], recipients=[], actor_spans=[],
        recipient_spans=[], factuality=Factuality("CT+", 3.0, "past", False, ""), confidence=0.5, rule="ASSAULT/attack",
    )  # fmt: skip
    doc._.events = [event]
    Confidence(1.0, {"type=ASSAULT": 0.5, "rule=AID/give": 9.0}).rate(doc, [0])
    assert event.confidence == pytest.approx(1 / (1 + math.exp(-1.5)), abs=0.001)
