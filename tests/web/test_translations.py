"""Translations are complete: no text of a page lacks its translation, and none is a guess.

Korean has every text; French and Arabic those of the researcher's room, and of errors.
"""

from __future__ import annotations

import gettext
import os
import re
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from web.pages.catalogs import TRANSLATIONS, CatalogError, compile_catalogs
from web.pages.languages import PUBLIC_LANGUAGES
from web.pages.texts import extract_messages, read_catalog

SAID_BY_WORDS = {("ar", form): {"%(num)s"} for form in range(3)}
"""Arabic says none, one and two in words."""

LANGUAGES = sorted(folder.name for folder in TRANSLATIONS.iterdir())


def key_of(message: Message) -> tuple[str | None, str]:
    """Return a message's context and source text."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return message.context, text


def words_of(message: Message) -> list[str]:
    """Return the translations of a message, one for each plural form."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def placeholders(text: str) -> list[str]:
    """Return what is put into a text."""
    return sorted(re.findall(r"%\(\w+\)\w", text))


def test_every_language_but_english_has_its_folder() -> None:
    assert sorted(["en", *LANGUAGES]) == sorted(PUBLIC_LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_in_the_catalog_and_no_other(language: str) -> None:
    asked = {key_of(message) for message in extract_messages(language) if message.id}
    known = {key_of(message) for message in read_catalog(language) if message.id}
    assert sorted(asked ^ known, key=str) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_and_no_translation_is_fuzzy(language: str) -> None:
    messages = [message for message in read_catalog(language) if message.id]
    assert [key_of(message) for message in messages if not all(words_of(message))] == []
    assert [key_of(message) for message in messages if message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_takes_what_the_text_takes(language: str) -> None:
    wrong = [
        key_of(message)
        for message in read_catalog(language)
        if message.id
        for form, words in enumerate(words_of(message))
        if left_out(message, words) - SAID_BY_WORDS.get((language, form), set())
        or set(placeholders(words)) - set(placeholders(key_of(message)[1]))
    ]
    assert wrong == []


def left_out(message: Message, words: str) -> set[str]:
    """Return what a translation does not say of what the text says."""
    return set(placeholders(key_of(message)[1])) - set(placeholders(words))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "يوم واحد"),
        (2, "يومان"),
        (7, "7 أيام"),
        (14, "14 يومًا"),
        (70, "70 يومًا"),
        (100, "100 يوم"),
        (112, "112 يومًا"),
    ],
)
def test_arabic_counts_days_as_one_speaks(tmp_path: Path, days: int, said: str) -> None:
    shutil.copytree(TRANSLATIONS / "ar", tmp_path / "ar")
    compile_catalogs(tmp_path)
    with (tmp_path / "ar" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        words = gettext.GNUTranslations(file).ngettext("%(num)s day", "%(num)s days", days)
    assert words % {"num": days} == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Will you come?", "Viendrez-vous\xa0?"),
        ("Your published stay: %(days)s", "Votre séjour publié\xa0: %(days)s"),
    ],
)
def test_french_marks_stay_with_their_words(tmp_path: Path, text: str, said: str) -> None:
    shutil.copytree(TRANSLATIONS / "fr", tmp_path / "fr", ignore=shutil.ignore_patterns("*.mo"))
    compile_catalogs(tmp_path)
    with (tmp_path / "fr" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext(text) == said


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the Korean texts that was never compiled."""
    target = tmp_path / "ko" / "LC_MESSAGES"
    target.mkdir(parents=True)
    shutil.copy(TRANSLATIONS / "ko" / "LC_MESSAGES" / "messages.po", target)
    return tmp_path


def say(folder: Path, text: str) -> str:
    with (folder / "ko" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        return gettext.GNUTranslations(file).gettext(text)


def test_texts_are_compiled_where_they_are_missing(folder: Path) -> None:
    compile_catalogs(folder)
    assert say(folder, "Overview") == "개요"


def test_texts_are_compiled_anew_once_they_changed(folder: Path) -> None:
    compile_catalogs(folder)
    source = folder / "ko" / "LC_MESSAGES" / "messages.po"
    source.write_text(source.read_text(encoding="utf-8").replace("개요", "한눈에"), "utf-8")
    compiled = source.with_suffix(".mo").stat().st_mtime
    os.utime(source, (compiled + 1, compiled + 1))
    compile_catalogs(folder)
    assert say(folder, "Overview") == "한눈에"


def test_a_folder_that_may_not_be_written_is_named(folder: Path) -> None:
    blocked = folder / "ko" / "LC_MESSAGES" / "messages.mo"
    blocked.mkdir()
    os.utime(blocked, (0, 0))
    with pytest.raises(CatalogError, match=r"messages\.mo cannot be written"):
        compile_catalogs(folder)
