"""The playground: GraphiQL served by the gateway itself, working offline, with tabs from a folder."""

from gateway.playground.routes import PlaygroundPage, playground_page, playground_routes
from gateway.playground.settings import PlaygroundSettings

__all__ = ["PlaygroundPage", "PlaygroundSettings", "playground_page", "playground_routes"]
