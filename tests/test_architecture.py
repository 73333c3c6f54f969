"""The house as a whole: no rule is forgotten anywhere, and no room loads what it need not."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.cpsat.rules import RULE_ADDERS, UNARY_RULES
from scheduler.explain.reasons import SENTENCES
from scheduler.rules import Rule, Term
from scheduler.verify import CHECKS, SCORES

ROOT = Path(__file__).parent.parent
ROOMS = ("scheduler", "models", "web")
NOT_OURS = {"node_modules", "versions"}
"""Folders of packages that were installed, and of migrations, which are written by machine."""

LONGEST = 400


def modules() -> Iterator[Path]:
    """Yield the modules of the three rooms."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if not NOT_OURS & set(path.parts):
                yield path.relative_to(ROOT)


MODULES = [str(path) for path in modules()]


def loaded_by(module: str) -> set[str]:
    """Return the modules that importing one loads in a fresh interpreter."""
    code = (
        f"import sys; before = set(sys.modules); import {module}; print(*set(sys.modules)-before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return set(done.stdout.split())


def test_every_rule_is_checked_by_the_verifier() -> None:
    assert set(CHECKS) == set(Rule)


def test_every_rule_is_kept_by_the_candidates_alone_or_by_the_exact_model() -> None:
    assert set(RULE_ADDERS) | UNARY_RULES == set(Rule)
    assert set(RULE_ADDERS) & UNARY_RULES == set()


def test_every_rule_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Rule)
    assert len(set(SENTENCES.values())) == len(Rule)


def test_every_term_is_scored() -> None:
    assert set(SCORES) == set(Term)


@pytest.mark.parametrize("room", ["scheduler", "web", "models"])
def test_entering_a_room_loads_nothing(room: str) -> None:
    assert loaded_by(room) == {room}


@pytest.mark.parametrize(
    "module",
    ["web.feeds", "web.app", "scheduler.verify", "scheduler.problem.scenario_file"]
    + [f"web.calendars.{path.stem}" for path in sorted((ROOT / "web/calendars").glob("[a-z]*.py"))],
)
def test_what_a_feed_needs_loads_no_solver(module: str) -> None:
    assert {name.partition(".")[0] for name in loaded_by(module)} & {"ortools"} == set()


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_what_it_is_and_is_short(module: str) -> None:
    text = (ROOT / module).read_text("utf-8")

    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= LONGEST


def test_there_are_modules_in_every_room() -> None:
    assert {Path(module).parts[0] for module in MODULES} == set(ROOMS)
