"""Sentences apart from what they are about: a text with named values, said in any language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from scheduler.explain.templates import Template
from scheduler.explain.things import Span, Thing

Value: TypeAlias = "str | int | dt.date | Span | Thing | Template | Sentence | tuple[Value, ...]"
"""What a sentence may hold: a number, a day, days, a thing, words, sentences, or some of one."""

MOST_NAMED = 4
"""How many things or ranges of days a sentence names; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A text of the catalogue with the values of its placeholders."""

    template: Template
    values: Mapping[str, Value] = field(default_factory=dict)


def sentence(template: Template, /, **values: Value) -> Sentence:
    """Return a sentence."""
    return Sentence(template=template, values=values)


class Speaker(Protocol):
    """Who says a sentence in a language."""

    def translate(self, text: str) -> str:
        """Return a text of the catalogue in the language, placeholders kept."""

    def day(self, day: dt.date) -> str:
        """Say a day."""

    def span(self, span: Span) -> str:
        """Say days, both ends inclusive."""

    def number(self, number: int) -> str:
        """Say a number."""

    def name(self, thing: Thing) -> str:
        """Say what a thing is called."""

    def join(self, parts: Sequence[str]) -> str:
        """Say several things as one list."""


def say(value: Value, speaker: Speaker) -> str:
    """Return a value in the speaker's words."""
    match value:
        case Sentence(template=template, values=values):
            parts = {name: say(each, speaker) for name, each in values.items()}
            said = speaker.translate(template.value) % parts
        case Template():
            said = speaker.translate(value.value)
        case tuple():
            said = _say_several(value, speaker)
        case Span():
            said = speaker.span(value)
        case Thing():
            said = speaker.name(value)
        case dt.date():
            said = speaker.day(value)
        case int():
            said = speaker.number(value)
        case str():
            said = value
    return said


def say_whole(whole: Sentence, speaker: Speaker) -> str:
    """Return a sentence that stands by itself, its first letter large."""
    said = say(whole, speaker)
    return f"{said[:1].upper()}{said[1:]}"


def _say_several(values: tuple[Value, ...], speaker: Speaker) -> str:
    """Say sentences one after another, and things as a list that is not too long."""
    if not values:
        return say(Template.NOBODY, speaker)
    if any(isinstance(each, Sentence) for each in values):
        return "; ".join(say(each, speaker) for each in values)
    named = values if len(values) <= MOST_NAMED + 1 else values[:MOST_NAMED]
    parts = [say(each, speaker) for each in named]
    if len(named) < len(values):
        left = len(values) - len(named)
        parts.append(say(sentence(Template.MORE, count=left), speaker))
    return speaker.join(parts)
