"""Plans without proof: a greedy start, and what is free beside a plan."""
