"""What candidates are worth to a search: their points, or less where what they use has a price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scheduler.candidates.candidates import Candidates, Part

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What each time is worth by itself, (times,), and each option of a part, (options,)."""

    times: Floats
    options: Mapping[Part, Floats]

    def whole(self, each: Candidates) -> Floats:
        """Return what each time is worth with its best options, (times,)."""
        whole = self.times.copy()
        for part, options in each.options.items():
            most = np.full(each.times, -np.inf)
            np.maximum.at(most, options.time, self.options[part])
            whole += most
        return whole


def plain_worth(each: Candidates, day_price: float = 0.0) -> Worth:
    """Return what a request's candidates bring by themselves where each day costs so many points.

    A dear day makes stays short.
    """
    return Worth(
        times=each.points - day_price * (each.stop - each.first),
        options={part: options.points.astype(np.float64) for part, options in each.options.items()},
    )
