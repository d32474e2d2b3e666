"""Stops work for clients that have gone."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Final, Self

from starlette.requests import Request

# Most requests are answered sooner; those that are not are worth a task that watches the connection.
WATCH_AFTER_SECONDS: Final = 0.05


class StopWhenClientLeaves:
    """``with`` around the handling of a request whose body was read.

    When the client disconnects, the handling is cancelled and ``left`` is true after the block.
    """

    def __init__(self, request: Request, watch_after_seconds: float = WATCH_AFTER_SECONDS) -> None:
        self.left = False
        self._request = request
        self._watch_after_seconds = watch_after_seconds
        self._handling: asyncio.Task[object] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._watching: asyncio.Task[None] | None = None

    def __enter__(self) -> Self:
        self._handling = asyncio.current_task()
        self._timer = asyncio.get_running_loop().call_later(self._watch_after_seconds, self._begin_to_watch)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        handling, timer, watching = self._handling, self._timer, self._watching
        # Let go of the tasks: an ended one holds its frames, and these hold this object.
        self._handling = self._timer = self._watching = None
        if timer is not None:
            timer.cancel()
        if watching is not None:
            watching.cancel()
        if self.left and handling is not None:
            handling.uncancel()
        return self.left and isinstance(error, asyncio.CancelledError)

    def _begin_to_watch(self) -> None:
        self._watching = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while (await self._request.receive())["type"] != "http.disconnect":
            continue
        self.left = True
        if self._handling is not None:
            self._handling.cancel()
