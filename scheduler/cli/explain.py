"""``explain``: why a request has no place or not its first wish, and what would help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.cli.inputs import (
    ScenarioInput,
    echo_json,
    json_option,
    plan_argument,
    read_scenario,
    scenario_argument,
    spell_count,
)
from scheduler.cli.refusals import Refusal, clean_refusals
from scheduler.problem.problem import Problem
from scheduler.problem.types import RequestId

if TYPE_CHECKING:
    from scheduler.explain.explanation import Explanation, Reason, Repair
    from scheduler.explain.sentences import Speaker
    from scheduler.plan_file import PlanFile

MOST_UNPLACED = 20
"""Requests without a place that are printed of a whole plan."""


@click.command()
@scenario_argument
@plan_argument
@click.argument("request_id", metavar="[REQUEST]", required=False)
@json_option
@clean_refusals()
def explain(scenario: Path, plan: Path, request_id: str | None, *, as_json: bool) -> None:
    """Say why a REQUEST has no place, or not its first wish, and what would help.

    What would help are adjustments and moves of others; each is checked against every rule, and
    its points are the objective of the plan that results less that of PLAN. Without REQUEST,
    every request is told in short, and how freely each stay could move.

    \b
    --json prints, for one request (all keys always, days inclusive and as YYYY-MM-DD):
      request, placed, residency (null or slot, zone, host, pool, first_day, last_day),
      text, remarks: [text]
      reasons: [{rule: H1-H15, resource: null | {kind, id, name}, days: [{first_day, last_day}],
                 holders: [{kind, id, name, first_day, last_day, amount}], text}]
      repairs: [{price, adjustments: [as in a file of adjustments],
                 moves: [{request, before, after: null | residency, text}], text}]
      wishes: [{kind: first_day | length | host | features | zone | published_days |
                published_zone | published_host, points, text, reasons, repairs}]
      leeway: null | {freedom: free | cost | pinned | frozen | only_way | taken,
                      loss, residency, days, zone, host: null | points, text}
    and without REQUEST {"requests": [the same of each, without repairs]}.

    Ends with 2 if a file cannot be read, PLAN is not allowed, or pins contradict each other.
    """  # noqa: D301  # click keeps lines as they are after a backspace
    given, plan_file = _read(scenario, plan)
    from scheduler.explain.document import explanation_document
    from scheduler.explain.english import English
    from scheduler.explain.explain import explain_plan, explain_request

    problem, english = given.problem, English(given.problem)
    if request_id is None:
        every = list(explain_plan(problem, plan_file.plan))
        if as_json:
            echo_json({"requests": [explanation_document(each, english) for each in every]})
        else:
            click.echo("\n".join(_overview(every, english)))
        return
    explained = explain_request(problem, plan_file.plan, _known(problem, request_id))
    if as_json:
        echo_json(explanation_document(explained, english))
    else:
        click.echo("\n".join(_lines(explained, english)))


def _read(scenario: Path, plan: Path) -> tuple[ScenarioInput, PlanFile]:
    """Return what is to be explained: a scenario, and a plan that is allowed there.

    Raises:
        PlanFileError: The plan is for another scenario, or breaks rules.
        PinConflict: No plan could be allowed, because pins contradict each other.
    """
    from scheduler.plan_file import PlanFileError, check_plan_belongs, load_plan
    from scheduler.replan.published import check_allowed

    given, plan_file = read_scenario(scenario), load_plan(plan)
    check_plan_belongs(given.problem, plan_file, source=str(plan))
    try:
        check_allowed(given.problem, plan_file.plan, source=str(plan))
    except PlanFileError:
        _check_pins(given.problem)
        raise
    return given, plan_file


def _check_pins(problem: Problem) -> None:
    from scheduler.candidates.space import build_space
    from scheduler.pins import check_pins

    check_pins(build_space(problem))


def _known(problem: Problem, name: str) -> RequestId:
    """Return a request's id, or refuse one that is not there or is withdrawn."""
    request = problem.request.get(RequestId(name))
    if request is None:
        like = get_close_matches(name, problem.request, n=3)
        remedy = f"did you mean {' or '.join(like)}?" if like else "see requests in the scenario"
        raise Refusal(f"no request '{name}'; {remedy}")
    if not request.is_submitted:
        raise Refusal(f"request '{name}' is withdrawn, so there is nothing to explain")
    return request.id


def _lines(explained: Explanation, speaker: Speaker) -> Iterator[str]:
    """Yield how a request stands, what is in the way, and what would help."""
    from scheduler.explain.sentences import say_whole

    yield say_whole(explained.sentence, speaker)
    yield from (say_whole(each, speaker) for each in explained.remarks)
    if explained.leeway is not None:
        yield say_whole(explained.leeway.sentence, speaker)
    yield from _obstacles("", explained.reasons, explained.repairs, speaker)
    for wish in explained.wishes:
        yield ""
        points = f" ({spell_count(wish.points, 'point')})" if wish.points else ""
        yield f"{say_whole(wish.sentence, speaker)}{points}"
        yield from _obstacles("  ", wish.reasons, wish.repairs, speaker)


def _obstacles(
    margin: str, reasons: Sequence[Reason], repairs: Sequence[Repair], speaker: Speaker
) -> Iterator[str]:
    from scheduler.explain.sentences import say_whole

    if reasons:
        yield f"{margin}In the way:"
    for reason in reasons:
        rule = f"{reason.rule} {reason.rule.name.lower().replace('_', ' ')}"
        yield f"{margin}  {rule:<18} {say_whole(reason.sentence, speaker)}"
    if repairs:
        yield f"{margin}What would help:"
    for repair in repairs:
        yield f"{margin}  {repair.price:>+8,}  {say_whole(repair.sentence, speaker)}"


def _overview(every: Sequence[Explanation], speaker: Speaker) -> Iterator[str]:
    """Yield how many have what they wished for and could move, and who has no place, and why."""
    from scheduler.explain.sentences import say_whole

    placed = [each for each in every if each.residency is not None]
    unplaced = [each for each in every if each.residency is None]
    yield f"{len(placed):,} of {spell_count(len(every), 'request')} placed"
    if placed:
        yield from _summary(placed)
    if unplaced:
        yield "without a place"
    for each in unplaced[:MOST_UNPLACED]:
        said = (*(reason.sentence for reason in each.reasons), *each.remarks)
        yield f"  {each.request:<16} {say_whole(said[0], speaker) if said else ''}".rstrip()
    if len(unplaced) > MOST_UNPLACED:
        yield f"  and {len(unplaced) - MOST_UNPLACED:,} more; --json has them all"


def _summary(placed: Sequence[Explanation]) -> Iterator[str]:
    """Yield how many residencies meet their wishes, and how freely how many could move."""
    met = sum(not each.wishes for each in placed)
    yield f"  {'all wishes met':<22} {met:>6,}"
    wishes = Counter(wish.kind for each in placed for wish in each.wishes)
    for kind, count in wishes.most_common():
        yield f"  {'not ' + kind.replace('_', ' '):<22} {count:>6,}"
    yield "how freely they could move, all others staying"
    freedom = Counter(each.leeway.freedom for each in placed if each.leeway is not None)
    for way, count in freedom.most_common():
        yield f"  {way.replace('_', ' '):<22} {count:>6,}"
