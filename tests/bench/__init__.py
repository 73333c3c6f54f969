"""Measurements: `make bench` runs them and keeps the figures with machine, versions, seeds."""
