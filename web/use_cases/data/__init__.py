"""Everything that a plan is made from, in lists and forms."""
