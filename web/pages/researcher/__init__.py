"""The researcher's own pages, behind a link that nobody can guess."""
