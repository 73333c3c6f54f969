"""Changing a plan that people have been told: as little as pays, and what it does to whom."""
