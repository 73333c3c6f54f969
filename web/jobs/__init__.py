"""Plan runs: a row in the database is the truth, an executor does the work."""
