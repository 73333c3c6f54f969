"""Explain a plan: one request with what would help, or every request in short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from scheduler.candidates.build import build_candidates
from scheduler.explain.asked import Asked, window_of
from scheduler.explain.case import Case
from scheduler.explain.choice import is_open
from scheduler.explain.explanation import Explanation, Reason, Repair, Wish
from scheduler.explain.facts import facts_of
from scheduler.explain.leeway import find_leeway
from scheduler.explain.repairs import (
    find_repairs,
    find_repairs_by_moves,
    placed_as_things_are,
)
from scheduler.explain.scarcity import reasons_of
from scheduler.explain.sentences import Sentence, sentence
from scheduler.explain.setting import Setting
from scheduler.explain.spelling import stay_of
from scheduler.explain.templates import Template
from scheduler.explain.things import Kind, Span, Thing
from scheduler.explain.wishes import Unmet, unmet_wishes
from scheduler.pins import breaking_rules, fewest_rules
from scheduler.plan import Plan
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency
from scheduler.problem.types import RequestId, day_of
from scheduler.rules import Rule

OF_A_PLACE = 3
"""Repairs by adjustments, and as many by moves, for a request without a place."""

OF_A_WISH = 2
"""Repairs by adjustments for a wish that is not met, and one by moves."""


def explain_request(problem: Problem, plan: Plan, request: RequestId) -> Explanation:
    """Return why a submitted request has no place, or why its residency is as it is.

    The plan has to be one that the verifier allows.
    """
    setting = Setting(problem, plan)
    residency = plan.by_request.get(request)
    if residency is None:
        return _unplaced(setting, request, with_repairs=True)
    return _placed(setting, residency, with_repairs=True)


def explain_plan(problem: Problem, plan: Plan) -> Iterator[Explanation]:
    """Yield every submitted request in short: reasons, wishes and leeway, but no repairs."""
    setting = Setting(problem, plan)
    for request in problem.submitted:
        residency = plan.by_request.get(request.id)
        if residency is None:
            yield _unplaced(setting, request.id, with_repairs=False)
        else:
            yield _placed(setting, residency, with_repairs=False)


def _unplaced(setting: Setting, request: RequestId, *, with_repairs: bool) -> Explanation:
    case = Case(setting=setting, request=request)
    fits = placed_as_things_are(case) if case.beside.each.times else None
    repairs: tuple[Repair, ...] = ()
    if fits is not None:
        repairs = (fits,)
    elif with_repairs:
        repairs = find_repairs(case, OF_A_PLACE, OF_A_PLACE)
    return Explanation(
        request=request,
        residency=None,
        sentence=sentence(Template.UNPLACED, request=Thing(kind=Kind.REQUEST, id=request)),
        remarks=tuple(_remarks(case, fits is not None, bool(repairs) or not with_repairs)),
        reasons=() if fits else _reasons(case),
        repairs=repairs,
    )


def _remarks(case: Case, fits: bool, is_helped: bool) -> Iterator[Sentence]:
    first = case.beside.each.first
    if len(first):
        days = Span(first_day=day_of(int(first.min())), last_day=day_of(int(first.max())))
        yield sentence(Template.LEEWAY, count=len(set(first.tolist())), days=days)
    if fits:
        yield sentence(Template.FITS)
    elif not is_helped:
        yield sentence(Template.NO_HELP)


def _reasons(case: Case) -> tuple[Reason, ...]:
    """Return what stands between a request and any place."""
    if case.beside.each.times:
        return reasons_of(case.beside)
    problem, request = case.setting.problem, case.asked
    asked = Asked(setting=case.setting, request=request, days=window_of(problem, request))
    return facts_of(asked, breaking_rules(case.setting.tables, request))


def _placed(setting: Setting, residency: Residency, *, with_repairs: bool) -> Explanation:
    unmet = list(unmet_wishes(setting.problem, residency))
    who = Thing(kind=Kind.REQUEST, id=residency.request)
    return Explanation(
        request=residency.request,
        residency=residency,
        sentence=sentence(Template.PLACED, request=who, stay=stay_of(residency)),
        remarks=() if unmet else (sentence(Template.ALL_MET),),
        wishes=tuple(_wish(setting, each, with_repairs=with_repairs) for each in unmet),
        leeway=find_leeway(setting, residency),
    )


def _wish(setting: Setting, unmet: Unmet, *, with_repairs: bool) -> Wish:
    """Return a wish with what is in its way; in short, only that it is not met."""
    wish = Wish(kind=unmet.kind, points=unmet.points, sentence=unmet.sentence)
    if not with_repairs:
        return wish
    case = Case(setting=setting, request=unmet.request.id, narrow=unmet.narrow)
    fits = placed_as_things_are(case)
    if fits is not None:
        return replace(wish, repairs=find_repairs_by_moves(case, fits))
    repairs = find_repairs(case, OF_A_WISH, 1)
    return replace(wish, reasons=_reasons_of_wish(case, unmet), repairs=repairs)


def _reasons_of_wish(case: Case, unmet: Unmet) -> tuple[Reason, ...]:
    """Return what stands between a residency and a wish."""
    if is_open(case.beside.each, case.mask):
        return reasons_of(case.beside, case.mask)
    tables, problem = case.setting.tables, case.setting.problem

    def allows(without: frozenset[Rule]) -> bool:
        each = build_candidates(tables, case.asked, without)
        return is_open(each, unmet.narrow(problem, each))

    pin_first = sorted(Rule, key=lambda rule: rule is not Rule.PIN)
    rules = fewest_rules(allows, pin_first) or [unmet.rule]
    return facts_of(Asked(setting=case.setting, request=unmet.request, days=unmet.days), rules)
