"""How texts are compared when somebody looks for something: without case, accents or spacing."""

from __future__ import annotations

import unicodedata

_FIRST_SYLLABLE, _LAST_SYLLABLE = ord("가"), ord("힣")
_SYLLABLES_A_CONSONANT = 588
_FIRST_CONSONANT = 0x1100


def fold(text: str) -> str:
    """Return a text without case and accents; Hangul comes apart into its letters.

    So ``no`` finds Noémie, and a syllable that is being typed finds the one that it becomes.
    """
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def initials(text: str) -> str:
    """Return the first consonants of a text's Hangul, by which Koreans look up names."""
    return "".join(
        chr(_FIRST_CONSONANT + (ord(letter) - _FIRST_SYLLABLE) // _SYLLABLES_A_CONSONANT)
        for letter in text
        if _FIRST_SYLLABLE <= ord(letter) <= _LAST_SYLLABLE
    )


def searchable(*texts: str) -> str:
    """Return what words are looked for in: the texts folded, and their initials."""
    joined = "\n".join(texts)
    return f"{fold(joined)}\n{initials(joined)}"


def squeezed(text: str) -> str:
    """Return a text's letters and digits alone, folded: by which names and headers are matched."""
    return "".join(letter for letter in fold(text) if letter.isalnum())
