"""Honest short models of what a programme office could do instead, to measure ours against.

They know the problem's dataclasses and the plan, and nothing of our own search.
"""
