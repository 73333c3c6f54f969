"""Everything that faces people: use cases, pages, feeds, calendars, jobs, command line."""
