"""Where a programme stands, what is scarce, and what needs a decision."""
