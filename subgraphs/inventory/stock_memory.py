"""The last known stock of each variant, in the cache: what shoppers see while the database does not answer.

Reservations never read it. A process writes a variant at most every half minute, beside the answer and not before it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import msgspec

from shared.cache import Cache
from shared.clock import Clock
from subgraphs.inventory.domain import StockPosition

TTL_SECONDS: Final = 86_400
REFRESH: Final = timedelta(seconds=30)
MAX_NOTED: Final = 200_000  # variants whose last write this process remembers


@dataclass(frozen=True, slots=True)
class KnownStock:
    """The positions of one variant as of an instant; ``stale`` when they come from the cache."""

    positions: tuple[StockPosition, ...]
    as_of: datetime
    stale: bool = False


class StockMemory:
    """Remembers what the database said and recalls it in an outage."""

    def __init__(self, cache: Cache, clock: Clock) -> None:
        self._cache = cache
        self._clock = clock
        self._written: dict[str, datetime] = {}
        self._writing: set[asyncio.Task[None]] = set()

    def remember(self, found: Mapping[str, KnownStock]) -> None:
        """Write what was not written lately, in the background."""
        now = self._clock.now()
        due = {each: known for each, known in found.items() if self._is_due(each, now)}
        if not due:
            return
        if len(self._written) + len(due) > MAX_NOTED:
            self._written.clear()
        self._written.update(dict.fromkeys(due, now))
        task = asyncio.create_task(self._write(due))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def recall(self, variant_ids: Sequence[str]) -> dict[str, KnownStock] | None:
        """All of ``variant_ids`` as they were last seen; None when one was never seen."""
        stored = await self._cache.get_many(variant_ids)
        if len(stored) < len(set(variant_ids)):
            return None
        decoded = {each: msgspec.json.decode(raw, type=KnownStock) for each, raw in stored.items()}
        return {each: KnownStock(known.positions, known.as_of, stale=True) for each, known in decoded.items()}

    async def settle(self) -> None:
        """Wait for writes under way."""
        await asyncio.gather(*self._writing)

    def _is_due(self, variant_id: str, now: datetime) -> bool:
        written = self._written.get(variant_id)
        return written is None or now - written >= REFRESH

    async def _write(self, due: Mapping[str, KnownStock]) -> None:
        values = {each: msgspec.json.encode(known) for each, known in due.items()}
        await self._cache.set_many(values, ttl_seconds=TTL_SECONDS)
