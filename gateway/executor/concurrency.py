"""How many requests execute at once.

Once the processor is the bottleneck, more requests under way only make each of them slower and hold more memory; while
subgraphs are the bottleneck, more of them is what keeps the processor busy. So the bound follows the share of time in
which the event loop's thread has something to do: down while it is saturated, up while it waits. Nothing here knows
requests.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from gateway.executor.runnable_time import runnable_seconds


class TooManyWaiting(Exception):
    """The queue before execution is full: the request is refused at once rather than late."""

    def __init__(self) -> None:
        super().__init__("too many requests are waiting to be executed")


@dataclass(frozen=True, slots=True)
class BoundSettings:
    """``saturated_share`` is the share of time with something to do above which the loop counts as saturated."""

    floor: int = 8
    ceiling: int = 2048
    start: int = 32
    max_waiting: int = 10_000
    saturated_share: float = 0.9
    interval_ms: float = 25


def next_bound(bound: int, busy_share: float, settings: BoundSettings) -> int:
    """Down by a quarter while the loop is saturated, doubled while it is not."""
    if busy_share >= settings.saturated_share:
        return max(settings.floor, bound * 3 // 4)
    return min(settings.ceiling, bound * 2)


class ExecutionBound:
    """``async with bound:`` around an execution; places are given out in order of arrival.

    The bound is looked at only while somebody waits: an idle gateway runs no timer.
    """

    def __init__(
        self,
        settings: BoundSettings | None = None,
        *,
        busy_seconds: Callable[[], float] = runnable_seconds,
        wall_seconds: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._settings = settings or BoundSettings()
        self._busy_seconds = busy_seconds
        self._wall_seconds = wall_seconds
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._measured_from = (0.0, 0.0)
        self.bound = self._settings.start
        self.executing = 0

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return len(self._waiting)

    async def __aenter__(self) -> Self:
        if self.executing < self.bound and not self._waiting:
            self.executing += 1
            return self
        await self._wait()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.executing -= 1
        if self._waiting:
            self._admit()

    async def _wait(self) -> None:
        if len(self._waiting) >= self._settings.max_waiting:
            raise TooManyWaiting
        if self._timer is None:
            self._measure_from_now()
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                # The place was given in the moment of the cancellation: pass it on.
                self.executing -= 1
                self._admit()
            elif place in self._waiting:
                self._waiting.remove(place)
            raise

    def _admit(self) -> None:
        while self._waiting and self.executing < self.bound:
            place = self._waiting.popleft()
            if not place.done():
                self.executing += 1
                place.set_result(None)

    def _measure_from_now(self) -> None:
        self._measured_from = (self._busy_seconds(), self._wall_seconds())
        self._timer = asyncio.get_running_loop().call_later(self._settings.interval_ms / 1000, self._adjust)

    def _adjust(self) -> None:
        self._timer = None
        busy, wall = self._measured_from
        passed = self._wall_seconds() - wall
        share = (self._busy_seconds() - busy) / passed if passed > 0 else 0.0
        self.bound = next_bound(self.bound, share, self._settings)
        self._admit()
        if self._waiting:
            self._measure_from_now()
