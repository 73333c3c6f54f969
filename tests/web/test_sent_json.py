"""JSON as programs send it: what no page of ours would send is refused as a whole."""

from __future__ import annotations

import pytest

from web.json_text import loads


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ('{"a": [1, 2.5, null, true]}', {"a": [1, 2.5, None, True]}),
        ('"\\ud83d\\ude00 \\\\u0000"', "😀 \\u0000"),
        (b'"\xea\xb9\x80"', "김"),
    ],
)
def test_what_is_sent_properly_is_read(text: str | bytes, document: object) -> None:
    assert loads(text) == document


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        b"\xff",
        "NaN",
        "1e999",
        "9" * 5000,
        '{"a": 1, "a": 2}',
        '"\\ud800"',
        '{"a\\u0000": 1}',
        "[" * 100_000,
    ],
)
def test_what_is_odd_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # what Flask answers by a 400
        loads(text)
