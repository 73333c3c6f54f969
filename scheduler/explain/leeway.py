"""How freely residencies can move while all others stay where they are."""

from __future__ import annotations

from dataclasses import replace

from scheduler.candidates.candidates import Part
from scheduler.explain.choice import Beside, Mask, everything, is_open
from scheduler.explain.explanation import Freedom, Leeway
from scheduler.explain.sentences import Sentence, sentence
from scheduler.explain.setting import Setting
from scheduler.explain.spelling import stay_of
from scheduler.explain.templates import Template
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency

FIXED = {
    Freedom.PINNED: Template.FIXED_BY_PIN,
    Freedom.FROZEN: Template.FIXED_BY_NOTICE,
    Freedom.ONLY_WAY: Template.ONLY_WAY,
    Freedom.TAKEN: Template.ALL_TAKEN,
}


def find_leeways(problem: Problem, plan: Plan) -> tuple[Leeway, ...]:
    """Return how freely each residency of an allowed plan can move, in the plan's order."""
    setting = Setting(problem, plan)
    return tuple(find_leeway(setting, residency) for residency in plan.residencies)


def find_leeway(setting: Setting, residency: Residency) -> Leeway:
    """Return how freely one residency can move to other days, another zone or another host."""
    beside = Beside(setting, setting.candidates(residency.request))
    now = beside.points_of(residency)
    masks = _other_ways(beside, residency)
    choices = {part: beside.choose(mask) for part, mask in masks.items()}
    loss = {part: now - found.points for part, found in choices.items() if found is not None}
    if not loss:
        freedom = _why_fixed(setting, residency, beside, masks)
        return Leeway(request=residency.request, freedom=freedom, sentence=sentence(FIXED[freedom]))
    least = min(loss, key=lambda part: loss[part])
    best = choices[least]
    moved = residency if best is None else best.residency
    return Leeway(
        request=residency.request,
        freedom=Freedom.COST if loss[least] > 0 else Freedom.FREE,
        loss=loss[least],
        residency=moved,
        days=loss.get("days"),
        zone=loss.get("zone"),
        host=loss.get("host"),
        sentence=_say(loss[least], moved),
    )


def _other_ways(beside: Beside, residency: Residency) -> dict[str, Mask]:
    """Return the candidates with other days, those with another zone, with another host."""
    each, positions = beside.each, beside.setting.tables.positions
    days, mask = residency.days, everything(each)
    masks = {"days": replace(mask, times=(each.first != days.start) | (each.stop != days.stop))}
    for part in (Part.ZONE, Part.HOST):
        if part in each.options:
            now = positions[part][getattr(residency, part.value)]
            masks[part.value] = replace(mask, options={part: each.options[part].who != now})
    return masks


def _why_fixed(
    setting: Setting, residency: Residency, beside: Beside, masks: dict[str, Mask]
) -> Freedom:
    """Return why a residency has nowhere to go."""
    if any(is_open(beside.each, mask) for mask in masks.values()):
        return Freedom.TAKEN
    told = setting.problem.told.get(residency.request)
    if told is not None and setting.problem.is_frozen(told):
        return Freedom.FROZEN
    return Freedom.PINNED if residency.request in setting.tables.pins else Freedom.ONLY_WAY


def _say(loss: int, moved: Residency) -> Sentence:
    if loss > 0:
        return sentence(Template.AT_A_COST, points=loss, stay=stay_of(moved))
    if loss < 0:
        return sentence(Template.FREE_FOR_MORE, points=-loss, stay=stay_of(moved))
    return sentence(Template.FREE, stay=stay_of(moved))
