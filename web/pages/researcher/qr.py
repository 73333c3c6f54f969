"""QR codes, to carry an address from the screen to a phone."""

from __future__ import annotations

import segno
from markupsafe import Markup

_QUIET_MODULES = 4


def qr_code(address: str) -> Markup:
    """Return an address as a picture to put into a page, black on white whatever the theme."""
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(
        border=_QUIET_MODULES,
        dark="#000",
        light="#fff",
        omitsize=True,
        svgclass="qr",
        lineclass=None,
    )
    return Markup(drawing)  # noqa: S704  # drawn by segno, of modules only
