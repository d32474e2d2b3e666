"""Keeps quiet streams alive: between two parts that are far apart, a heartbeat is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing


async def with_heartbeat(
    parts: AsyncGenerator[bytes, None], interval_seconds: float
) -> AsyncGenerator[bytes | None, None]:
    """The parts, and None whenever ``interval_seconds`` passed without one. Closing it closes ``parts``."""
    async with aclosing(parts) as source:
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
