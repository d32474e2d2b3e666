"""The wire to a subgraph: one HTTP POST out, one complete answer back.

This is the seam between the executor's policies (retries, signing, de-duplication: ``subgraph_client.py``) and the
bytes on a socket (``gateway.http_client``, or a fake in tests). A transport knows no GraphQL and never retries.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeAlias

Headers: TypeAlias = tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class SubgraphRequest:
    """A POST to ``url`` (http or https). Header names are lower case; ``timeout_ms`` covers the whole exchange.

    ``content-length`` and ``host`` are the transport's own; every other header is sent as given.
    """

    url: str
    headers: Headers
    body: bytes
    timeout_ms: int


@dataclass(frozen=True, slots=True)
class SubgraphResponse:
    """The final status, lower-case header names, and the body after transfer and content decoding."""

    status: int
    headers: Headers
    body: bytes

    def header(self, name: bytes) -> bytes | None:
        """The first value of a header, or None."""
        return next((value for key, value in self.headers if key == name), None)


class TransportErrorKind(Enum):
    """How an exchange failed, as far as a policy needs to tell.

    CONNECT: nothing was sent, always safe to repeat. TIMEOUT: ``timeout_ms`` passed. CLOSED: the peer closed before
    the answer was complete. TOO_LARGE: head or body over the limit. MALFORMED: not HTTP, or not decodable.
    """

    CONNECT = "connect"
    TIMEOUT = "timeout"
    CLOSED = "closed"
    TOO_LARGE = "too_large"
    MALFORMED = "malformed"


class TransportError(Exception):
    """No complete answer came. The text is for logs, never for clients: it may name hosts."""

    def __init__(self, kind: TransportErrorKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class Transport(Protocol):
    """Sends requests; safe for concurrent use within one event loop."""

    async def send(self, request: SubgraphRequest) -> SubgraphResponse:
        """Exchange one request for its answer; redirects are answers.

        Raises ``TransportError``. Cancelling the call abandons the exchange and closes its connection.
        """
        ...

    async def close(self) -> None:
        """Close idle connections and refuse further requests."""
        ...
