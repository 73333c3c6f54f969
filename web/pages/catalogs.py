"""The texts' translations: .po files of the package, compiled to .mo where they are missing."""

from __future__ import annotations

import os
import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

TRANSLATIONS = Path(__file__).parent.parent / "translations"
FRENCH = "fr"

_AT_FRENCH_MARKS = re.compile("(?<=«) | (?=[:;?!»])")


class CatalogError(Exception):
    """Translations cannot be compiled; the message says what to do."""


def compile_catalogs(folder: Path) -> None:
    """Compile every .po whose .mo is missing or older."""
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        try:
            _compile(source, target)
        except OSError as error:
            raise CatalogError(
                f"{target} cannot be written ({error.strerror}): start once as its owner"
            ) from None


def _compile(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        catalog = read_po(file, locale=source.parent.parent.name)
    if str(catalog.locale) == FRENCH:
        _join_french_marks(catalog)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            write_mo(file, catalog)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _join_french_marks(catalog: Catalog) -> None:
    """Let no line break come between a French text and its marks; in a .po nobody could see it."""
    for message in catalog:
        said = message.string
        message.string = _joined(said) if isinstance(said, str) else tuple(map(_joined, said or ()))


def _joined(text: str) -> str:
    return _AT_FRENCH_MARKS.sub("\N{NO-BREAK SPACE}", text)
