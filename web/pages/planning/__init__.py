"""The plan, its runs, and why."""
