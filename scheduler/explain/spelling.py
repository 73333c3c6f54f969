"""Stays and points as parts of sentences."""

from __future__ import annotations

from scheduler.explain.sentences import Sentence, sentence
from scheduler.explain.templates import Template
from scheduler.explain.things import Kind, Thing, span_of
from scheduler.problem.requests import Residency


def stay_of(residency: Residency) -> Sentence:
    """Return when and where somebody stays."""
    days, zone = span_of(residency), Thing(kind=Kind.ZONE, id=residency.zone)
    slot = Thing(kind=Kind.SLOT, id=residency.slot)
    if residency.host is None:
        return sentence(Template.STAY, days=days, zone=zone, slot=slot)
    host = Thing(kind=Kind.HOST, id=residency.host)
    return sentence(Template.STAY_WITH_HOST, days=days, zone=zone, slot=slot, host=host)


def worth_of(price: int) -> Sentence:
    """Return what the plan gains or loses."""
    if price > 0:
        return sentence(Template.GAIN, points=price)
    if price < 0:
        return sentence(Template.LOSS, points=-price)
    return sentence(Template.SAME_WORTH)
