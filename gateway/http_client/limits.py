"""What one client may hold and wait for: every queue, buffer and wait of the HTTP client is bounded here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClientLimits:
    """Bounds per origin, per response and per wait.

    ``idle_timeout_ms`` stays under the five seconds after which common servers close an idle connection, so that a
    request seldom meets a connection that is about to go.
    """

    max_connections_per_origin: int = 512
    max_waiting_per_origin: int = 4096
    max_header_bytes: int = 64 * 1024
    max_body_bytes: int = 32 * 1024 * 1024
    connect_timeout_ms: float = 3_000
    idle_timeout_ms: float = 4_000
