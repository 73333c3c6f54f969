"""Names of public days that the holidays package does not know in a reader's language."""

from __future__ import annotations

from collections.abc import Mapping

_INSTEAD = "Alternative holiday for "

_FRENCH = {
    "Armed Forces Day": "Journée des forces armées",
    "Buddha's Birthday": "Anniversaire de Bouddha",
    "Children's Day": "Fête des enfants",
    "Christmas Day": "Noël",
    "Chuseok": "Chuseok (fête des récoltes)",
    "Constitution Day": "Jour de la Constitution",
    "Hangul Day": "Jour du hangeul",
    "Independence Movement Day": "Jour du mouvement d'indépendance",
    "Korean New Year": "Nouvel An coréen (Seollal)",
    "Labor Day": "Fête du Travail",
    "Liberation Day": "Jour de la Libération",
    "Local Election Day": "Élections locales",
    "Memorial Day": "Jour du Souvenir",
    "National Assembly Election Day": "Élections législatives",
    "National Foundation Day": "Fête de la fondation nationale",
    "New Year's Day": "Jour de l'An",
    "Presidential Election Day": "Élection présidentielle",
    "Temporary Public Holiday": "Jour férié exceptionnel",
    "The day preceding Chuseok": "Veille de Chuseok",
    "The day preceding Korean New Year": "Veille du Nouvel An coréen",
    "The second day of Chuseok": "Lendemain de Chuseok",
    "The second day of Korean New Year": "Lendemain du Nouvel An coréen",
}

_ARABIC = {
    "Armed Forces Day": "يوم القوات المسلحة",
    "Buddha's Birthday": "عيد ميلاد بوذا",
    "Children's Day": "يوم الطفل",
    "Christmas Day": "عيد الميلاد",
    "Chuseok": "تشوسوك (عيد الحصاد)",
    "Constitution Day": "يوم الدستور",
    "Hangul Day": "يوم الأبجدية الكورية",
    "Independence Movement Day": "يوم حركة الاستقلال",
    "Korean New Year": "رأس السنة الكورية",
    "Labor Day": "عيد العمال",
    "Liberation Day": "يوم التحرير",
    "Local Election Day": "يوم الانتخابات المحلية",
    "Memorial Day": "يوم الذكرى",
    "National Assembly Election Day": "يوم الانتخابات البرلمانية",
    "National Foundation Day": "يوم تأسيس الدولة",
    "New Year's Day": "رأس السنة الميلادية",
    "Presidential Election Day": "يوم الانتخابات الرئاسية",
    "Temporary Public Holiday": "عطلة رسمية استثنائية",
    "The day preceding Chuseok": "عشية تشوسوك",
    "The day preceding Korean New Year": "عشية رأس السنة الكورية",
    "The second day of Chuseok": "اليوم التالي لتشوسوك",
    "The second day of Korean New Year": "اليوم التالي لرأس السنة الكورية",
}

_WORDS: Mapping[tuple[str, str], tuple[str, Mapping[str, str]]] = {
    ("KR", "fr"): ("Jour de remplacement : %s", _FRENCH),
    ("KR", "ar"): ("عطلة بديلة: %s", _ARABIC),
}


def say_holiday(name: str, *, country: str, language: str) -> str:
    """Return an English name in a language that has words for a country's days, else as it is."""
    if (country, language) not in _WORDS:
        return name
    instead, words = _WORDS[country, language]

    def say(one: str) -> str:
        day = one.removeprefix(_INSTEAD)
        said = words.get(day, day)
        return said if day == one else instead % said

    return "; ".join(map(say, name.split("; ")))
