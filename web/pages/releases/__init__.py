"""Releases and their mails."""
