"""A cache behind a protocol. Redis holds nothing that cannot be lost.

Policy: fail open. When Redis is down or slow a read is a miss and a write does nothing; callers go to the source of
truth. Uses that must fail closed (revocation lists, login limiters) do not belong here.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

REDIS_TIMEOUT_SECONDS: Final = 0.25
_OUTAGES: Final = (RedisError, OSError, TimeoutError)


class Cache(Protocol):
    """Bytes by key with a lifetime in seconds."""

    async def get_many(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """What is there; missing keys are absent."""

    async def set_many(self, values: Mapping[str, bytes], *, ttl_seconds: int) -> None: ...

    async def delete(self, keys: Sequence[str]) -> None: ...


class RedisCache:
    """A cache in Redis under ``<prefix>:<area>:``; every failure is a miss."""

    def __init__(self, redis: Redis, *, prefix: str, area: str) -> None:
        self._redis = redis
        self._head = f"{prefix}:{area}:"

    async def get_many(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """What is there; nothing while Redis is out of reach."""
        if not keys:
            return {}
        try:
            values = await self._redis.mget([self._head + key for key in keys])
        except _OUTAGES as error:
            logger.warning("cache read failed: %s", type(error).__name__)
            return {}
        return {key: value for key, value in zip(keys, values, strict=True) if isinstance(value, bytes)}

    async def set_many(self, values: Mapping[str, bytes], *, ttl_seconds: int) -> None:
        """Store all values in one round trip."""
        try:
            async with self._redis.pipeline(transaction=False) as pipeline:
                for key, value in values.items():
                    pipeline.set(self._head + key, value, ex=ttl_seconds)
                await pipeline.execute()
        except _OUTAGES as error:
            logger.warning("cache write failed: %s", type(error).__name__)

    async def delete(self, keys: Sequence[str]) -> None:
        """Forget ``keys``; while Redis is out of reach they live to the end of their lifetime."""
        if not keys:
            return
        try:
            await self._redis.delete(*(self._head + key for key in keys))
        except _OUTAGES as error:
            logger.warning("cache delete failed: %s", type(error).__name__)


class NoCache:
    """The cache of a process that has no Redis: always a miss."""

    async def get_many(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        """Nothing."""
        del keys
        return {}

    async def set_many(self, values: Mapping[str, bytes], *, ttl_seconds: int) -> None:
        """Does nothing."""
        del values, ttl_seconds

    async def delete(self, keys: Sequence[str]) -> None:
        """Does nothing."""
        del keys


def connect_cache(redis_url: str | None, *, prefix: str, area: str) -> Cache:
    """A cache at ``redis_url``; without one, no cache. Nothing connects before the first use."""
    if redis_url is None:
        return NoCache()
    redis = Redis.from_url(
        redis_url,
        socket_timeout=REDIS_TIMEOUT_SECONDS,
        socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
        max_connections=32,
    )
    return RedisCache(redis, prefix=prefix, area=area)
