"""Unguessable tokens of private links, of which only a hash is kept."""

from __future__ import annotations

import hashlib
import secrets
import uuid

TOKEN_BYTES = 32


def new_token(_link_id: uuid.UUID) -> str:
    """Return a fresh token of 256 random bits, safe in a path, whichever link it is for."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    """Return the SHA-256 of a token; a random token needs no salt and no slow hash.

    Whatever an address may hold has one, so that nobody's token is refused in another way.
    """
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
