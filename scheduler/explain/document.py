"""Explanations as JSON documents: told without a language, or in a speaker's words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scheduler.explain.explanation import Explanation, Leeway, Move, Reason, Repair, Wish
from scheduler.explain.sentences import Speaker
from scheduler.explain.telling import say_told, tell
from scheduler.explain.things import Span, Thing
from scheduler.plan import residency_document
from scheduler.problem.adjustments import documents_of

Document = dict[str, Any]


def explanation_document(explained: Explanation, speaker: Speaker) -> Document:
    """Return an explanation in a speaker's words; every key is always there."""
    said: Document = say_told(told_explanation(explained), speaker)
    return said


def told_explanation(explained: Explanation) -> Document:
    """Return an explanation with its sentences and names told, to be said by ``say_told``."""
    return {
        "request": explained.request,
        "placed": explained.residency is not None,
        "residency": residency_document(explained.residency),
        "text": tell(explained.sentence),
        "remarks": [tell(each) for each in explained.remarks],
        "reasons": [_reason(each) for each in explained.reasons],
        "repairs": [_repair(each) for each in explained.repairs],
        "wishes": [_wish(each) for each in explained.wishes],
        "leeway": None if explained.leeway is None else _leeway(explained.leeway),
    }


def _reason(reason: Reason) -> Document:
    return {
        "rule": reason.rule.value,
        "resource": None if reason.resource is None else _thing(reason.resource),
        "days": _spans(reason.days),
        "holders": [
            {**_thing(each.what), **_span(each.days), "amount": each.amount}
            for each in reason.holders
        ],
        "text": tell(reason.sentence),
    }


def _repair(repair: Repair) -> Document:
    return {
        "price": repair.price,
        "adjustments": documents_of(repair.adjustments),
        "moves": [_move(each) for each in repair.moves],
        "text": tell(repair.sentence),
    }


def _move(move: Move) -> Document:
    return {
        "request": move.request,
        "before": residency_document(move.before),
        "after": residency_document(move.after),
        "text": tell(move.sentence),
    }


def _wish(wish: Wish) -> Document:
    return {
        "kind": wish.kind.value,
        "points": wish.points,
        "text": tell(wish.sentence),
        "reasons": [_reason(each) for each in wish.reasons],
        "repairs": [_repair(each) for each in wish.repairs],
    }


def _leeway(leeway: Leeway) -> Document:
    return {
        "freedom": leeway.freedom.value,
        "loss": leeway.loss,
        "residency": residency_document(leeway.residency),
        "days": leeway.days,
        "zone": leeway.zone,
        "host": leeway.host,
        "text": tell(leeway.sentence),
    }


def _thing(thing: Thing) -> Document:
    return {"kind": thing.kind.value, "id": thing.id, "name": tell(thing)}


def _spans(spans: Iterable[Span]) -> list[Document]:
    return [_span(span) for span in spans]


def _span(span: Span) -> Document:
    return {"first_day": span.first_day.isoformat(), "last_day": span.last_day.isoformat()}
