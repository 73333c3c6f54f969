"""Strange input: values that no form offers, and requests that tell what is read of them."""

from __future__ import annotations

from typing import Any, ClassVar

from werkzeug.datastructures import ImmutableMultiDict

from web.json_text import SentJson, StrictRequest, loads

LARGE, SURROGATE = 10**30, "\ud800"
STRANGE: tuple[Any, ...] = (
    "",
    "0",
    "-1",
    str(2**31),
    str(LARGE),
    "9" * 5000,
    "nan",
    "1e400",
    "\x00",
    "ada\x00",
    "9999-12-31",
    "0001-01-01",
    "²",
    "%s{0}{{7*7}}\r\nX: y",
    "../../etc/passwd",
    "[]",
    '{"a": [' * 5000,
    '{"id": null, "request": {"a": 1}, "first_day": 5}',
    '[{"id": "\\ud800"}]',
)
STRANGE_JSON: tuple[Any, ...] = (
    *STRANGE,
    None,
    True,
    LARGE,
    -1,
    0.5,
    float("nan"),
    SURROGATE,
    [],
    [None, 1, "a", SURROGATE, [], {}],
    {},
    {"request": "ada", "id": SURROGATE, "first_day": "0001-01-01", "last_day": "9999-12-31"},
    [{"request": "ada", "after": {"request": "ada"}}],
    [{"kind": "none", "request": LARGE}],
)
BODIES = (b"", b"null", b"[]", b'"\\ud800"', b"{", b"[" * 100_000, b"\xff\x00", b"1e999")
PREFIXED = ("column-1", "column-x", "take.name", "side-ada", "mend-1-1-name", "zone-0", "weights.x")
"""Fields whose names have a part that is not fixed."""

ENDINGS = ("csv", "xlsx", "json", "svg")
USUAL = {"revision": "0", "plan": "1", "request": "ada", "was": "{}", "mine": "{}", "change": "1"}
USUAL_JSON = {"request": "ada", "plan": 1, "adjustments": [], "moves": []}


class Watched(ImmutableMultiDict[str, str]):
    """What was sent, which remembers what somebody looked for in it."""

    asked: ClassVar[set[str]] = set()
    is_json: ClassVar[bool] = False

    def getlist(self, key: str, *args: Any, **others: Any) -> list[Any]:
        """Remember the name."""
        Watched.asked.add(key)
        return super().getlist(key, *args, **others)

    def __getitem__(self, key: str) -> str:
        """Remember the name."""
        Watched.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        """Remember the name."""
        Watched.asked.add(str(key))
        return super().__contains__(key)


class WatchedDocument(dict[str, Any]):
    """A JSON object that remembers what somebody looked for in it."""

    def get(self, key: str, default: Any = None) -> Any:
        """Remember the name."""
        Watched.asked.add(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Any:
        """Remember the name."""
        Watched.asked.add(key)
        return super().__getitem__(key)


class WatchedJson(SentJson):
    """JSON whose reading is watched, where it is an object."""

    @staticmethod
    def loads(text: str | bytes, **others: Any) -> Any:
        """Read an object that remembers what is looked for in it."""
        Watched.is_json = True
        document = loads(text, **others)
        return WatchedDocument(document) if isinstance(document, dict) else document


class WatchedRequest(StrictRequest):
    """A request whose reading is watched."""

    parameter_storage_class = Watched
    json_module = WatchedJson
