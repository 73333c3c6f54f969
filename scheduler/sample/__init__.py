"""Sample scenarios: invented programmes of six sizes, each the same for the same seed."""

from __future__ import annotations

from scheduler.sample.family import Family
from scheduler.sample.sample import sample

__all__ = ["Family", "sample"]
