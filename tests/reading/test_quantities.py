from __future__ import annotations

import pytest

STEP = "sayso_quantities"

QUANTITIES = [
    # killed
    ("A bomb killed at least 12 people in the market.", [("killed", 12, None)]),
    ("Twelve soldiers were killed in the ambush.", [("killed", 12, 12)]),
    ("The blast killed 12 and wounded more than 30.", [("killed", 12, 12), ("wounded", 30, None)]),
    ("The attack killed 12 soldiers and three civilians.", [("killed", 12, 12), ("killed", 3, 3)]),
    ("Shelling killed dozens of people.", [("killed", 24, 99)]),
    ("The flood claimed the lives of 40 people.", [("killed", 40, 40)]),
    ("The death toll rose to 40.", [("killed", 40, 40)]),
    ("Police put the death toll at 40.", [("killed", 40, 40)]),
    ("A death toll of 40 was reported.", [("killed", 40, 40)]),
    ("The killing of three monks shocked the country.", [("killed", 3, 3)]),
    ("Forty-five passengers drowned.", [("killed", 45, 45)]),
    ("There were 12 deaths and 30 injuries.", [("killed", 12, 12), ("wounded", 30, 30)]),
    ("40 people, including 12 children, were killed.", [("killed", 40, 40), ("killed", 12, 12)]),
    ("12 people lost their lives.", [("killed", 12, 12)]),
    ("A total of 55 people were killed.", [("killed", 55, 55)]),
    ("Two of the three soldiers died.", [("killed", 2, 2)]),
    ("The army said 12 of its soldiers had been killed.", [("killed", 12, 12)]),
    ("Up to 300 people are feared dead.", [("killed", None, 300)]),
    ("The bomb, which killed 17 people, wounded 40 others.", [("killed", 17, 17), ("wounded", 40, 40)]),
    ("Nearly 40 civilians, most of them women, died in the shelling.", [("killed", 40, 40)]),
    ("The raid killed four Palestinians.", [("killed", 4, 4)]),
    ("The army put the dead at 60.", [("killed", 60, 60)]),
    ("The ministry has put the number of dead at 31.", [("killed", 31, 31)]),
    ("The army lost 98 men in a day.", [("killed", 98, 98)]),
    # wounded
    ("The blast left 30 wounded.", [("wounded", 30, 30)]),
    ("At least 20 people were killed and 30 wounded in the raid.", [("killed", 20, None), ("wounded", 30, 30)]),
    ("The 12 wounded soldiers were flown home.", [("wounded", 12, 12)]),
    ("Both soldiers were wounded.", [("wounded", 2, 2)]),
    ("The strike wounded several people.", [("wounded", 3, 9)]),
    # arrested
    ("Police arrested up to 500 protesters.", [("arrested", None, 500)]),
    ("Some 200 demonstrators were detained.", [("arrested", 200, 200)]),
    ("The arrest of 12 activists drew protests.", [("arrested", 12, 12)]),
    ("The court jailed five journalists.", [("arrested", 5, 5)]),
    ("The troops killed five rebels and captured 12.", [("killed", 5, 5), ("arrested", 12, 12)]),
    # displaced, missing
    ("More than 100,000 people fled their homes.", [("displaced", 100_000, None)]),
    ("The war displaced two million people.", [("displaced", 2_000_000, 2_000_000)]),
    ("The earthquake left 5,000 people homeless.", [("displaced", 5000, 5000)]),
    ("Two people died and five are missing.", [("killed", 2, 2), ("missing", 5, 5)]),
    ("Fifteen fishermen went missing.", [("missing", 15, 15)]),
    # forces, crowd, people, weapons
    ("About 2,000 Ukrainian soldiers were blocked in the region.", [("forces", 2000, 2000)]),
    ("The government will deploy between 3,000 and 4,000 troops.", [("forces", 3000, 4000)]),
    ("The hotel was stormed by 30-40 gunmen.", [("forces", 30, 40)]),
    ("12 soldiers killed three rebels.", [("forces", 12, 12), ("killed", 3, 3)]),
    ("Hundreds of protesters gathered in the square.", [("crowd", 200, 999)]),
    ("Tens of thousands of people marched through the capital.", [("crowd", 20_000, 99_000)]),
    ("Police put the turnout at between 15,000 and 17,000.", [("crowd", 15_000, 17_000)]),
    ("The vigil was attended by more than 900 people.", [("crowd", 900, None)]),
    ("More than 2,000 people took part in the march.", [("crowd", 2000, None)]),
    ("Some 3,000 soldiers took part in the drill.", [("forces", 3000, 3000)]),
    ("An estimated 3,000 people joined the rally.", [("crowd", 3000, 3000)]),
    ("The march drew 20,000 people.", [("crowd", 20_000, 20_000)]),
    ("A crowd of 500 attacked the embassy.", [("crowd", 500, 500)]),
    ("A protest by 2,000 students ended peacefully.", [("crowd", 2000, 2000)]),
    ("Some 300 people joined the party.", [("people", 300, 300)]),
    ("More than 200 students attended the school.", [("people", 200, None)]),
    ("The party lost 40 members.", [("people", 40, 40)]),
    ("Rebels released 20 of the hostages.", [("people", 20, 20)]),
    ("A group of 30 armed men attacked the village.", [("people", 30, 30)]),
    ("The rebels fired 20 rockets and two missiles.", [("weapons", 20, 20), ("weapons", 2, 2)]),
    ("Moscow will supply no fewer than 30 tanks.", [("weapons", 30, None)]),
    # money
    ("Washington will send $2.3 billion in aid.", [("money", 2.3e9, 2.3e9)]),
    ("Berlin pledged 2bn euros.", [("money", 2e9, 2e9)]),
    ("Paris promised at least €50 million.", [("money", 5e7, None)]),
    ("Ministers offered up to 300,000 pounds.", [("money", None, 300_000)]),
]  # fmt: skip

