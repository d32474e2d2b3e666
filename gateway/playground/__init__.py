"""The playground: GraphiQL served by the gateway itself, working offline, with tabs from a folder."""

from gateway.playground.routes import playground_routes
from gateway.playground.settings import PlaygroundSettings

__all__ = ["PlaygroundSettings", "playground_routes"]
