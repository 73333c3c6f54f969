"""The verifier: recomputes every rule and every term of a plan, sharing no code with the search."""

from scheduler.verify.checks import CHECKS, check_plan
from scheduler.verify.neighbours import Neighbours
from scheduler.verify.score import SCORES, score_plan
from scheduler.verify.violation import Violation

__all__ = ["CHECKS", "SCORES", "Neighbours", "Violation", "check_plan", "score_plan"]
