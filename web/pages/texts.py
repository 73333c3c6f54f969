"""Gathers every text of the pages and keeps the .po files up to them, for developers.

Run as ``python -m web.pages.texts`` after changing texts; then translate what is empty.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from web.pages.catalogs import TRANSLATIONS
from web.pages.languages import LANGUAGES

_WEB = Path(__file__).parent.parent
_SCHEDULER = [_WEB.parent / "scheduler" / room for room in ("explain", "files", "problem")]
_METHODS = [
    ("pages/templates/**.html", "jinja2"),
    ("frontend/**", "ignore"),
    ("static/**", "ignore"),
    ("**.py", "python"),
]
_PUBLIC = (
    "error_answers.py",
    "pages/features.py",
    "pages/researcher/*.py",
    "pages/templates/_changes_*.html",
    "pages/templates/_done.html",
    "pages/templates/_floor.html",
    "pages/templates/_invitations_hint.html",
    "pages/templates/_parts.html",
    "pages/templates/_researcher_*.html",
    "pages/templates/_stay_*.html",
    "pages/templates/base.html",
    "pages/templates/error.html",
    "pages/templates/researcher*.html",
    "use_cases/researchers/reply_words.py",
)
"""What strangers see: the researcher's room, and errors; these speak every language."""

_KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "lazy_gettext": None,
    "Message": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def extract_messages(language: str) -> Catalog:
    """Gather the texts that a language needs: all, or those of the pages that need no sign-in."""
    catalog = Catalog(project="Sarangchae", charset="utf-8", fuzzy=False)
    folders = [_WEB, *_SCHEDULER] if language in LANGUAGES else [_WEB]
    found = (extract_from_dir(folder, _METHODS, keywords=_KEYWORDS) for folder in folders)
    for path, line, message, comments, context in chain.from_iterable(found):
        if language in LANGUAGES or _is_public(path):
            catalog.add(message, None, [(path, line)], auto_comments=comments, context=context)
    return catalog


def read_catalog(language: str) -> Catalog:
    """Read the .po file of a language."""
    with _po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def update_catalog(language: str) -> None:
    """Bring the .po file of a language up to the texts of the source."""
    catalog = read_catalog(language)
    catalog.update(extract_messages(language), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    with _po_file(language).open("wb") as file:
        write_po(file, catalog, width=100, no_location=True, sort_output=True, omit_header=True)


def _is_public(path: str) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in _PUBLIC)


def _po_file(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


if __name__ == "__main__":
    for folder in sorted(TRANSLATIONS.iterdir()):
        update_catalog(folder.name)
