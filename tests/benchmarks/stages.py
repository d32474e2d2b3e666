"""Where the microseconds of one request go inside our engine, without sockets: subgraph answers come from memory."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

import uvloop
from contenders import SUBGRAPH_PORTS, SUPERGRAPH
from scenarios import OPERATIONS
from subgraph_execution import NAMES, answer

from gateway.app import open_gateway
from gateway.compiled import SchemaView
from gateway.compiled.compile_plan import compile_plan
from gateway.executor.schedule import ExecutablePlan
from gateway.executor.transport import SubgraphRequest, SubgraphResponse
from gateway.operation.limits import OperationLimits
from gateway.operation.normalize import normalize_operation
from gateway.operation.parse import parse_document
from gateway.operation.validate import ValidationOptions, validate_document
from gateway.planner import Planner
from gateway.settings import GatewaySettings
from gateway.supergraph.load import load_supergraph

_HEADERS = [
    (b"host", b"localhost"),
    (b"content-type", b"application/json"),
    (b"accept", b"application/json"),
    (b"authorization", b"Bearer benchmark-1"),
]


class MemoryTransport:
    """Executes each distinct request once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, bytes], SubgraphResponse] = {}

    async def send(self, request: SubgraphRequest) -> SubgraphResponse:
        key = (request.url, request.body)
        known = self._known.get(key)
        if known is None:
            name = next(name for name, port in zip(NAMES, SUBGRAPH_PORTS, strict=True) if f":{port}/" in request.url)
            known = self._known[key] = SubgraphResponse(200, (), answer(name, request.body))
        return known

    async def close(self) -> None:
        """Nothing is open."""


def measure_stages() -> list[tuple[str, float, float]]:
    """For each stage: its name, microseconds for the big operation, microseconds for the small one."""
    big, small = (_cold(name) for name in ("four_levels", "one_fetch"))
    rows = [(stage, big[stage], small[stage]) for stage in big]
    warm = uvloop.run(_warm())
    return [*rows, *[(stage, *values) for stage, values in warm.items()]]


def _cold(name: str) -> dict[str, float]:
    """The stages of a first request."""
    text = (OPERATIONS / f"{name}.graphql").read_text()
    supergraph = load_supergraph(SUPERGRAPH.read_text())
    schema = supergraph.api_schema
    planner = Planner(supergraph)
    document = parse_document(text, OperationLimits())
    operation = normalize_operation(document, None, schema)
    plan = ExecutablePlan(planner.plan(operation, frozenset()).node)
    view = SchemaView(schema, supergraph.schema)
    schedule = plan.schedule({})
    return {
        "parse": _best(lambda: parse_document(text, OperationLimits())),
        "validate": _best(lambda: validate_document(document, schema, ValidationOptions())),
        "normalize": _best(lambda: normalize_operation(document, None, schema)),
        "plan": _best(lambda: planner.plan(operation, frozenset())),
        "compile the plan, beside the requests": _best(
            lambda: compile_plan(schedule, "Query", operation.selections, view, {})
        ),
    }


async def _warm() -> dict[str, tuple[float, float]]:
    settings = GatewaySettings.model_validate(
        {"supergraph": {"source": str(SUPERGRAPH)}, "headers": {"forward": ["authorization"]}}
    )
    async with open_gateway(settings, {}, MemoryTransport()) as app:
        found = [await _warm_request(app, name) for name in ("four_levels", "one_fetch")]
    return {"whole warm request, from HTTP to bytes, sockets left out": (found[0], found[1])}


async def _warm_request(app: Any, name: str) -> float:
    body = json.dumps({"query": (OPERATIONS / f"{name}.graphql").read_text()}).encode()
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "headers": [*_HEADERS, (b"content-length", b"%d" % len(body))],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }

    async def request() -> None:
        messages = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def receive() -> Any:
            return next(messages)

        async def send(_message: Any) -> None:
            return

        await app(dict(scope), receive, send)

    for _ in range(5):
        await request()
        await asyncio.sleep(0.05)
    return await _best_async(request)


def _best(function: Callable[[], object], *, rounds: int = 15) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        function()
        best = min(best, time.process_time() - start)
    return best * 1e6


async def _best_async(function: Callable[[], Awaitable[None]], *, rounds: int = 15, count: int = 50) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(count):
            await function()
        best = min(best, (time.process_time() - start) / count)
    return best * 1e6
