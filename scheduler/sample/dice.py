"""Chance that repeats: a seeded source in the few ways in which samples draw from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A source of chance; everything is drawn from ``Random.random()``.

    Of the standard library's generator this is the one method whose sequence is promised to
    stay the same in later versions of Python.
    """

    def __init__(self, name: str) -> None:
        """Begin the sequence that belongs to a name."""
        self._name = name
        self._random = Random(name)  # noqa: S311 - repeatable chance is wanted, no secrets

    def part(self, name: str) -> Dice:
        """Return dice of their own for one subject, so that others do not shift them."""
        return Dice(f"{self._name}/{name}")

    def chance(self, probability: float) -> bool:
        """Tell whether something of this probability happens."""
        return self._random.random() < probability

    def between(self, low: int, high: int) -> int:
        """Return a whole number of a range, both ends included."""
        return low + int(self._random.random() * (high - low + 1))

    def rounded(self, number: float) -> int:
        """Return one of the two neighbouring whole numbers, so that the mean is the number."""
        return int(number) + self.chance(number - int(number))

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[self.between(0, len(items) - 1)]

    def weigh(self, weights: Mapping[T, int]) -> T:
        """Return one of the keys, each as often as its weight says."""
        ends = list(accumulate(weights.values()))
        return list(weights)[bisect_right(ends, self.between(0, ends[-1] - 1))]

    def draw(self, items: Sequence[T], count: int) -> list[T]:
        """Return at most so many of the items, each once, in the order of drawing."""
        left = list(items)
        return [left.pop(self.between(0, len(left) - 1)) for _ in range(min(count, len(left)))]
