"""Event streams from subgraphs: GraphQL over WebSocket and over Server-Sent Events."""

from gateway.subgraph_events.streams import EventEndpoint, EventProtocol, SubgraphEvents

__all__ = ["EventEndpoint", "EventProtocol", "SubgraphEvents"]
