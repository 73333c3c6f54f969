"""Bounds that are proven beside a search: in a thread, until the search is over."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
from ortools.sat.python import cp_model
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.bound.appraisal import Appraisal, gain
from scheduler.bound.columns import Listener, lower_bound_by_columns
from scheduler.bound.core import Core
from scheduler.bound.layout import Layout, Prices
from scheduler.bound.linear import Optimum, linear_model, optimise, relax
from scheduler.bound.market import Market, whole_bound
from scheduler.bound.prospects import Prospects
from scheduler.bound.subgradient import Proof, Resumed, lower_bound_by_prices
from scheduler.bound.thin import Kept, keep_more, keep_some, thin_space
from scheduler.candidates.space import Space
from scheduler.cpsat.search import build_model
from scheduler.run import Run
from scheduler.stopping import stopping

RELAXABLE = 200_000
"""Times and options up to which the linear relaxation of the whole model is solved."""

HUGE = 10_000_000
"""Times and options above which prices are looked for with some of them only."""

PRICES_SHARE, PRICES_SECONDS = 0.1, 5.0
"""Share of a run's seconds after which cores help prices, and how many seconds at least."""

ROUNDS = 12
"""Times that all candidates appraise the prices that some have led to."""

FIRST_STEPS, MORE_STEPS = 100, 60
"""Steps with some candidates after which all appraise the prices, at first and later."""

MORE_LENGTH = 0.03
"""Length of the later ones' first step."""

REPRODUCIBLE_STEPS = 150
"""Steps that prices take where a run has to be reproducible, whatever the clock says."""


@contextmanager
def bound_beside(space: Space, run: Run) -> Iterator[Prospects]:
    """Prove bounds of a large problem while the block runs, which gets the prices that do it.

    First by prices; then by the linear relaxation of the exact model where that can be solved,
    else by that of a core of the candidates.
    """
    prospects = Prospects(space)
    interrupter = SolveInterrupter()

    def prove() -> None:
        if space.size > HUGE:
            _by_thin_prices(space, run, prospects, interrupter)
            return
        proof = _by_prices(space, run, prospects, interrupter)
        prospects.ripen()
        if run.limits.reproducible or interrupter.interrupted:
            return
        if proof is not None:
            _by_columns(proof, run, prospects, interrupter)
        if space.size <= RELAXABLE and not interrupter.interrupted:
            _by_relaxation(build_model(space)[0], run, interrupter)

    with _beside(prove, run, interrupter.interrupt):
        yield prospects


def _by_relaxation(model: cp_model.CpModel, run: Run, interrupter: SolveInterrupter) -> None:
    relaxation = relax(
        linear_model(model), run.seconds_left, interrupter, reproducible=run.limits.reproducible
    )
    if relaxation is not None:
        run.prove(relaxation.bound)


def _by_prices(
    space: Space, run: Run, prospects: Prospects, interrupter: SolveInterrupter
) -> tuple[Market, Proof] | None:
    market = Market(space)
    steps = iter(range(REPRODUCIBLE_STEPS))
    ends = run.seconds + max(PRICES_SHARE * run.seconds_left, PRICES_SECONDS)

    def must_stop() -> bool:
        spent = run.limits.reproducible and next(steps, None) is None
        is_over = not run.limits.reproducible and run.seconds > ends
        return spent or is_over or interrupter.interrupted

    def take(proof: Proof) -> None:
        prospects.take(market.layout, proof)
        run.prove(whole_bound(proof.bound))

    lower_bound_by_prices(market, lambda: run.objective, take, must_stop)
    return None if prospects.proof is None else (market, prospects.proof)


def _by_thin_prices(
    space: Space, run: Run, prospects: Prospects, interrupter: SolveInterrupter
) -> None:
    """Look for prices with some candidates, let all appraise them, and go on with more."""
    layout = Layout(space)
    generator = np.random.default_rng(run.limits.seed)
    kept = [keep_some(each, generator) for each in space.candidates]
    prices: Prices | None = None
    best = np.inf
    rounds = iter(range(1 if run.limits.reproducible else ROUNDS))
    while not interrupter.interrupted and next(rounds, None) is not None:
        proof = _thin_proof(Market(thin_space(space, kept), layout), run, prices, interrupter)
        if proof is None:
            return
        appraisal = Appraisal(space, layout, proof.prices)
        prices, bound, kept = proof.prices, *_appraise(space, appraisal, kept, interrupter)
        if bound < best:
            best = bound
            prospects.take(layout, Proof(bound, prices))
            run.prove(whole_bound(bound))
    prospects.ripen()


def _thin_proof(
    market: Market, run: Run, start: Prices | None, interrupter: SolveInterrupter
) -> Proof | None:
    """Return the best prices for some candidates, None where there was no time."""
    steps = iter(range(FIRST_STEPS if start is None else MORE_STEPS))
    found: deque[Proof] = deque(maxlen=1)
    lower_bound_by_prices(
        market,
        lambda: run.objective,
        found.append,
        lambda: interrupter.interrupted or next(steps, None) is None,
        None if start is None else Resumed(start, MORE_LENGTH),
    )
    return found[-1] if found else None


def _appraise(
    space: Space, appraisal: Appraisal, kept: list[Kept], interrupter: SolveInterrupter
) -> tuple[float, list[Kept]]:
    """Return the bound that all candidates prove, and what to keep; infinity where stopped."""
    gains, more = 0.0, []
    for each, worth, own in zip(space.candidates, appraisal, kept, strict=True):
        if interrupter.interrupted:
            return np.inf, kept
        gains += gain(each, worth)
        more.append(keep_more(each, own, worth) if each.times else own)
    return appraisal.limits_points() + gains, more


def _by_columns(
    start: tuple[Market, Proof], run: Run, prospects: Prospects, interrupter: SolveInterrupter
) -> None:
    market, proof = start

    def solved(core: Core) -> Optimum | None:
        if interrupter.interrupted:
            return None
        return optimise(core.linear(), run.seconds_left, interrupter)

    def take(proof: Proof) -> None:
        prospects.take(market.layout, proof)
        run.prove(whole_bound(proof.bound))

    listener = Listener(
        optimise=solved,
        target=lambda: run.objective,
        on_proof=take,
        on_shares=prospects.use,
        should_stop=lambda: interrupter.interrupted,
    )
    lower_bound_by_columns(market, proof, listener)


@contextmanager
def _beside(prove: Callable[[], None], run: Run, end: Callable[[], None]) -> Iterator[None]:
    """Run a proof in a thread and end it with the block; before it, to be reproducible."""
    if run.limits.reproducible:
        with stopping(run.must_stop, end):
            prove()
        yield
        return
    with ThreadPoolExecutor(1) as thread:
        proof = thread.submit(prove)
        try:
            yield
        finally:
            end()
        proof.result()
