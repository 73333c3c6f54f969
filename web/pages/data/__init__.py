"""People and space: every subject of the programme's data, and one item's form."""

from web.pages.data.handlers import blueprint

__all__ = ["blueprint"]
