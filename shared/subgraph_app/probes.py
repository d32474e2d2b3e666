"""``/livez``, ``/readyz`` and ``/metrics``: public, without data of anybody."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from shared.subgraph_app.definition import Probe

PROBE_TIMEOUT_SECONDS: Final = 3.0


def probe_routes(probes: Mapping[str, Probe]) -> list[Route]:
    """The three routes; ready means that every dependency answered."""

    async def livez(_: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_: Request) -> Response:
        outcomes = await asyncio.gather(*(_ask(probe) for probe in probes.values()))
        states = dict(zip(probes, outcomes, strict=True))
        ready = all(state == "ok" for state in outcomes)
        return JSONResponse({"ready": ready, "dependencies": states}, status_code=200 if ready else 503)

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [Route("/livez", livez), Route("/readyz", readyz), Route("/metrics", metrics)]


async def _ask(probe: Probe) -> str:
    try:
        async with asyncio.timeout(PROBE_TIMEOUT_SECONDS):
            await probe()
    except Exception as error:  # noqa: BLE001 - whatever a dependency raises, the answer is "not ready"
        return type(error).__name__
    return "ok"
