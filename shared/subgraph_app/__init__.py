"""What every subgraph process is made of: the ASGI mount around its GraphQL schema, and its command line."""

from shared.subgraph_app.app import create_app
from shared.subgraph_app.definition import (
    ContextFactory,
    EntityResolver,
    Limits,
    Market,
    RequestScope,
    SubgraphDefinition,
)
from shared.subgraph_app.program import SeedRequest, SubgraphProgram, run_program

__all__ = [
    "ContextFactory",
    "EntityResolver",
    "Limits",
    "Market",
    "RequestScope",
    "SeedRequest",
    "SubgraphDefinition",
    "SubgraphProgram",
    "create_app",
    "run_program",
]
