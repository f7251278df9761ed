from __future__ import annotations

import sys

import pytest

from sayso.intake import language
from sayso.intake.language import detect

FOREIGN = {
    "de": "Die Regierung hat am Montag beschlossen, die Hilfe für Nachbarländer zu erhöhen, sagte ein Sprecher.",
    "fr": "Le gouvernement a décidé lundi d’augmenter l’aide aux pays voisins, a déclaré un porte-parole à Paris.",
    "es": "El gobierno decidió el lunes aumentar la ayuda a los países vecinos, dijo un portavoz en Madrid.",
    "it": "Il governo ha deciso lunedì di aumentare gli aiuti ai paesi vicini, ha detto un portavoce a Roma.",
    "nl": "De regering heeft maandag besloten de hulp aan de buurlanden te verhogen, zei een woordvoerder in Den Haag.",
    "pl": "Rząd postanowił w poniedziałek zwiększyć pomoc dla krajów sąsiednich, powiedział rzecznik w Warszawie.",
    "ru": "Правительство решило в понедельник увеличить помощь соседним странам, сообщил представитель в Москве.",
    "uk": "Уряд вирішив у понеділок збільшити допомогу сусіднім країнам, повідомив речник у Києві.",
    "ar": "قررت الحكومة يوم الاثنين زيادة المساعدات إلى الدول المجاورة، وفق ما قال متحدث في القاهرة.",
    "zh": "政府星期一决定增加对邻国的援助，北京的一位发言人说。双方将在下个月举行会谈。",
}


@pytest.mark.parametrize(("code", "text"), FOREIGN.items(), ids=FOREIGN)
def test_other_languages_are_named(code: str, text: str) -> None:
    assert detect(text) == code
    assert detect(f"{text}\n" * 30) == code


@pytest.mark.parametrize(
    "text",
    [
        "The minister resigned on Monday.",
        "Police arrested the mayor of Riga.",
        "Nigerian foreign minister meets Nigerien envoy over the border closure.",
        "Erdoğan, Kılıçdaroğlu and İmamoğlu met Đukanović in Şanlıurfa, the ministry said.",
        "PRESIDENT OF BRAZIL TO VISIT BUENOS AIRES FOR THE SUMMIT, OFFICIALS SAY",
        "PUTIN AND XI HAVE MET IN KAZAN",
        "Sun, Li, Wang, Zhou and Xu were sentenced to death by the court in Shenzhen.",
        "“Слава Україні!” the crowd shouted, and the soldiers answered it from the trucks as they left the city.",
    ],
)
def test_english_with_foreign_names_or_capitals_is_english(text: str) -> None:
    assert detect(text) == "en"


@pytest.mark.parametrize("text", ["", "   \n", "12 345 67", "Vladimir Putin", "Kyiv, Lviv, Odesa", "!!! ???"])
def test_too_little_to_tell_is_none(text: str) -> None:
    assert detect(text) is None


def test_the_larger_part_decides_in_a_mixed_text() -> None:
    english = "The envoy told the council that the talks would go on and that both sides had made progress. "
    assert detect(english * 8 + FOREIGN["de"]) == "en"
    assert detect(FOREIGN["ru"] * 8 + english) == "ru"


def test_common_english_does_not_load_the_classifier(monkeypatch: pytest.MonkeyPatch) -> None:
    language._identifier.cache_clear()
    monkeypatch.setitem(sys.modules, "py3langid.langid", None)
    assert detect("The envoy told the council that the talks would go on, and that both sides had agreed.") == "en"
