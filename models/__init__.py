"""The programme's memory: tables, queries, and the bridge between rows and problem."""
