"""What is wrong with data, in the reader's language."""

from __future__ import annotations

from typing import Any


def say_finding(finding: Any) -> str:
    """Say what is wrong: of a finding its message, of a message itself."""
    return str(getattr(finding, "message", finding))
