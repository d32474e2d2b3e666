"""Puts a world's live subgraphs where the gateway's HTTP client would be."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping

from gateway.executor.request_context import RequestContext
from gateway.executor.subgraph_client import SubgraphCall, SubgraphUnavailable
from gateway.executor.transport import SubgraphRequest, SubgraphResponse, TransportError, TransportErrorKind
from gateway.testing.live_subgraph import LiveSubgraph
from gateway.testing.world import SubgraphName, World

URL = "http://{0}.test/graphql"


class WorldTransport:
    """A transport to the subgraphs of ``world``, by URL."""

    def __init__(self, world: World) -> None:
        self.down: SubgraphName | None = None
        self.effects: list[str] = []
        self.subgraphs: Mapping[str, LiveSubgraph] = {
            URL.format(name): LiveSubgraph(world, name, self.effects) for name in world.subgraphs
        }

    async def send(self, request: SubgraphRequest) -> SubgraphResponse:
        """Execute in process, unless the subgraph is ``down``."""
        if self.down is not None and request.url == URL.format(self.down):
            raise TransportError(TransportErrorKind.CONNECT, "nobody is there")
        body = self.subgraphs[request.url].execute(request.body)
        return SubgraphResponse(200, (("content-type", "application/json"),), body)

    async def events(self, call: SubgraphCall, _context: RequestContext) -> AsyncGenerator[bytes, None]:
        """One event, the subscription's field as it is now, unless the subgraph is ``down``."""
        if self.down == call.subgraph:
            raise SubgraphUnavailable("nobody is there")
        yield self.subgraphs[URL.format(call.subgraph)].execute(call.body)

    async def close(self) -> None:
        """Nothing is open."""