NONE = [
    "In 2014 Russia annexed the peninsula.",
    "The 27 countries signed the treaty.",
    "The minister, 54, resigned.",
    "A 12-year-old boy was found.",
    "The man was 45 years old.",
    "A woman aged 30 spoke.",
    "The team won 2-1.",
    "Some 12 percent of civilians left.",
    "One of the soldiers spoke.",
    "On 12 May the president left.",
    "They met for the third time.",
    "He spoke for 20 minutes.",
    "The house at 12 Main Street burned.",
    "One in five people voted.",
    "The two leaders met.",
    "The first soldier arrived.",
    "Resolution 1701 was adopted.",
    "They walked 300 miles.",
    "The index fell 20 points.",
    "The 2015 attack shocked the country.",
    "He won 51 percent of the vote.",
    "He bought 10 pounds of flour.",
    "He scored 20 goals.",
    "The law has 12 articles.",
    "The meeting began at 10 o'clock.",
    "The talks lasted two days.",
    "Many people died.",
]


@pytest.mark.parametrize(("text", "expected"), QUANTITIES)
def test_quantities(read, text, expected):
    found = read(text, upto=STEP)._.quantities
    assert [(q.kind, q.low, q.high) for q in found] == expected


@pytest.mark.parametrize("text", NONE)
def test_no_quantity(read, text):
    assert read(text, upto=STEP)._.quantities == []


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("A bomb killed at least 12 people.", "at least 12 people"),
        ("The blast killed 12.", "12"),
        ("Dozens of armed men fled.", "Dozens of armed men"),
        ("Paris promised at least €50 million.", "at least €50 million"),
        ("Berlin pledged 2bn euros.", "2bn euros"),
    ],
)
def test_span(read, text, covered):
    (quantity,) = read(text, upto=STEP)._.quantities
    assert text[slice(*quantity.chars)] == covered


def test_head_is_the_counted_noun(read):
    doc = read("A bomb killed at least 12 people.", upto=STEP)
    (quantity,) = doc._.quantities
    assert doc[quantity.head].text == "people"
    assert quantity.rule == "patient:kill"


@pytest.mark.parametrize(
    "text", ["", " \n ", "$", "12", "at least", "$ $ $", "between", "one of", "12 of", "½ 10² ٣ people"]
)
def test_odd_texts_are_read(read, text):
    doc = read(text, upto=STEP)
    assert all(0 <= q.chars[0] < q.chars[1] <= len(text) for q in doc._.quantities)
