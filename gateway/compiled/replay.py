"""Serves the general path with the answers that the compiled path has received already."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TypeAlias

from gateway.executor.request_context import RequestContext
from gateway.executor.subgraph_client import SubgraphCall, SubgraphSender, SubgraphUnavailable

Outcome: TypeAlias = bytes | SubgraphUnavailable


class ReplayingSender:
    """Answers a call that has been made from what came of it, once for each time it was made; sends all others."""

    def __init__(self, sender: SubgraphSender, made: Iterable[tuple[SubgraphCall, Outcome]]) -> None:
        self._sender = sender
        self._outcomes: dict[SubgraphCall, deque[Outcome]] = {}
        for call, outcome in made:
            self._outcomes.setdefault(call, deque()).append(outcome)

    async def send(self, call: SubgraphCall, context: RequestContext) -> bytes:
        """The body of the answer. Raises ``SubgraphUnavailable``."""
        outcomes = self._outcomes.get(call)
        if not outcomes:
            return await self._sender.send(call, context)
        outcome = outcomes.popleft()
        if isinstance(outcome, SubgraphUnavailable):
            raise outcome
        return outcome
