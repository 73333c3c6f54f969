"""Mails: their texts in four languages, their spelling, and handing them over; no Flask."""
