"""Mails about a release: written, read, sent at most once."""
