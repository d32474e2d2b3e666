"""How the executor reaches a subgraph: one request in, one response out, or a ``TransportError``.

Nothing here knows GraphQL, and nothing above this line knows HTTP connections. Tests put fakes in its place.
Requests and responses are msgspec structs: they are made a dozen times for one client request, five times faster than
frozen dataclasses.
"""

from __future__ import annotations

from enum import Enum
from typing import Protocol, TypeAlias

import msgspec

Headers: TypeAlias = tuple[tuple[str, str], ...]


class TransportErrorKind(Enum):
    """Why no response came back; the value is what logs and metrics show."""

    CONNECT = "connect"
    TIMEOUT = "timeout"
    CLOSED = "closed"
    TOO_LARGE = "too_large"
    MALFORMED = "malformed"


class TransportError(Exception):
    """No usable response. The message never holds the subgraph's address or what it sent."""

    def __init__(self, kind: TransportErrorKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class SubgraphRequest(msgspec.Struct, frozen=True):
    """A ``POST`` of ``body`` to ``url``; ``timeout_ms`` covers all from waiting for a connection to the last byte.

    ``idempotent`` allows a second try when a kept-alive connection turns out to be closed before a byte of the
    answer came: queries only, never mutations.
    """

    url: str
    headers: Headers
    body: bytes
    timeout_ms: float
    idempotent: bool = False


class SubgraphResponse(msgspec.Struct, frozen=True):
    """Status, headers (lower-case names, in order, repeated ones kept) and the decoded body."""

    status: int
    headers: Headers
    body: bytes


class Transport(Protocol):
    """Sends requests; shared by everything in the process."""

    async def send(self, request: SubgraphRequest) -> SubgraphResponse:
        """The response, whatever its status. Raises ``TransportError``; cancelling it abandons the exchange."""
        ...

    async def close(self) -> None:
        """Close every connection; requests under way fail with ``TransportError(CLOSED)``."""
        ...
