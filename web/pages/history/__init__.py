"""The history: its page, and every change in a sentence."""
