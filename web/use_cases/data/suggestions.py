"""What is offered while somebody types: words that the programme's data use already."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from web.use_cases.data.form_choices import Choices
from web.use_cases.data.form_kinds import Field, Kind
from web.use_cases.views.data import Option


def suggested(choices: Choices, field: Field) -> tuple[Option, ...]:
    """Return what is offered for a field whose words are free."""
    if field.kind is Kind.WORDS:
        return _options(_features(choices))
    if field.of == "group":
        return _options(_groups(choices))
    return _counted(choices) if field.of == "counted" else ()


def _features(choices: Choices) -> Iterable[str]:
    problem = choices.problem
    for zone in problem.zones:
        yield from zone.features
    for request in problem.requests:
        yield from (*request.needs, *request.wishes)


def _groups(choices: Choices) -> Iterable[str]:
    problem = choices.problem
    groups = chain(
        (item.group for item in problem.requests), (item.group for item in problem.reservations)
    )
    return filter(None, groups)


def _counted(choices: Choices) -> tuple[Option, ...]:
    """Return what a quota can count by: countries, tracks, institutions and sites."""
    countries = (each.country for each in choices.problem.institutions)
    named = (each for name in ("tracks", "sites", "institutions") for each in choices.of(name))
    return (*_options(countries), *named)


def _options(words: Iterable[str]) -> tuple[Option, ...]:
    return tuple(Option(id=word, name=word) for word in sorted(set(words)))
