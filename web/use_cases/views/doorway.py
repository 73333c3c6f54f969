"""Pages at the door: signing in, and errors."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInView:
    """Template ``sign_in.html``: one button that POSTs to ``action`` (with a csrf token)."""

    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorView:
    """Template ``error.html``: what went wrong and what to do, for any HTTP error.

    Also the page of a visitor who is not signed in (status 403, at ``/sign-in``).
    """

    status: int
    title: str
    text: str
    remedy: str
