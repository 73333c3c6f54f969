"""The coordinator's room of private links: see them, replace one that leaked, revoke one."""

from __future__ import annotations

from web.pages.links import devices, pages
from web.pages.links.room import blueprint

__all__ = ["blueprint", "devices", "pages"]
