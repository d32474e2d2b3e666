"""Where the events of a subscription come from: the seam between executor and event protocols."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Protocol

from gateway.executor.request_context import RequestContext
from gateway.executor.subgraph_client import SubgraphCall


class EventSource(Protocol):
    """Opens event streams in subgraphs."""

    def events(self, call: SubgraphCall, context: RequestContext) -> AsyncGenerator[bytes, None]:
        """Each event as the body of a GraphQL response, until the subgraph completes.

        Raises ``SubgraphUnavailable`` when the stream cannot be opened or breaks. Closing the iterator tells the
        subgraph to stop.
        """
        ...
