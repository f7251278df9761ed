from __future__ import annotations

import pytest
from spacy.tokens import Doc

from sayso.knowledge.factuality import load
from sayso.reading.annotations import Factuality
from sayso.reading.factuality import judged_anyway
from sayso.reading.factuality_context import Walk
from sayso.reading.factuality_scale import Scale, reconcile

STEP = "sayso_factuality"

VALUES = [
    # asserted
    ("Rebels attacked the convoy on Monday.", "attacked", "CT+"),
    ("The army has taken the town.", "taken", "CT+"),
    ("The talks collapsed.", "talks", "CT+"),
    ("The mayor, who was arrested in May, has been released.", "arrested", "CT+"),
    ("The bridge is safe.", "safe", "CT+"),
    ("Who attacked the convoy?", "attacked", "CT+"),
    # negation
    ("Rebels did not attack the convoy.", "attack", "CT-"),
    ("The army never took the town.", "took", "CT-"),
    ("No soldiers were killed.", "killed", "CT-"),
    ("Nobody was arrested.", "arrested", "CT-"),
    ("The envoys no longer meet.", "meet", "CT-"),
    ("The rebels have made peace with nobody.", "peace", "CT-"),
    ("The minister spoke to no one on Monday.", "spoke", "CT-"),
    ("The army attacked the town with no warning.", "attacked", "CT+"),
    ("The two leaders did not hold talks in Vienna.", "talks", "CT-"),
    ("The army could not reach the border.", "reach", "CT-"),
    ("The bridge is not safe.", "safe", "CT-"),
    ("The claim of an attack is baseless.", "attack", "CT-"),
    ("The claim of an attack is not true.", "attack", "CT-"),
    ("The claim of an attack is not false.", "attack", "CT+"),
    ("The claim that rebels took the town was nonsense.", "took", "CT-"),
    ("It is not true that the town fell.", "fell", "CT-"),
    ("It is true that the town fell.", "fell", "CT+"),
    ("The reports of an attack, dismissed as a hoax, spread.", "attack", "CT+"),
    ("Talk of a ceasefire was dismissed as propaganda.", "ceasefire", "CT-"),
    ("The report of an attack caused alarm.", "attack", "CT+"),
    ("The press dismissed reports of an attack.", "attack", "CT-"),
    ("The press did not dismiss reports of an attack.", "attack", "CT+"),
    # modals and the future
    ("The president will visit Paris on Friday.", "visit", "PR+"),
    ("The president will not visit Paris.", "visit", "PR-"),
    ("The army may attack the town.", "attack", "PS+"),
    ("The army might not attack the town.", "attack", "PS-"),
    ("Rebels may have shot down the plane.", "shot", "PS+"),
    ("The government should release the prisoners.", "release", "Uu"),
    ("The government has to release the prisoners.", "release", "Uu"),
    ("The government is going to release the prisoners.", "release", "PR+"),
    # conditions, questions, orders
    ("If the talks collapse, the army will attack.", "collapse", "Uu"),
    ("If the talks collapse, the army will attack.", "attack", "Uu"),
    ("They would attack if they were provoked.", "provoked", "Uu"),
    ("Unless the rebels withdraw, the talks will end.", "withdraw", "Uu"),
    ("Did the rebels attack the convoy?", "attack", "Uu"),
    ("Leave the country!", "Leave", "Uu"),
    ("Observers asked whether the army had attacked the town.", "attacked", "Uu"),
    # implicatives
    ("The army managed to retake the town.", "retake", "CT+"),
    ("The army did not manage to retake the town.", "retake", "CT-"),
    ("The minister failed to convince his colleagues.", "convince", "CT-"),
    ("The minister did not fail to convince his colleagues.", "convince", "CT+"),
    ("The minister forgot to sign the letter.", "sign", "CT-"),
    ("The rebels refused to surrender.", "surrender", "CT-"),
    ("The army forced the rebels to retreat.", "retreat", "CT+"),
    ("Police prevented the crowd from storming the palace.", "storming", "CT-"),
    ("The troops left without firing a shot.", "firing", "CT-"),
    # factives
    ("The minister regrets that the talks collapsed.", "collapsed", "CT+"),
    ("The minister did not know that the talks had collapsed.", "collapsed", "CT+"),
    ("Observers noticed that the troops had left.", "left", "CT+"),
    # speech: certain to the one who says it
    ("Officials said the rebels had attacked the convoy.", "attacked", "CT+"),
    ("Officials confirmed that the rebels attacked the convoy.", "attacked", "CT+"),
    ("Moscow denied that its soldiers had crossed the border.", "crossed", "CT-"),
    ("Kyiv denied that its troops were encircled.", "encircled", "CT-"),
    ("The army denied the attack.", "attack", "CT-"),
    ("He said he would release the prisoners.", "release", "PR+"),
    ("She said that the army had not attacked the convoy.", "attacked", "CT-"),
    # belief, fear, doubt
    ("Analysts believe that the rebels attacked the convoy.", "attacked", "PR+"),
    ("He fears that the army will attack.", "attack", "PS+"),
    ("Analysts doubt that the army will attack.", "attack", "PR-"),
    ("Analysts predicted that the coalition would collapse.", "collapse", "PR+"),
    ("It is possible that the rebels attacked the convoy.", "attacked", "PS+"),
    ("The rebels are likely to attack.", "attack", "PR+"),
    # wishes, plans, attempts, demands, promises
    ("The union plans to strike next week.", "strike", "Uu"),
    ("He tried to escape.", "escape", "Uu"),
    ("The rebels want to leave.", "leave", "Uu"),
    ("The court ordered the police to release the prisoners.", "release", "Uu"),
    ("The government agreed to release the prisoners.", "release", "Uu"),
    ("The general threatened to bomb the harbour.", "bomb", "PS+"),
    ("Paris called for an immediate ceasefire.", "ceasefire", "Uu"),
    ("The rebels announced a plan to attack the harbour.", "attack", "Uu"),
    # hedges and modifiers
    ("The rebels reportedly attacked the convoy.", "attacked", "PR+"),
    ("The rebels possibly attacked the convoy.", "attacked", "PS+"),
    ("The alleged attack shocked the country.", "attack", "PR+"),
    ("Police described a foiled attack.", "attack", "CT-"),
    ("A planned visit drew criticism.", "visit", "Uu"),
    ("The rebels nearly captured the airport.", "captured", "CT-"),
    ("The talks were cancelled.", "talks", "CT-"),
    # light verbs and coordination
    ("The two leaders held talks in Vienna.", "talks", "CT+"),
    ("The army may kill or capture the rebels.", "capture", "PS+"),
    ("The army launched an attack on the harbour.", "attack", "CT+"),
]  # fmt: skip

