"""The client: one exchange as a story. Everything it calls is bounded by ``ClientLimits`` and by the request's time."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Coroutine
from typing import Any, Final

from gateway.executor.transport import SubgraphRequest, SubgraphResponse, TransportError, TransportErrorKind
from gateway.http_client.connection import Connection
from gateway.http_client.limits import ClientLimits
from gateway.http_client.origin import Origin, Target, parse_target
from gateway.http_client.pool import OriginPool
from gateway.http_client.request_head import RequestEncoder

_MAX_REMEMBERED_URLS: Final = 1024


class HttpClient:
    """A ``Transport`` over HTTP/1.1 with pooled connections. Used from one event loop only."""

    def __init__(self, limits: ClientLimits | None = None, ssl_context: ssl.SSLContext | None = None) -> None:
        self._limits = limits or ClientLimits()
        self._ssl_context = ssl_context
        self._targets: dict[str, tuple[Target, OriginPool]] = {}
        self._pools: dict[Origin, OriginPool] = {}
        self._encoder = RequestEncoder()
        self._closed = False
        self._loop = asyncio.get_running_loop()

    async def send(self, request: SubgraphRequest) -> SubgraphResponse:
        """The response, whatever its status; redirects are not followed.

        Raises ``TransportError``; cancelling it closes the connection that was used.
        """
        if self._closed:
            raise TransportError(TransportErrorKind.CLOSED, "the client is closed")
        target, pool = self._targets.get(request.url) or self._resolve(request.url)
        data = self._encoder.encode(target.head_start, request)
        deadline = self._loop.time() + request.timeout_ms / 1000
        connection = pool.take_idle()
        if connection is not None:
            try:
                return await self._exchange(pool, connection, data, deadline)
            except TransportError as error:
                if not (request.idempotent and _was_stale(connection, error)):
                    raise
            # The next idle connection may be as stale: the second try gets one that was never used.
            connection = await _until(deadline, pool.connect())
        else:
            connection = await _until(deadline, pool.acquire())
        return await self._exchange(pool, connection, data, deadline)

    async def close(self) -> None:
        """Close every connection; requests under way fail with ``TransportError(CLOSED)``."""
        self._closed = True
        for pool in self._pools.values():
            pool.close()

    def _resolve(self, url: str) -> tuple[Target, OriginPool]:
        target = parse_target(url)
        pool = self._pools.get(target.origin)
        if pool is None:
            tls = target.origin.scheme == "https"
            ssl_context = (self._ssl_context or ssl.create_default_context()) if tls else None
            pool = self._pools[target.origin] = OriginPool(target.origin, self._limits, ssl_context)
        if len(self._targets) >= _MAX_REMEMBERED_URLS:
            self._targets.clear()
        self._targets[url] = (target, pool)
        return target, pool

    async def _exchange(
        self, pool: OriginPool, connection: Connection, data: bytes, deadline: float
    ) -> SubgraphResponse:
        result: asyncio.Future[SubgraphResponse] = self._loop.create_future()
        timer = self._loop.call_at(deadline, connection.time_out)
        connection.exchange(data, result)
        try:
            return await result
        except asyncio.CancelledError:
            connection.abandon()
            raise
        finally:
            timer.cancel()
            pool.release(connection)


def _was_stale(connection: Connection, error: TransportError) -> bool:
    return error.kind is TransportErrorKind.CLOSED and connection.received_nothing


async def _until(deadline: float, acquired: Coroutine[Any, Any, Connection]) -> Connection:
    try:
        async with asyncio.timeout_at(deadline):
            return await acquired
    except TimeoutError:
        raise TransportError(TransportErrorKind.TIMEOUT, "no connection to the subgraph came free in time") from None
