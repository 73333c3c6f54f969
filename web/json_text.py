"""JSON as programs and forms send it to us: what is odd in it is refused as a whole."""

from __future__ import annotations

import json
from typing import Any

from flask import Request

from scheduler.files.documents import read_json
from scheduler.files.findings import DocumentError


def loads(text: str | bytes, **_others: Any) -> Any:
    """Return the value of a JSON text; ``ValueError`` where it is refused.

    No key stands twice, no number is none, no depth is without end, and text is text: escapes
    can spell half a character, or one that no database knows.
    """
    spelled = text.decode() if isinstance(text, bytes) else text
    try:
        document = read_json(spelled)
        if "\\u" in spelled:
            _check_characters(document)
    except (DocumentError, RecursionError) as error:
        raise ValueError(str(error)) from None
    return document


def _check_characters(document: Any) -> None:
    """Raise ``ValueError`` where a text cannot be written down."""
    written = json.dumps(document, ensure_ascii=False)
    written.encode()
    if "\\u0000" in written.replace("\\\\", ""):
        raise ValueError("a text with a character that no database knows")


class SentJson:
    """What a request reads its JSON by."""

    loads = staticmethod(loads)
    dumps = staticmethod(json.dumps)


class StrictRequest(Request):
    """A request of which JSON is read strictly."""

    json_module = SentJson
