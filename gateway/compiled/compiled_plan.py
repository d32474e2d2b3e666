"""Runs a compiled plan: requests start when those they follow are merged; what is unusual is handed over.

Handing over loses nothing: every answer received so far is kept, and the general path is given these answers instead
of sending the same calls again. No mutation is ever sent twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.compiled.load_module import GeneratedModule
from gateway.compiled.refusal import UNREADABLE, HandOver
from gateway.compiled.replay import Outcome, ReplayingSender
from gateway.executor.request_context import RequestContext
from gateway.executor.schedule import Schedule, is_chain
from gateway.executor.subgraph_client import SubgraphCall, SubgraphSender, SubgraphUnavailable

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class CompiledPlan:
    """A plan compiled for one state of its conditions."""

    schedule: Schedule
    module: GeneratedModule
    first: tuple[int, ...] = field(init=False)
    followers: tuple[tuple[int, ...], ...] = field(init=False)
    prepare: tuple[Any, ...] = field(init=False)
    merge: tuple[Any, ...] = field(init=False)
    is_chain: bool = field(init=False)

    def __post_init__(self) -> None:
        numbers = range(len(self.schedule))
        self.is_chain = is_chain(self.schedule)
        self.first = tuple(index for index in numbers if not self.schedule[index].after)
        self.followers = tuple(
            tuple(later for later in numbers if index in self.schedule[later].after) for index in numbers
        )
        self.prepare = tuple(getattr(self.module.run, f"prepare_{index}") for index in numbers)
        self.merge = tuple(getattr(self.module.run, f"merge_{index}") for index in numbers)

    async def execute(
        self, variables: Mapping[str, Any], context: RequestContext, sender: SubgraphSender
    ) -> bytes | ReplayingSender:
        """The whole response body ``{"data": …}``; or, handing over, the sender for the general path."""
        execution = _Execution(self, self.module.run(variables), context, sender)
        await execution.run()
        answer = execution.finish()
        return ReplayingSender(sender, execution.made) if answer is None else answer


class _Execution:
    """One execution under way; ``made`` are the calls with what came of them."""

    __slots__ = ("_context", "_missing", "_plan", "_run", "_sender", "_tasks", "handed_over", "made")

    def __init__(self, plan: CompiledPlan, run: Any, context: RequestContext, sender: SubgraphSender) -> None:
        self._plan = plan
        self._run = run
        self._context = context
        self._sender = sender
        self._missing = [len(request.after) for request in plan.schedule]
        self._tasks: asyncio.TaskGroup
        self.handed_over = False
        self.made: list[tuple[SubgraphCall, Outcome]] = []

    async def run(self) -> None:
        """Perform all requests; those of one chain need no task of their own."""
        if self._plan.is_chain:
            for index in range(len(self._missing)):
                if not self.handed_over:
                    await self._perform(index)
            return
        async with asyncio.TaskGroup() as self._tasks:
            await self._follow(self._plan.first)

    def finish(self) -> bytes | None:
        """The response body; None when the general path has to go on."""
        if self.handed_over:
            return None
        try:
            body: bytes = self._run.finish()
        except HandOver:
            return None
        except Exception:  # noqa: BLE001 - logged; see _fault
            self._fault()
            return None
        return body

    async def _follow(self, ready: tuple[int, ...]) -> None:
        """Perform the requests ``ready`` and all that become ready after them: the first here, others beside."""
        while ready:
            for index in ready[1:]:
                self._tasks.create_task(self._follow((index,)))
            await self._perform(ready[0])
            if self.handed_over:
                return
            ready = tuple([later for later in self._plan.followers[ready[0]] if self._is_ready(later)])

    def _is_ready(self, index: int) -> bool:
        self._missing[index] -= 1
        return self._missing[index] == 0

    async def _perform(self, index: int) -> None:
        """Prepare (sync), send, merge (sync). What others have under way is not disturbed by a hand-over."""
        plan = self._plan
        try:
            body = plan.prepare[index](self._run)
            if body is None:
                return
            fetch = plan.schedule[index].parts[0].fetch
            call = SubgraphCall(fetch.subgraph, fetch.kind, body)
            answer = await self._send(call)
            if answer is not None:
                plan.merge[index](self._run, answer)
        except (HandOver, *UNREADABLE):
            self.handed_over = True
        except Exception:  # noqa: BLE001 - logged; see _fault
            self._fault()

    async def _send(self, call: SubgraphCall) -> bytes | None:
        try:
            answer = await self._sender.send(call, self._context)
        except SubgraphUnavailable as error:
            self.made.append((call, error))
            self.handed_over = True
            return None
        self.made.append((call, answer))
        return answer

    def _fault(self) -> None:
        """A fault of ours must not cost the client an answer, but somebody has to learn of it."""
        _log.exception("compiled plan %s failed; the general path goes on", self._plan.module.name)
        self.handed_over = True
