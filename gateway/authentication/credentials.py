"""What the edge asks of authentication; nothing here reads a token."""

from __future__ import annotations

from typing import Protocol

from shared.auth.principal import ANONYMOUS, Principal


class InvalidCredentials(Exception):
    """The credentials are not accepted. The text is for logs; callers learn nothing of the reason."""


class Authenticator(Protocol):
    """Turns an ``Authorization`` header into a principal."""

    async def authenticate(self, authorization: str | None) -> Principal:
        """Anonymous without a header. Raises ``InvalidCredentials``."""
        ...


class EveryoneAnonymous:
    """For a gateway without issuers: tokens mean nothing to it, they are at most passed on."""

    async def authenticate(self, authorization: str | None) -> Principal:
        """Anonymous, whatever the header says."""
        del authorization
        return ANONYMOUS
