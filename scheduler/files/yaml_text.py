"""YAML as a spelling of JSON: no anchors, tags, merge keys, second documents or own types.

Built from the parser's events, so that nothing is composed, aliased or nested before it has been
looked at. Plain scalars mean what JSON would mean by them, and all others are texts: a date
stays a text, and so do ``no`` and ``1:30``.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

import yaml

from scheduler.files.findings import DocumentError, Finding

MOST_LEVELS = 32
"""Deepest nesting that is read; a scenario needs six levels."""

_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\Z")
_WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
_TAG = "tag:yaml.org,2002:"
_JSON_TAGS = {_TAG + name for name in ("str", "int", "float", "bool", "null", "seq", "map")}


@dataclass(slots=True)
class _Open:
    """A list or map that is still being read, and the key whose value comes next."""

    values: list[Any] | dict[str, Any]
    key: str | None = None

    def add(self, value: Any) -> None:
        """Put a value at its place."""
        if isinstance(self.values, list):
            self.values.append(value)
        else:
            self.values[self.key or ""] = value
            self.key = None

    @property
    def wants_key(self) -> bool:
        """Tell whether a key comes next."""
        return self.key is None and isinstance(self.values, dict)


def read_yaml(text: str) -> Any:
    """Return the one document of a YAML text as JSON values, or raise DocumentError."""
    root = _Open([])
    open_ones = [root]
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            _take(event, open_ones)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _error(mark, f"not YAML: {error.problem or error.context}") from None
    except yaml.reader.ReaderError as error:
        place = f"character {error.position + 1}"
        raise DocumentError([Finding(place, f"not YAML: {error.reason}")]) from None
    documents = root.values
    return documents[0] if isinstance(documents, list) and documents else None


def _take(event: yaml.Event, open_ones: list[_Open]) -> None:
    """Take one event of the parser into the values that are open."""
    here = open_ones[-1]
    if isinstance(event, yaml.AliasEvent):
        raise _no_anchor(event, f"*{event.anchor}")
    if isinstance(event, yaml.NodeEvent):
        _check_node(event, here)
    if isinstance(event, yaml.ScalarEvent):
        _take_scalar(event, here)
    elif isinstance(event, yaml.CollectionStartEvent):
        if len(open_ones) > MOST_LEVELS:
            raise _error(event.start_mark, f"nested more than {MOST_LEVELS} levels deep")
        inner = _Open([] if isinstance(event, yaml.SequenceStartEvent) else {})
        here.add(inner.values)
        open_ones.append(inner)
    elif isinstance(event, yaml.CollectionEndEvent):
        open_ones.pop()
    elif isinstance(event, yaml.DocumentStartEvent) and here.values:
        raise _error(event.start_mark, "a second document; a file holds one")


def _check_node(event: yaml.NodeEvent, here: _Open) -> None:
    """Raise DocumentError for what YAML allows and JSON does not know."""
    if event.anchor is not None:
        raise _no_anchor(event, f"&{event.anchor}")
    tag = getattr(event, "tag", None)
    if tag not in _JSON_TAGS and tag not in {None, "!"}:
        raise _error(event.start_mark, f"tag {tag}: tags are not read; remove it")
    if here.wants_key and not isinstance(event, yaml.ScalarEvent):
        raise _error(event.start_mark, "a list or map as a key; a key is a plain text")


def _take_scalar(event: yaml.ScalarEvent, here: _Open) -> None:
    """Take a key or a value."""
    if not here.wants_key:
        is_text = not event.implicit[0] and event.tag in {None, "!", _TAG + "str"}
        here.add(event.value if is_text else _plain(event))
        return
    if event.value == "<<" and event.implicit[0]:
        raise _error(event.start_mark, "merge keys (<<) are not read; write the keys out")
    if event.value in here.values:
        raise _error(event.start_mark, f"key '{event.value}' stands twice; keep one")
    here.key = event.value


def _plain(event: yaml.ScalarEvent) -> Any:
    """Return what JSON would mean by a plain scalar, else its text."""
    text = event.value
    if text in _WORDS:
        return _WORDS[text]
    try:
        if _INTEGER.match(text):
            return int(text)
        if _FLOAT.match(text) and math.isfinite(float(text)):
            return float(text)
    except ValueError:
        raise _error(event.start_mark, "a number with too many digits") from None
    return text


def _no_anchor(event: yaml.NodeEvent, name: str) -> DocumentError:
    message = f"{name}: anchors and aliases are not read; write the value out"
    return _error(event.start_mark, message)


def _error(mark: Any, message: str) -> DocumentError:
    """Return an error at a mark of the parser, which counts from zero."""
    return DocumentError([Finding(f"line {mark.line + 1}, column {mark.column + 1}", message)])


class _Dumper(yaml.CSafeDumper):
    """Writes texts so that both this reader and any other YAML reader reads the same."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the dumper asks about each value
        """Write every value out."""
        return True


def _resolvers() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Return what plain scalars may mean to other readers; a date is plain."""
    return {
        first: [pair for pair in pairs if pair[0] != _TAG + "timestamp"]
        for first, pairs in yaml.CSafeDumper.yaml_implicit_resolvers.items()
    }


_Dumper.yaml_implicit_resolvers = _resolvers()
_Dumper.add_implicit_resolver(_TAG + "float", _FLOAT, list("-0123456789"))


def write_yaml(document: Any) -> bytes:
    """Return a document of JSON values as YAML, keys in their order."""
    text: str = yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return text.encode()
