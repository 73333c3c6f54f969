"""What a scenario has to be beyond the shape of its parts: small checks by subject."""
