"""What each weight means with the programme's figures, and what the draft has of it."""

from __future__ import annotations

from scheduler.rules import Term
from web.use_cases.views.data import WeightsView, WeightView
from web.use_cases.workspace import Workspace

_MIDDLE = 3

WEIGHTS: dict[str, tuple[int, Term]] = {
    "placed": (_MIDDLE, Term.PLACED),
    "short_day": (7, Term.SHORT_STAY),
    "shift_day": (7, Term.ARRIVAL_SHIFT),
    "wish": (1, Term.WISHES),
    "host_rank": (1, Term.HOST_RANK),
    "overlap_day": (28, Term.OVERLAP),
    "same_floor": (1, Term.SAME_FLOOR),
    "event": (1, Term.EVENTS),
    "dropped": (1, Term.DROPPED),
    "redated": (1, Term.REDATED),
    "redated_day": (14, Term.REDATED),
    "rezoned": (1, Term.REZONED),
    "rehosted": (1, Term.REHOSTED),
}
"""Of each weight how often its example counts it, and the term that it belongs to."""

_UNWEIGHTED = (Term.ZONE_POINTS, Term.QUOTA_MISSING)


def show_weights(workspace: Workspace) -> WeightsView:
    """Return what every weight means with the programme's figures, and what the draft has of it."""
    weights, terms = workspace.problem.policy.weights, workspace.terms
    middle = _MIDDLE * weights.placed
    views = {}
    for name, (times, term) in WEIGHTS.items():
        example = times * getattr(weights, name)
        views[name] = WeightView(
            name=name,
            example=example,
            per_request=middle / example if example and name != "placed" else None,
            term=term.value,
            points=terms[term],
        )
    return WeightsView(
        weights=views,
        others={term.value: terms[term] for term in _UNWEIGHTED},
        objective=workspace.objective,
        is_empty=workspace.is_empty,
    )
