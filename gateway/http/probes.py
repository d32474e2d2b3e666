"""What orchestrators and monitoring ask: alive, ready, metrics."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


def probe_routes() -> list[Route]:
    """A gateway listens once it has a supergraph, and stops listening to stop: while it answers, it is ready."""

    async def answer(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), headers={"content-type": CONTENT_TYPE_LATEST})

    return [Route("/livez", answer), Route("/readyz", answer), Route("/metrics", metrics)]