TENSES = [
    ("Rebels attacked the convoy.", "attacked", "past"),
    ("Rebels have attacked the convoy.", "attacked", "past"),
    ("Rebels are attacking the convoy.", "attacking", "present"),
    ("Rebels will attack the convoy.", "attack", "future"),
    ("The union plans to strike.", "strike", "future"),
    ("The army managed to retake the town.", "retake", "past"),
    ("Rebels may have shot down the plane.", "shot", "past"),
    ("The two leaders held talks in Vienna.", "talks", "past"),
]

HYPOTHETICAL = [
    ("If the talks collapse, the army will attack.", "attack", True),
    ("They would attack if they were provoked.", "attack", True),
    ("Such a step would be a serious breach.", "be", True),
    ("Had the rebels attacked the town, the army would have left.", "attacked", True),
    ("He said he would release the prisoners.", "release", False),
    ("The army will attack.", "attack", False),
    ("Rebels attacked the convoy.", "attacked", False),
]


def _factuality(doc: Doc, word: str) -> Factuality:
    found: Factuality | None = next(t for t in doc if t.text == word)._.factuality
    assert found is not None, f"{word} is no predicate"
    return found


@pytest.mark.parametrize(("text", "word", "value"), VALUES)
def test_value(read, text, word, value):
    assert _factuality(read(text, upto=STEP), word).value == value


@pytest.mark.parametrize(("text", "word", "tense"), TENSES)
def test_tense(read, text, word, tense):
    assert _factuality(read(text, upto=STEP), word).tense == tense


@pytest.mark.parametrize(("text", "word", "hypothetical"), HYPOTHETICAL)
def test_hypothetical(read, text, word, hypothetical):
    assert _factuality(read(text, upto=STEP), word).hypothetical is hypothetical


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Rebels attacked the convoy.", "Rebels"),
        ("Rebels attacked the convoy.", "the"),
        ("Rebels have attacked the convoy.", "have"),
        ("The government met on Monday.", "government"),
        ("The tall tower fell.", "tall"),
    ],
)
def test_other_words_have_none(read, text, word):
    doc = read(text, upto=STEP)
    assert next(t for t in doc if t.text == word)._.factuality is None


def test_anchor_of_an_event_is_judged_whatever_it_is(read):
    doc = read("Without a convoy the town starved.", upto=STEP)
    convoy = doc[2]
    assert convoy._.factuality is None
    assert judged_anyway(convoy).value == "CT-"


def test_without_the_step_there_is_none(read):
    doc = read("Rebels attacked the convoy.", upto="sayso_quotes")
    assert doc[1]._.factuality is None
    assert judged_anyway(doc[1]) is None


@pytest.mark.parametrize("text", ["", " \n\n ", "…", "if if if unless not not"])
def test_odd_texts_are_read(read, text):
    doc = read(text, upto=STEP)
    assert all(t._.factuality is None or -3 <= t._.factuality.scale <= 3 for t in doc)


def test_deep_nesting_is_read(read):
    doc = read("He said that " * 300 + "they left.", upto=STEP)
    assert doc[-2]._.factuality is not None


@pytest.mark.parametrize(
    ("total", "scale"), [(-5.0, -3.0), (-3.0, -3.0), (0.0, -1.0), (0.5, 0.0), (1.0, 1.0), (2.0, 2.0), (9.0, 3.0)]
)
def test_the_scale_is_stretched_around_two_points(read, total, scale):
    doc = read("Troops left.", upto=STEP)
    walk = Walk(doc, load())
    assert Scale(total, {}, no=0.0, yes=1.0)(walk, doc[1], walk.judge(doc[1])) == scale


def test_value_and_scale_agree():
    assert reconcile("CT+", 2.8) == ("CT+", 2.8)
    assert reconcile("CT+", 0.2) == ("Uu", 0.2)
    assert reconcile("CT-", 0.7) == ("CT-", -1.0)
    assert reconcile("Uu", 1.4) == ("Uu", 1.4)


def test_the_rule_names_its_steps(read):
    doc = read("Kyiv denied that its troops may leave.", upto=STEP)
    assert "deny:clause" in _factuality(doc, "leave").rule
