"""Sentences as plain JSON without a language, to be said later by whoever reads them.

A sentence is its template's name with its values, so that an explanation is found once and
told in every language.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from scheduler.explain.sentences import Sentence, Speaker, Value, say, say_whole
from scheduler.explain.templates import Template
from scheduler.explain.things import Kind, Span, Thing

SENTENCE, THING, WORDS, SPAN, DAY = "sentence", "thing", "words", "span", "day"
"""The keys by which values that are no plain number, string or list are told apart."""


def tell(value: Value) -> Any:
    """Return a value as JSON, from which ``hear`` makes it again."""
    told: Any = value
    match value:
        case Sentence(template=template, values=values):
            parts = {name: tell(each) for name, each in values.items()}
            told = {SENTENCE: template.name, "values": parts}
        case Template():
            told = {WORDS: value.name}
        case tuple():
            told = [tell(each) for each in value]
        case Span(first_day=first_day, last_day=last_day):
            told = {SPAN: [first_day.isoformat(), last_day.isoformat()]}
        case Thing(kind=kind, id=thing_id, name=name):
            told = {THING: kind.value, "id": thing_id, "name": name}
        case dt.date():
            told = {DAY: value.isoformat()}
    return told


def hear(told: Any) -> Value:
    """Return what ``tell`` made JSON of; ``ValueError`` where it is something else."""
    heard: Value
    match told:
        case {"sentence": name, "values": values}:
            parts = {key: hear(each) for key, each in values.items()}
            heard = Sentence(template=Template[name], values=parts)
        case {"words": name}:
            heard = Template[name]
        case {"span": [first_day, last_day]}:
            heard = Span(first_day=_day(first_day), last_day=_day(last_day))
        case {"thing": kind, "id": thing_id, "name": name}:
            heard = Thing(kind=Kind(kind), id=thing_id, name=name)
        case {"day": day}:
            heard = _day(day)
        case list():
            heard = tuple(hear(each) for each in told)
        case str() | int():
            heard = told
        case _:
            raise ValueError(f"{told!r}: no value of a sentence")
    return heard


def say_told(document: Any, speaker: Speaker) -> Any:
    """Return a document with every told sentence and thing in it in the speaker's words."""
    if isinstance(document, list):
        return [say_told(each, speaker) for each in document]
    if not isinstance(document, dict):
        return document
    if SENTENCE in document or THING in document:
        heard = hear(document)
        return say_whole(heard, speaker) if isinstance(heard, Sentence) else say(heard, speaker)
    return {name: say_told(each, speaker) for name, each in document.items()}


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
