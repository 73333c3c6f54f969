"""In which language a page speaks: by ``?lang=``, kept in a cookie, else the browser's."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, Response, g, request, url_for
from flask_babel import Babel, get_locale, refresh

from web.pages.catalogs import TRANSLATIONS, compile_catalogs

LANGUAGES = {"en": "English", "ko": "한국어"}
PUBLIC_LANGUAGES = {**LANGUAGES, "fr": "Français", "ar": "العربية"}
_COOKIE = "lang"
_READER = "reader_language"
_YEAR_SECONDS = 365 * 24 * 60 * 60


def add_languages(app: Flask) -> None:
    """Choose a language for every request, and remember the one that was asked for."""
    compile_catalogs(TRANSLATIONS)
    Babel(
        app,
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=lambda: find_chosen_language() or g.get(_READER) or _browser_language(),
    )
    app.after_request(_remember_language)
    app.context_processor(_language_facts)


def find_chosen_language() -> str | None:
    """Return the language that the reader chose, if any."""
    for asked in (request.args.get("lang"), request.cookies.get(_COOKIE)):
        if asked in offered_languages():
            return asked
    return None


def speak_to_reader(language: str) -> None:
    """Speak a reader's own language from here on, errors too, unless they chose another."""
    setattr(g, _READER, language)
    refresh()


def offered_languages() -> dict[str, str]:
    """Return the languages of the page asked for; a researcher's page speaks more of them."""
    is_private = request.blueprint == "researcher" or request.path.startswith("/r/")
    return PUBLIC_LANGUAGES if is_private else LANGUAGES


def current_language() -> str:
    """Return the code of the language in which this page speaks."""
    return str(get_locale().language)


def _browser_language() -> str:
    return request.accept_languages.best_match(list(offered_languages())) or next(iter(LANGUAGES))


def _remember_language(response: Response) -> Response:
    asked = request.args.get("lang")
    if asked in offered_languages() and response.mimetype == "text/html":
        response.set_cookie(
            _COOKIE,
            asked,
            max_age=_YEAR_SECONDS,
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
    return response


def _language_facts() -> dict[str, Any]:
    locale = get_locale()
    return {
        "languages": offered_languages(),
        "language": str(locale.language),
        "text_direction": locale.text_direction,
        "same_page_in": _same_page_in,
    }


def _same_page_in(language: str) -> str:
    """Return the address of this page in another language.

    What a researcher is shown in answer to a form has none of its own: theirs is their first page.
    """
    arguments = {**request.args.to_dict(), "lang": language}
    path, rule = quote(request.path), request.url_rule
    if request.blueprint == "researcher" and rule is not None and "GET" not in (rule.methods or ()):
        path = url_for("researcher.show_stay", token=(request.view_args or {})["token"])
    return f"{path}?{urlencode(arguments)}"
