"""Reasons that a request's own rules give, whoever else is there: one function a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from scheduler.explain.arrivals import arrival_facts
from scheduler.explain.asked import MOST_FACTS, Asked, holders_by, nearest, shared_days
from scheduler.explain.explanation import Reason
from scheduler.explain.sentences import Sentence, sentence
from scheduler.explain.templates import Template
from scheduler.explain.things import Kind, Span, Thing, span_of, spans_of
from scheduler.explain.zones import exclusive_zone_facts, zone_facts
from scheduler.problem.programme import Pool
from scheduler.problem.requests import Pin
from scheduler.problem.types import day_of, days_of
from scheduler.rules import Rule


def facts_of(asked: Asked, rules: Sequence[Rule]) -> tuple[Reason, ...]:
    """Return what each of some rules says of a request."""
    return tuple(reason for rule in rules for reason in FACTS[rule](asked))


def window_facts(asked: Asked) -> Iterator[Reason]:
    """Yield how many days the request and the programme leave (H1)."""
    request, programme = asked.request, asked.problem.programme
    window = span_of(request)
    common = days_of(request).common(days_of(programme))
    if not common:
        said = sentence(Template.WINDOW_SHUT, window=window, programme=span_of(programme))
    elif common < request.min_days:
        said = sentence(Template.WINDOW_SHORT, window=window, days=common, least=request.min_days)
    else:
        said = sentence(Template.WINDOW, window=window)
    yield Reason(rule=Rule.WINDOW, days=(window,), sentence=said)


def length_facts(asked: Asked) -> Iterator[Reason]:
    """Yield which lengths are allowed, and how long slots are that are taken whole (H2)."""
    request, problem = asked.request, asked.problem
    said = sentence(
        Template.LENGTH_LIMITS,
        least=request.min_days,
        most=request.max_days,
        step=problem.policy.stay_step_days,
    )
    yield Reason(rule=Rule.LENGTH, sentence=said)
    whole = [each for each in problem.slots if each.fixed_dates and request.track in each.tracks]
    for slot in sorted(whole, key=lambda each: nearest(asked.days, each))[:MOST_FACTS]:
        days, thing = days_of(slot), Thing(kind=Kind.SLOT, id=slot.id)
        if asked.days.common(days):
            said = sentence(
                Template.SLOT_WHOLE,
                slot=thing,
                days=span_of(slot),
                length=days.stop - days.start,
            )
            yield Reason(rule=Rule.LENGTH, resource=thing, days=(span_of(slot),), sentence=said)


def slot_facts(asked: Asked) -> Iterator[Reason]:
    """Yield when the slots of the track are (H4)."""
    slots = [each for each in asked.problem.slots if asked.request.track in each.tracks]
    if not asked.problem.slots:
        yield Reason(rule=Rule.SLOT, sentence=sentence(Template.NO_SLOTS))
    elif not slots:
        track = Thing(kind=Kind.TRACK, id=asked.request.track)
        yield Reason(rule=Rule.SLOT, sentence=sentence(Template.NO_SLOT_OF_TRACK, track=track))
    for slot in sorted(slots, key=lambda each: nearest(asked.days, each))[:MOST_FACTS]:
        thing, days = Thing(kind=Kind.SLOT, id=slot.id), span_of(slot)
        said = sentence(Template.SLOTS_ELSEWHEN, slot=thing, days=days)
        yield Reason(rule=Rule.SLOT, resource=thing, days=(days,), sentence=said)


def host_facts(asked: Asked) -> Iterator[Reason]:
    """Yield which hosts are away, or that there is none (H7)."""
    problem, request = asked.problem, asked.request
    if not problem.hosts:
        yield Reason(rule=Rule.HOST, sentence=sentence(Template.NO_HOSTS))
        return
    hosts = [
        each
        for each in problem.hosts
        if (request.track in each.tracks if request.hosts is None else each.id in request.hosts)
    ]
    found = []
    for host in hosts:
        days = shared_days(asked.days, host.absences)
        if days:
            thing = Thing(kind=Kind.HOST, id=host.id)
            reason = Reason(
                rule=Rule.HOST,
                resource=thing,
                days=days,
                holders=holders_by(Kind.ABSENCE, host.id, host.absences, asked.days),
                sentence=sentence(Template.HOST_AWAY, host=thing, days=days),
            )
            found.append(reason)
    track = Thing(kind=Kind.TRACK, id=request.track)
    none = Reason(rule=Rule.HOST, sentence=sentence(Template.NO_HOST_ALLOWED, track=track))
    yield from found[:MOST_FACTS] or [none]


def computing_facts(asked: Asked) -> Iterator[Reason]:
    """Yield which pools are closed, or that none has the GPUs (H8)."""
    problem, request = asked.problem, asked.request
    if not problem.pools:
        yield Reason(rule=Rule.COMPUTING, sentence=sentence(Template.NO_POOLS))
        return
    found = []
    for pool in problem.pools:
        allowed = request.pools is None or pool.id in request.pools
        days = _closed(asked, pool) if allowed and pool.gpus >= request.gpus else ()
        if days:
            thing = Thing(kind=Kind.POOL, id=pool.id)
            reason = Reason(
                rule=Rule.COMPUTING,
                resource=thing,
                days=days,
                holders=holders_by(Kind.CLOSURE, pool.id, pool.closures, asked.days),
                sentence=sentence(Template.POOL_CLOSED, pool=thing, days=days),
            )
            found.append(reason)
    small = sentence(Template.POOLS_SMALL, gpus=request.gpus)
    yield from found[:MOST_FACTS] or [Reason(rule=Rule.COMPUTING, sentence=small)]


def _closed(asked: Asked, pool: Pool) -> tuple[Span, ...]:
    horizon = asked.setting.tables.horizon
    return spans_of(horizon.closed(pool) & horizon.mask([asked.days]), horizon.days.start)


def own_calendar_facts(asked: Asked) -> Iterator[Reason]:
    """Yield when the researcher is not available (H9)."""
    request = asked.request
    days = shared_days(asked.days, request.unavailable)
    who = Thing(kind=Kind.RESEARCHER, id=request.researcher)
    yield Reason(
        rule=Rule.OWN_CALENDAR,
        resource=who,
        days=days,
        holders=holders_by(Kind.UNAVAILABLE, request.researcher, request.unavailable, asked.days),
        sentence=sentence(Template.UNAVAILABLE, researcher=who, days=days),
    )


def visa_facts(asked: Asked) -> Iterator[Reason]:
    """Yield the earliest day for which there is a visa (H10)."""
    request, problem = asked.request, asked.problem
    country = problem.institution_of(request).country
    lead = problem.policy.visa_lead_days.get(country, 0)
    said = sentence(
        Template.VISA,
        country=country,
        lead=lead,
        submitted=request.submitted,
        earliest=day_of(request.submitted.toordinal() + lead),
        last_day=request.last_day,
    )
    yield Reason(rule=Rule.VISA, sentence=said)


def must_attend_facts(asked: Asked) -> Iterator[Reason]:
    """Yield where and when the events are that must be attended (H11)."""
    for name in asked.request.must_attend:
        event = asked.problem.event[name]
        thing, days = Thing(kind=Kind.EVENT, id=event.id), span_of(event)
        site = Thing(kind=Kind.SITE, id=event.site)
        said = sentence(Template.EVENT, event=thing, site=site, days=days)
        yield Reason(rule=Rule.MUST_ATTEND, resource=thing, days=(days,), sentence=said)


def pin_facts(asked: Asked) -> Iterator[Reason]:
    """Yield what the office has pinned, and that it is too late to change what was published."""
    problem, request = asked.problem, asked.request
    for pin in asked.setting.tables.pins.get(request.id, ()):
        said = sentence(Template.PINNED, parts=tuple(_pinned_parts(pin)))
        if said.values["parts"] == ():
            said = sentence(Template.PINNED_PLACED)
        thing = Thing(kind=Kind.PIN, id=request.id)
        yield Reason(rule=Rule.PIN, resource=thing, sentence=said)
    told = problem.told.get(request.id)
    if told is not None and problem.is_frozen(told):
        thing = Thing(kind=Kind.PUBLISHED, id=request.id)
        said = sentence(Template.FROZEN, days=problem.policy.frozen_days)
        yield Reason(rule=Rule.PIN, resource=thing, days=(span_of(told),), sentence=said)


def _pinned_parts(pin: Pin) -> Iterator[Sentence]:
    if pin.slot is not None:
        yield sentence(Template.PINNED_SLOT, slot=Thing(kind=Kind.SLOT, id=pin.slot))
    if pin.zone is not None:
        yield sentence(Template.PINNED_ZONE, zone=Thing(kind=Kind.ZONE, id=pin.zone))
    if pin.host is not None:
        yield sentence(Template.PINNED_HOST, host=Thing(kind=Kind.HOST, id=pin.host))
    if pin.pool is not None:
        yield sentence(Template.PINNED_POOL, pool=Thing(kind=Kind.POOL, id=pin.pool))
    if pin.first_day is not None:
        yield sentence(Template.PINNED_FIRST_DAY, day=pin.first_day)
    if pin.last_day is not None:
        yield sentence(Template.PINNED_LAST_DAY, day=pin.last_day)


def _none(_: Asked) -> Iterator[Reason]:
    """Yield nothing: the rule is about others, too."""
    yield from ()


FACTS: Mapping[Rule, Callable[[Asked], Iterator[Reason]]] = {
    Rule.WINDOW: window_facts,
    Rule.LENGTH: length_facts,
    Rule.ARRIVAL: arrival_facts,
    Rule.SLOT: slot_facts,
    Rule.ZONE: zone_facts,
    Rule.EXCLUSIVE_ZONE: exclusive_zone_facts,
    Rule.HOST: host_facts,
    Rule.COMPUTING: computing_facts,
    Rule.OWN_CALENDAR: own_calendar_facts,
    Rule.VISA: visa_facts,
    Rule.MUST_ATTEND: must_attend_facts,
    Rule.SEPARATION: _none,
    Rule.QUOTA: _none,
    Rule.PIN: pin_facts,
    Rule.COLLABORATION: _none,
}
