"""Keeps quiet streams alive: between two parts that are far apart, a heartbeat is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing


async def with_heartbeat(parts: AsyncIterator[bytes], interval_seconds: float) -> AsyncIterator[bytes | None]:
    """The parts, and None whenever ``interval_seconds`` passed without one. Closing it closes ``parts``."""
    async with aclosing(_own(parts)) as source:
        coming: asyncio.Task[bytes] | None = None
        try:
            while True:
                coming = coming or asyncio.ensure_future(anext(source))
                done, _ = await asyncio.wait((coming,), timeout=interval_seconds)
                if not done:
                    yield None
                    continue
                finished, coming = coming, None
                try:
                    part = finished.result()
                except StopAsyncIteration:
                    return
                yield part
        finally:
            if coming is not None:
                coming.cancel()
                await asyncio.wait((coming,))


async def _own(parts: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """A generator, whatever ``parts`` is: it can be closed."""
    async for part in parts:
        yield part
