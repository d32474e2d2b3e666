"""The whole gateway over a world's subgraphs, twice: never compiling a plan, and compiling every one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from gateway.compiled import CompilerOptions
from gateway.composition.compose import compose
from gateway.composition.elements import SubgraphSource
from gateway.engine import Engine, EngineOptions
from gateway.errors import RequestRefused
from gateway.executor.concurrency import ExecutionBound
from gateway.executor.event_source import EventSource
from gateway.executor.transport import Transport
from gateway.graphql_request import GraphQLRequest
from gateway.incremental_delivery import IncrementalForm
from gateway.override_labels import OverrideLabels
from gateway.settings import GatewaySettings, TrafficSettings
from gateway.snapshot_builder import build_snapshot
from gateway.testing.random_operation import RandomOperation
from gateway.testing.world import World
from gateway.testing.world_transport import URL

NEVER: Final = 1_000_000_000
SETTINGS: Final = GatewaySettings(traffic=TrafficSettings(retries=0, breaker_failures=0))


def engines_of(
    world: World, sdls: Mapping[str, str], transport: Transport, events: EventSource
) -> tuple[Engine, Engine]:
    """One that never compiles a plan, and one that compiles every one."""
    result = compose([SubgraphSource(name, URL.format(name), sdl) for name, sdl in sdls.items()])
    if result.supergraph is None:
        texts = "\n".join(f"--- {name}\n{sdl}" for name, sdl in sdls.items())
        raise AssertionError(f"a drawn world does not compose: {[error.message for error in result.errors]}\n{texts}")
    options = EngineOptions(override_labels=OverrideLabels(world.active_labels))
    snapshots = [build_snapshot(result.supergraph.text, SETTINGS, {}, transport, events=events) for _ in range(2)]
    for snapshot, uses_before in zip(snapshots, (NEVER, 0), strict=True):
        snapshot.options = replace(snapshot.options, compiler=CompilerOptions(uses_before=uses_before))
    general, compiled = (Engine(snapshot, options, ExecutionBound()) for snapshot in snapshots)
    return general, compiled


async def answer_of(engine: Engine, operation: RandomOperation) -> tuple[Any, list[Any]]:
    """``data`` and errors; nothing but errors when the request is refused."""
    request = GraphQLRequest(operation.text, variables=operation.variables)
    try:
        if operation.subscribes:
            (event,) = [body async for body in engine.stream(request, IncrementalForm.CURRENT)]
        else:
            event = (await engine.execute(request)).body
    except RequestRefused as refused:
        return None, [error.message for error in refused.errors]
    body = json.loads(event)
    return body.get("data"), body.get("errors", [])
