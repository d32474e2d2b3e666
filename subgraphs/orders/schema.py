"""The executable schema: schema.graphql with its resolvers."""

from __future__ import annotations

from importlib.resources import files

from ariadne.contrib.federation import make_federated_schema
from graphql import GraphQLSchema

from shared.subgraph_app.ariadne_scalars import SCALARS
from subgraphs.orders.resolvers.cart import cart, mutation
from subgraphs.orders.resolvers.checkout import attempt_type
from subgraphs.orders.resolvers.order import TYPES
from subgraphs.orders.resolvers.query import query
from subgraphs.orders.resolvers.user import user


def read_sdl() -> str:
    """The federation SDL as written in schema.graphql."""
    return (files("subgraphs.orders") / "schema.graphql").read_text(encoding="utf-8")


def build_schema() -> GraphQLSchema:
    """A schema of its own for each application: the mount adapts it."""
    return make_federated_schema(
        read_sdl(), query, mutation, cart, attempt_type, user, *TYPES, *SCALARS, convert_names_case=True
    )
