"""In-flight de-duplication: identical subgraph queries under way at the same time become one.

Identical means everything that is forwarded: address, every header, body. A request with another user's identity is
another request. It stands above whatever signs requests, because a signature makes every request unique.
"""

from __future__ import annotations

import asyncio
from typing import TypeAlias

from gateway.executor.transport import (
    Headers,
    SubgraphRequest,
    SubgraphResponse,
    Transport,
    TransportError,
    TransportErrorKind,
)

_Identity: TypeAlias = tuple[str, Headers, bytes]


class _LeaderLeft(Exception):
    """The request that was really sent has been cancelled by its own caller."""


class DeduplicatingTransport:
    """Shares answers among identical ``idempotent`` requests; everything else passes through."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._under_way: dict[_Identity, asyncio.Future[SubgraphResponse] | None] = {}

    async def send(self, request: SubgraphRequest) -> SubgraphResponse:
        """As ``Transport.send``; cancelling one caller never disturbs the others."""
        if not request.idempotent:
            return await self._transport.send(request)
        identity = (request.url, request.headers, request.body)
        while identity in self._under_way:
            try:
                return await self._follow(identity, request.timeout_ms)
            except _LeaderLeft:
                continue
        return await self._lead(identity, request)

    async def close(self) -> None:
        """Close the transport below."""
        await self._transport.close()

    async def _lead(self, identity: _Identity, request: SubgraphRequest) -> SubgraphResponse:
        # The future is made by the first follower: most requests have none.
        self._under_way[identity] = None
        try:
            response = await self._transport.send(request)
        except BaseException as error:
            followers = self._under_way.pop(identity)
            if followers is not None:
                followers.set_exception(error if isinstance(error, TransportError) else _LeaderLeft())
                # Followers may all have left: the exception is then nobody's to retrieve.
                followers.exception()
            raise
        followers = self._under_way.pop(identity)
        if followers is not None:
            followers.set_result(response)
        return response

    async def _follow(self, identity: _Identity, timeout_ms: float) -> SubgraphResponse:
        shared = self._under_way[identity]
        if shared is None:
            shared = self._under_way[identity] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout_ms / 1000):
                # Shielded: one follower's cancellation must not cancel the future of all.
                return await asyncio.shield(shared)
        except TimeoutError:
            raise TransportError(TransportErrorKind.TIMEOUT, "the subgraph did not answer in time") from None
