"""What each reader's calendar shows, and its spelling; no Flask, no solver, no clock."""
