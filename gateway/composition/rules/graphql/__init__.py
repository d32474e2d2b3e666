"""The rules of the GraphQL specification, checked on each subgraph as its text stands; all give ``INVALID_GRAPHQL``."""

from gateway.composition.rules.graphql.check import check_schema, check_text

__all__ = ["check_schema", "check_text"]
