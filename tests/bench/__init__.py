"""Measurements: `make bench` compares the solver with its peers and keeps the figures.

`make bench BENCH="compare --families hub --seeds 0"` measures a piece of the comparison, `compare
--missing` what is not measured yet, `table` prints all of it. `house` measures the main scenario,
the memory and the feeds; `first`, `gap`, `replan`, `explain` and `cluster` one promise each. Every
figure is kept in tests/bench/results with machine, versions and seeds as soon as it is known.
Each measurement wants the machine for itself.
"""
