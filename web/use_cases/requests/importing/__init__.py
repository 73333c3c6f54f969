"""Importing requests: a file to rows, rows to changes with all that is wrong, changes made."""
