"""What the commands that change a plan share: what they are given, and how they show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.cli.inputs import PATH, read_scenario
from scheduler.files.disk import read_limited
from scheduler.files.findings import FindingsError
from scheduler.plan import residency_document
from scheduler.problem.adjustments import Adjustment, AdjustmentError, apply, parse_adjustments
from scheduler.problem.problem import Problem
from scheduler.problem.requests import Residency

if TYPE_CHECKING:
    from scheduler.plan import Plan
    from scheduler.replan.difference import Change, Difference

MOST_CHANGES = 40
"""Changes that are printed; ``--json`` gives all."""

optional_adjustments = click.argument("adjustments", type=PATH, required=False)
adjustments_argument = click.argument("adjustments", type=PATH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changing:
    """A plan that people know, the problem that it is for, and the problem once adjusted."""

    before: Plan
    earlier: Problem
    adjustments: tuple[Adjustment, ...]
    adjusted: Problem


def read_changing(
    scenario: Path,
    plan: Path,
    adjustments: Path | None,
    *,
    must_be_allowed: bool = True,
    afresh: bool = False,
) -> Changing:
    """Return a plan with its problem, in which it is published unless ``afresh``, and adjusted.

    The plan has to be of this scenario, and allowed there unless it is the scenario that has
    changed.
    """
    from scheduler.plan_file import check_plan_belongs, load_plan
    from scheduler.replan.published import check_allowed, with_published

    given, plan_file = read_scenario(scenario), load_plan(plan)
    check_plan_belongs(given.problem, plan_file, source=str(plan))
    earlier = given.problem if afresh else with_published(given.problem, plan_file.plan)
    if must_be_allowed:
        check_allowed(earlier, plan_file.plan, source=str(plan))
    made = () if adjustments is None else _read_adjustments(adjustments)
    try:
        adjusted = apply(earlier, made)
    except AdjustmentError as error:
        raise AdjustmentError(error.findings, source=str(adjustments or scenario)) from None
    return Changing(before=plan_file.plan, earlier=earlier, adjustments=made, adjusted=adjusted)


def _read_adjustments(path: Path) -> tuple[Adjustment, ...]:
    try:
        return parse_adjustments(read_limited(path))
    except FindingsError as error:
        raise AdjustmentError(error.findings, source=str(path)) from None


def lines_of(found: Difference) -> Iterator[str]:
    """Yield who is touched and what it costs, and what the objective comes to by term."""
    yield spell_summary(found)
    for change in found.changes[:MOST_CHANGES]:
        cost = sum(change.cost.values())
        points = f"{cost:>10,}" if cost else ""
        yield f"  {change.fate:<10} {change.request:<16} {spell_change(change)} {points}".rstrip()
    if len(found.changes) > MOST_CHANGES:
        yield f"  and {len(found.changes) - MOST_CHANGES:,} more"
    before, after = found.objective_before, found.objective_after
    yield f"objective {before:,} before, {after:,} after ({after - before:+,})"
    for term, gain in found.gain.items():
        if gain:
            was, now = found.terms_before[term], found.terms_after[term]
            yield f"  {term:<14} {was:>14,} {now:>14,} {gain:>+12,}"


def spell_summary(found: Difference) -> str:
    """Return how many are touched, and what else is different, in one line."""
    from scheduler.replan.difference import Fate

    counts = {fate: len(found.of(fate)) for fate in Fate}
    others = ", ".join(
        f"{counts[fate]:,} {fate}"
        for fate in (Fate.WITHDRAWN, Fate.NEW, Fate.REASSIGNED)
        if counts[fate]
    )
    touched = f"{found.touched:,} touched"
    if found.touched:
        touched += f" ({counts[Fate.CHANGED]:,} changed, {counts[Fate.DROPPED]:,} dropped)"
    return "; ".join(part for part in (touched, others, f"{found.kept:,} as before") if part)


def spell_change(change: Change) -> str:
    """Return from what to what a residency has changed, or where it was or is."""
    was, now = change.before, change.after
    if was is None or now is None:
        return _spell_residency(now or was) if now or was else ""
    parts = []
    if "first_day" in change.parts or "last_day" in change.parts:
        parts.append(f"{_spell_days(was)} -> {_spell_days(now)}")
    parts += [
        f"{part} {getattr(was, part) or '-'} -> {getattr(now, part) or '-'}"
        for part in ("zone", "host", "slot", "pool")
        if part in change.parts
    ]
    return "; ".join(parts)


def _spell_residency(residency: Residency | None) -> str:
    if residency is None:
        return ""
    host = f", host {residency.host}" if residency.host else ""
    return f"{_spell_days(residency)}, zone {residency.zone}{host}"


def _spell_days(residency: Residency) -> str:
    return f"{residency.first_day} to {residency.last_day}"


def document_of(found: Difference) -> dict[str, Any]:
    """Return a difference as JSON."""
    return {
        "touched": found.touched,
        "kept": found.kept,
        "unplaced_before": found.unplaced_before,
        "unplaced_after": found.unplaced_after,
        "objective_before": found.objective_before,
        "objective_after": found.objective_after,
        "terms_before": found.terms_before,
        "terms_after": found.terms_after,
        "gain": found.gain,
        "changes": [
            {
                "request": change.request,
                "fate": change.fate,
                "parts": change.parts,
                "before": residency_document(change.before),
                "after": residency_document(change.after),
                "cost": change.cost,
            }
            for change in found.changes
        ],
    }
