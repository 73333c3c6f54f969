"""Requests in a table, from files and into files."""
