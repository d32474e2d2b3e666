"""The executable schema: schema.graphql with its resolvers."""

from __future__ import annotations

from importlib.resources import files

from ariadne.contrib.federation import make_federated_schema
from graphql import GraphQLSchema, GraphQLUnionType

from shared.subgraph_app.ariadne_scalars import SCALARS
from subgraphs.products.resolvers.category import category, collection
from subgraphs.products.resolvers.connections import CONNECTIONS
from subgraphs.products.resolvers.details import DETAILS
from subgraphs.products.resolvers.entities import ENTITIES, type_of_entity
from subgraphs.products.resolvers.product import product
from subgraphs.products.resolvers.product_list import product_connection
from subgraphs.products.resolvers.query import query
from subgraphs.products.resolvers.search import connection
from subgraphs.products.resolvers.variant import variant


def read_sdl() -> str:
    """The federation SDL as written in schema.graphql."""
    return (files("subgraphs.products") / "schema.graphql").read_text(encoding="utf-8")


def build_schema() -> GraphQLSchema:
    """A schema of its own for each application: the mount adapts it."""
    schema = make_federated_schema(
        read_sdl(),
        query,
        product,
        variant,
        category,
        collection,
        connection,
        product_connection,
        *CONNECTIONS,
        *DETAILS,
        *SCALARS,
        convert_names_case=True,
    )
    entity = schema.type_map["_Entity"]
    assert isinstance(entity, GraphQLUnionType)
    entity.types = tuple(kind for kind in entity.types if kind.name in ENTITIES)
    entity.resolve_type = type_of_entity
    return schema
