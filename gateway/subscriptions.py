"""Subscriptions: one event from a subgraph, then the rest of the plan, then an answer; again for each event."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing

from gateway.executor.concurrency import ExecutionBound
from gateway.executor.execute import execute_plan
from gateway.executor.execution import FailedFetch
from gateway.executor.fetch import merge_root_answer, root_call
from gateway.executor.subgraph_answer import MalformedAnswer, read_answer
from gateway.executor.subgraph_client import SubgraphUnavailable
from gateway.query_plan import Fetch, SubscriptionNode
from gateway.started_operation import StartedOperation

_log = logging.getLogger(__name__)


async def subscription_answers(started: StartedOperation, bound: ExecutionBound) -> AsyncGenerator[bytes, None]:
    """A response body for each event, until the subgraph completes; if the stream breaks, a last one that says so."""
    node = started.executable.plan.node
    if not isinstance(node, SubscriptionNode):
        # Nothing is left to subscribe to: all its fields were denied or skipped.
        yield started.answer(started.begin())
        return
    call = root_call(node.primary, started.begin())
    try:
        async with aclosing(started.snapshot.events.events(call, started.context)) as events:
            async for event in events:
                async with bound:
                    answer = await _answer_event(event, node.primary, started)
                yield answer
    except SubgraphUnavailable as failure:
        _log.warning("subscription to subgraph %s ended: %s", call.subgraph, failure)
        yield _failure(started, call.subgraph)


async def _answer_event(event: bytes, primary: Fetch, started: StartedOperation) -> bytes:
    try:
        answer = read_answer(event)
    except MalformedAnswer as failure:
        _log.warning("an event of subgraph %s is malformed: %s", primary.subgraph, failure)
        return _failure(started, primary.subgraph)
    execution = started.begin()
    merge_root_answer(primary, answer, execution)
    await execute_plan(started.executable.plan, execution, started.snapshot.sender)
    return started.answer(execution)


def _failure(started: StartedOperation, subgraph: str) -> bytes:
    execution = started.begin()
    execution.failures.append(FailedFetch((), execution.error_policy.unavailable(subgraph)))
    return started.answer(execution)
