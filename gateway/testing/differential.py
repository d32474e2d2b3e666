"""One differential case: a random world, composed, served by the whole gateway, held against the monolith.

The story of ``check``: draw a world → write and compose its subgraphs → build a snapshot → draw operations → execute
each on gateway and monolith → compare answers byte for byte, key order included.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from gateway.composition.compose import compose
from gateway.composition.elements import SubgraphSource
from gateway.engine import Engine, EngineOptions
from gateway.errors import RequestRefused
from gateway.executor.concurrency import ExecutionBound
from gateway.graphql_request import GraphQLRequest
from gateway.override_labels import OverrideLabels
from gateway.settings import GatewaySettings
from gateway.snapshot_builder import build_snapshot
from gateway.testing.monolith import Monolith
from gateway.testing.random_operation import RandomOperation, draw_operation
from gateway.testing.random_world import draw_world
from gateway.testing.shrink import shrink
from gateway.testing.world import World
from gateway.testing.world_sdl import subgraph_sdl
from gateway.testing.world_transport import URL, WorldTransport


@dataclass(frozen=True, slots=True)
class Difference:
    """Gateway and monolith disagree; all that is needed to see why."""

    seed: int
    subgraphs: dict[str, str]
    operation: RandomOperation
    expected: str
    actual: str

    def __str__(self) -> str:
        parts = [f"seed {self.seed}"]
        parts += [f"--- subgraph {name}\n{sdl}" for name, sdl in self.subgraphs.items()]
        parts += [f"--- operation\n{self.operation.text}\n--- variables\n{json.dumps(self.operation.variables)}"]
        parts += [f"--- expected\n{self.expected}", f"--- actual\n{self.actual}"]
        return "\n".join(parts)


class Case:
    """A world with its gateway and its monolith."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.world: World = draw_world(seed)
        self.monolith = Monolith(self.world)
        self.sdls = {name: subgraph_sdl(self.world, name) for name in self.world.subgraphs}
        self.engine = _engine(self.world, self.sdls)

    async def compare(self, operation: RandomOperation) -> Difference | None:
        """None when both answer the same, the first time (general path) and the second (compiled plan)."""
        expected = _expected(self.monolith, operation)
        for _ in range(2):
            actual = await _actual(self.engine, operation)
            if expected != actual:
                return Difference(self.seed, self.sdls, operation, expected, actual)
        return None


async def smallest_difference(case: Case, difference: Difference) -> Difference:
    """The same kind of difference with as little of the operation as shows it."""

    async def fails(candidate: RandomOperation) -> bool:
        return await case.compare(candidate) is not None

    operation = await shrink(difference.operation, case.monolith.schema, fails)
    return await case.compare(operation) or difference


async def check(seed: int, operations: int) -> list[Difference]:
    """The differences that ``operations`` random operations show on the world of ``seed``."""
    case = Case(seed)
    found = [
        await case.compare(draw_operation(seed * 1_000 + number, case.monolith.schema)) for number in range(operations)
    ]
    return [difference for difference in found if difference is not None]


def _engine(world: World, sdls: dict[str, str]) -> Engine:
    result = compose([SubgraphSource(name, URL.format(name), sdl) for name, sdl in sdls.items()])
    if result.supergraph is None:
        texts = "\n".join(f"--- {name}\n{sdl}" for name, sdl in sdls.items())
        raise AssertionError(f"a drawn world does not compose: {[error.message for error in result.errors]}\n{texts}")
    snapshot = build_snapshot(result.supergraph.text, GatewaySettings(), {}, WorldTransport(world))
    return Engine(snapshot, EngineOptions(override_labels=OverrideLabels(world.active_labels)), ExecutionBound())


def _expected(monolith: Monolith, operation: RandomOperation) -> str:
    result = monolith.execute(operation.text, operation.variables)
    return _shown(result.data, has_errors=bool(result.errors))


async def _actual(engine: Engine, operation: RandomOperation) -> str:
    try:
        answer = await engine.execute(GraphQLRequest(operation.text, variables=operation.variables))
    except RequestRefused as refused:
        return f"refused: {[error.message for error in refused.errors]}"
    body = json.loads(answer.body)
    shown = _shown(body.get("data"), has_errors=bool(body.get("errors")))
    return shown if not body.get("errors") else f"{shown}\n{json.dumps(body['errors'])}"


def _shown(data: Any, *, has_errors: bool) -> str:
    return json.dumps({"data": data, "errors": has_errors}, ensure_ascii=False)
