"""Invented names of people; given and family names are put together by chance."""

from __future__ import annotations

from scheduler.sample.dice import Dice

GIVEN = (
    *("Aya", "Bora", "Chae", "Dario", "Eun", "Femi", "Gita", "Hana", "Ines", "Jun"),
    *("Kai", "Lea", "Mara", "Noor", "Odile", "Paz", "Quin", "Rafa", "Sami", "Tal"),
    *("Uma", "Vera", "Wren", "Yuna", "Zaid"),
)
FAMILY = {
    "KR": ("Bae", "Cho", "Han", "Kang", "Kwon", "Lim", "Moon", "Oh", "Ryu", "Shin", "Yoon"),
    "US": ("Adams", "Brooks", "Campbell", "Diaz", "Ellis", "Foster", "Nguyen", "Reed"),
    "CA": ("Bell", "Gagnon", "Leblanc", "MacLeod", "Roy", "Singh", "Tremblay", "Wong"),
    "FR": ("Aubert", "Bernard", "Dubois", "Fontaine", "Laurent", "Martin", "Moreau"),
    "AE": ("Al Amiri", "Al Hashmi", "Al Mazrouei", "Al Suwaidi", "Haddad", "Nasser"),
}
COUNTRIES = {"KR": 37, "US": 21, "FR": 15, "CA": 15, "AE": 12}
LANGUAGES = {"KR": "ko", "US": "en", "CA": "en", "FR": "fr", "AE": "ar"}


def make_name(country: str, dice: Dice) -> str:
    """Return a name as one might have it in a country."""
    return f"{dice.pick(GIVEN)} {dice.pick(FAMILY[country])}"
