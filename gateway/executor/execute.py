"""Runs a plan: the general path, right for every plan and every answer.

A plan comes down to requests (``schedule.py``); each starts when the requests it follows have been merged. The
result is the response tree as the subgraphs filled it; ``gateway.projection`` makes the client's answer of it.
"""

from __future__ import annotations

import asyncio

from gateway.executor.execution import Execution
from gateway.executor.fetch import perform
from gateway.executor.schedule import ExecutablePlan, Schedule, ScheduledRequest, is_chain
from gateway.executor.subgraph_client import SubgraphSender


async def execute_plan(plan: ExecutablePlan, execution: Execution, sender: SubgraphSender) -> None:
    """Fill ``execution`` by running ``plan``. Failing subgraphs are recorded there; cancelling stops all requests."""
    schedule = plan.schedule(execution.variables)
    if is_chain(schedule):
        for request in schedule:
            await perform(request, execution, sender)
    else:
        await _run_graph(schedule, execution, sender)


async def _run_graph(schedule: Schedule, execution: Execution, sender: SubgraphSender) -> None:
    merged = [asyncio.Event() for _ in schedule]

    async def run(index: int, request: ScheduledRequest) -> None:
        for before in request.after:
            await merged[before].wait()
        await perform(request, execution, sender)
        merged[index].set()

    async with asyncio.TaskGroup() as tasks:
        for index, request in enumerate(schedule):
            tasks.create_task(run(index, request))
