"""Explanations as they were found, said in the reader's language and made ready for a page."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any, Protocol

from scheduler.explain.english import English
from scheduler.explain.telling import say_told
from scheduler.explain.things import Kind, Span, Thing, spell_out
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Request
from scheduler.problem.types import Days, RequestId, text_in
from scheduler.rules import Rule
from web.use_cases.names import Names
from web.use_cases.views.why import (
    ExplanationView,
    HolderRow,
    MoveRow,
    ReasonCard,
    RepairCard,
    SpanView,
    WishCard,
)

Document = dict[str, Any]


class Words(Protocol):
    """How a language says texts of the catalogue, days, numbers and lists."""

    def translate(self, text: str) -> str:
        """Return a text of the catalogue, placeholders kept."""

    def day(self, day: dt.date) -> str:
        """Say a day."""

    def span(self, first_day: dt.date, last_day: dt.date) -> str:
        """Say days, both ends inclusive."""

    def number(self, number: int) -> str:
        """Say a number."""

    def join(self, parts: Sequence[str]) -> str:
        """Say a list."""

    def feature(self, name: str) -> str:
        """Say a feature of a zone."""


class Speech(English):
    """Says sentences in the reader's words, with the names of a scenario in their language."""

    def __init__(self, problem: Problem, language: str, words: Words) -> None:
        """Keep the scenario, the language of its names, and the words."""
        super().__init__(problem)
        self.language = language
        self._words = words

    def name(self, thing: Thing) -> str:
        """Say a name; a request by who asks, with its id only where it could be another's."""
        if thing.kind is Kind.FEATURE:
            return self._words.feature(thing.id)
        if thing.kind is not Kind.REQUEST or thing.name:
            return super().name(thing)
        asker = self._names_of_askers.get(thing.id, thing.id)
        return asker if self._askers_called[asker] == 1 else f"{asker} ({thing.id})"

    def translate(self, text: str) -> str:
        """Return a text of the catalogue."""
        return self._words.translate(text)

    def day(self, day: dt.date) -> str:
        """Say a day."""
        return self._words.day(day)

    def span(self, span: Span) -> str:
        """Say days."""
        return self._words.span(span.first_day, span.last_day)

    def number(self, number: int) -> str:
        """Say a number."""
        return self._words.number(number)

    def join(self, parts: Sequence[str]) -> str:
        """Say a list."""
        return self._words.join(parts)

    @cached_property
    def _names_of_askers(self) -> dict[str, str]:
        problem = self._problem
        return {
            request.id: text_in(problem.researcher[request.researcher].name, self.language)
            for request in problem.requests
        }

    @cached_property
    def _askers_called(self) -> Counter[str]:
        """How many requests are of somebody of a name."""
        return Counter(self._names_of_askers.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller:
    """Makes the parts of a page of what was told about one request."""

    names: Names
    speech: Speech
    request: Request
    numbers: Iterator[int]

    def explanation(self, told: Document) -> ExplanationView:
        """Return the whole explanation."""
        leeway = told["leeway"]
        return ExplanationView(
            text=self._say(told["text"]),
            remarks=tuple(self._say(each) for each in told["remarks"]),
            reasons=self._reasons(told["reasons"]),
            repairs=self._repairs(told["repairs"]),
            wishes=tuple(self._wish(each) for each in told["wishes"]),
            freedom=None if leeway is None else leeway["freedom"],
            leeway=None if leeway is None else self._say(leeway["text"]),
        )

    def _say(self, told: Any) -> str:
        said = str(say_told(told, self.speech))
        return f"{said[:1].upper()}{said[1:]}"

    def _wish(self, told: Document) -> WishCard:
        return WishCard(
            text=self._say(told["text"]),
            points=told["points"],
            reasons=self._reasons(told["reasons"]),
            repairs=self._repairs(told["repairs"]),
        )

    def _reasons(self, told: list[Document]) -> tuple[ReasonCard, ...]:
        return tuple(self._reason(each) for each in told)

    def _reason(self, told: Document) -> ReasonCard:
        window = self._window_of(told)
        resource = told["resource"]
        return ReasonCard(
            rule=told["rule"],
            text=self._say(told["text"]),
            resource=None if resource is None else say_told(resource["name"], self.speech),
            first_day=window.first_day,
            last_day=window.last_day,
            spans=tuple(span for each in told["days"] if (span := _part(window, each))),
            holders=tuple(self._holders(window, told["holders"])),
        )

    def _window_of(self, told: Document) -> Span:
        """Return the days of the picture: those asked for, of a quota all that count to it."""
        programme, request = self.names.problem.programme, self.request
        if told["rule"] == Rule.QUOTA and told["holders"]:
            held = [_span_of(each).days for each in told["holders"]]
            first, stop = min(days.start for days in held), max(days.stop for days in held)
            return spell_out(Days(first, stop))
        first_day = max(request.first_day, programme.first_day)
        last_day = min(request.last_day, programme.last_day)
        if first_day > last_day:
            return Span(first_day=request.first_day, last_day=request.last_day)
        return Span(first_day=first_day, last_day=last_day)

    def _holders(self, window: Span, told: list[Document]) -> Iterator[HolderRow]:
        for each in told:
            span = _part(window, each)
            if span is not None:
                yield HolderRow(
                    name=say_told(each["name"], self.speech),
                    request=each["id"] if each["kind"] == Kind.REQUEST else None,
                    amount=each["amount"],
                    span=span,
                )

    def _repairs(self, told: list[Document]) -> tuple[RepairCard, ...]:
        return tuple(self._repair(each) for each in told)

    def _repair(self, told: Document) -> RepairCard:
        steps = told["text"]["values"]["steps"]
        moves = tuple(self._move(each) for each in told["moves"])
        return RepairCard(
            number=next(self.numbers),
            price=told["price"],
            steps=tuple(self._say(each) for each in steps),
            agreeing=tuple(dict.fromkeys(each["kind"] for each in told["adjustments"])),
            moves=moves,
            offer={
                "adjustments": told["adjustments"],
                "moves": [_offered(each) for each in told["moves"]],
                "request": self.request.id,
            },
        )

    def _move(self, told: Document) -> MoveRow:
        name = RequestId(told["request"])
        return MoveRow(
            request=name,
            researcher=self.names.researcher(self.names.problem.request[name]),
            text=self._say(told["text"]),
            is_own=name == self.request.id,
            is_dropped=told["after"] is None,
            was_told=name in self.names.problem.told,
        )


def teller_of(names: Names, words: Words, request: Request) -> Teller:
    """Return who tells about a request in the reader's words."""
    speech = Speech(names.problem, names.language, words)
    return Teller(names=names, speech=speech, request=request, numbers=count(1))


def say_document(problem: Problem, language: str, words: Words, told: Document) -> Document:
    """Return a told explanation as a document in the reader's words."""
    said: Document = say_told(told, Speech(problem, language, words))
    return said


def _offered(told: Document) -> Document:
    """Return a move as a what-if takes it: the residency afterwards, or that there is none."""
    request, after = told["request"], told["after"]
    return {"request": request, "after": None if after is None else {"request": request, **after}}


def _span_of(told: Document) -> Span:
    return Span(
        first_day=dt.date.fromisoformat(told["first_day"]),
        last_day=dt.date.fromisoformat(told["last_day"]),
    )


def _part(window: Span, told: Document) -> SpanView | None:
    """Return days as a part of a window, None where they lie outside."""
    days = _span_of(told)
    shown = days.days.common(window.days)
    if not shown:
        return None
    whole = window.days.stop - window.days.start
    return SpanView(
        first_day=days.first_day,
        last_day=days.last_day,
        x=round(100 * (max(days.days.start, window.days.start) - window.days.start) / whole, 3),
        width=round(100 * shown / whole, 3),
    )
