"""The connections of one origin: reused last in first out, bounded in number, waited for in order."""

from __future__ import annotations

import asyncio
import ssl
from collections import deque

from gateway.executor.transport import TransportError, TransportErrorKind
from gateway.http_client.connection import Connection
from gateway.http_client.limits import ClientLimits
from gateway.http_client.origin import Origin


class OriginPool:
    """Hands out connections to one origin; each is held by one exchange at a time."""

    def __init__(self, origin: Origin, limits: ClientLimits, ssl_context: ssl.SSLContext | None) -> None:
        self._origin = origin
        self._limits = limits
        self._ssl = ssl_context
        self._idle: list[Connection] = []
        self._open: set[Connection] = set()
        self._connecting = 0
        self._waiting: deque[asyncio.Future[Connection | None]] = deque()
        self._sweep: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()

    def take_idle(self) -> Connection | None:
        """An idle connection that is still open, if there is one."""
        oldest_use = self._loop.time() - self._limits.idle_timeout_ms / 1000
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open and connection.idle_since >= oldest_use:
                return connection
            connection.abandon()
        return None

    async def acquire(self) -> Connection:
        """A connection: a new one while there is room, else the next that comes free.

        Raises ``TransportError``: CONNECT when none can be opened or too many exchanges wait already.
        """
        while len(self._open) + self._connecting >= self._limits.max_connections_per_origin:
            connection = await self._wait_for_release()
            if connection is not None:
                return connection
        return await self.connect()

    async def connect(self) -> Connection:
        """A fresh connection, even past the bound: the second try after a stale one needs it."""
        self._connecting += 1
        connection = None
        try:
            async with asyncio.timeout(self._limits.connect_timeout_ms / 1000):
                _, connection = await self._loop.create_connection(
                    lambda: Connection(self._limits, self._forget),
                    self._origin.host,
                    self._origin.port,
                    ssl=self._ssl,
                )
        except TimeoutError:
            raise TransportError(TransportErrorKind.CONNECT, "connecting to the subgraph took too long") from None
        except OSError:
            raise TransportError(TransportErrorKind.CONNECT, "the subgraph cannot be reached") from None
        finally:
            self._connecting -= 1
            if connection is None:
                # A failed try leaves room that somebody may be waiting for.
                self._wake_next(None)
        self._open.add(connection)
        return connection

    def release(self, connection: Connection) -> None:
        """Take ``connection`` back after its exchange; one that cannot be reused is closed."""
        if not (connection.reusable and connection.is_open):
            connection.abandon()
            return
        if self._wake_next(connection):
            return
        connection.idle_since = self._loop.time()
        self._idle.append(connection)
        if self._sweep is None:
            self._sweep = self._loop.call_later(self._limits.idle_timeout_ms / 1000, self._close_idle)

    def close(self) -> None:
        """Close all connections; exchanges under way fail with ``TransportError(CLOSED)``."""
        if self._sweep is not None:
            self._sweep.cancel()
        for connection in tuple(self._open):
            connection.close()
        self._idle.clear()

    async def _wait_for_release(self) -> Connection | None:
        if len(self._waiting) >= self._limits.max_waiting_per_origin:
            raise TransportError(TransportErrorKind.CONNECT, "too many requests wait for a connection to the subgraph")
        place: asyncio.Future[Connection | None] = self._loop.create_future()
        self._waiting.append(place)
        try:
            return await place
        except asyncio.CancelledError:
            # What was handed over in the same moment must not be lost with the one who gave up.
            if place.done() and not place.cancelled():
                handed_over = place.result()
                if handed_over is None:
                    self._wake_next(None)
                else:
                    self.release(handed_over)
            elif place in self._waiting:
                self._waiting.remove(place)
            raise

    def _wake_next(self, connection: Connection | None) -> bool:
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(connection)
                return True
        return False

    def _forget(self, connection: Connection) -> None:
        self._open.discard(connection)
        if connection in self._idle:
            self._idle.remove(connection)
        self._wake_next(None)

    def _close_idle(self) -> None:
        self._sweep = None
        oldest_use = self._loop.time() - self._limits.idle_timeout_ms / 1000
        for connection in tuple(self._idle):
            if connection.idle_since <= oldest_use:
                self._idle.remove(connection)
                connection.abandon()
        if self._idle:
            self._sweep = self._loop.call_later(self._limits.idle_timeout_ms / 1000, self._close_idle)
