"""Explanations as JSON documents, with their sentences in a speaker's words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from scheduler.explain.explanation import Explanation, Leeway, Move, Reason, Repair, Wish
from scheduler.explain.sentences import Speaker, say, say_whole
from scheduler.explain.things import Span, Thing
from scheduler.plan import residency_document
from scheduler.problem.adjustments import documents_of

Document = dict[str, Any]


def explanation_document(explained: Explanation, speaker: Speaker) -> Document:
    """Return an explanation; every key is always there."""
    return {
        "request": explained.request,
        "placed": explained.residency is not None,
        "residency": residency_document(explained.residency),
        "text": say_whole(explained.sentence, speaker),
        "remarks": [say_whole(each, speaker) for each in explained.remarks],
        "reasons": [_reason(each, speaker) for each in explained.reasons],
        "repairs": [_repair(each, speaker) for each in explained.repairs],
        "wishes": [_wish(each, speaker) for each in explained.wishes],
        "leeway": None if explained.leeway is None else _leeway(explained.leeway, speaker),
    }


def _reason(reason: Reason, speaker: Speaker) -> Document:
    return {
        "rule": reason.rule.value,
        "resource": None if reason.resource is None else _thing(reason.resource, speaker),
        "days": _spans(reason.days),
        "holders": [
            {**_thing(each.what, speaker), **_span(each.days), "amount": each.amount}
            for each in reason.holders
        ],
        "text": say_whole(reason.sentence, speaker),
    }


def _repair(repair: Repair, speaker: Speaker) -> Document:
    return {
        "price": repair.price,
        "adjustments": documents_of(repair.adjustments),
        "moves": [_move(each, speaker) for each in repair.moves],
        "text": say_whole(repair.sentence, speaker),
    }


def _move(move: Move, speaker: Speaker) -> Document:
    return {
        "request": move.request,
        "before": residency_document(move.before),
        "after": residency_document(move.after),
        "text": say_whole(move.sentence, speaker),
    }


def _wish(wish: Wish, speaker: Speaker) -> Document:
    return {
        "kind": wish.kind.value,
        "points": wish.points,
        "text": say_whole(wish.sentence, speaker),
        "reasons": [_reason(each, speaker) for each in wish.reasons],
        "repairs": [_repair(each, speaker) for each in wish.repairs],
    }


def _leeway(leeway: Leeway, speaker: Speaker) -> Document:
    return {
        "freedom": leeway.freedom.value,
        "loss": leeway.loss,
        "residency": residency_document(leeway.residency),
        "days": leeway.days,
        "zone": leeway.zone,
        "host": leeway.host,
        "text": say_whole(leeway.sentence, speaker),
    }


def _thing(thing: Thing, speaker: Speaker) -> Document:
    return {"kind": thing.kind.value, "id": thing.id, "name": say(thing, speaker)}


def _spans(spans: Iterable[Span]) -> list[Document]:
    return [_span(span) for span in spans]


def _span(span: Span) -> Document:
    return {"first_day": span.first_day.isoformat(), "last_day": span.last_day.isoformat()}
