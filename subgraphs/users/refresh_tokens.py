"""The form of refresh tokens: ``<session id>.<secret>``, of which the database keeps only a hash of the secret."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

from shared.ids import has_prefix

REFRESH_TOKEN_DAYS: Final = 30
SESSION_PREFIX: Final = "ses"
_SECRET_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """A refresh token taken apart."""

    session_id: str
    secret: str

    @property
    def text(self) -> str:
        """What the client keeps."""
        return f"{self.session_id}.{self.secret}"

    @property
    def secret_hash(self) -> str:
        """What the database keeps: a plain SHA-256 suffices for 256 random bits."""
        return hashlib.sha256(self.secret.encode()).hexdigest()


def new_refresh_token(session_id: str) -> RefreshToken:
    return RefreshToken(session_id, secrets.token_urlsafe(_SECRET_BYTES))


def parse_refresh_token(text: str) -> RefreshToken | None:
    """None when the text cannot be one of ours."""
    session_id, _, secret = text.partition(".")
    if not has_prefix(session_id, SESSION_PREFIX) or not secret or len(text) > 200:
        return None
    return RefreshToken(session_id, secret)
