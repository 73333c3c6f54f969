"""The researchers' room in one place; importing this module gives the blueprint all its pages."""

from __future__ import annotations

from web.pages.visitors import answers, changes, pulse, settings
from web.pages.visitors.common import blueprint

__all__ = ["answers", "blueprint", "changes", "pulse", "settings"]
