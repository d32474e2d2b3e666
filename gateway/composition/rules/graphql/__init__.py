"""The rules of the GraphQL specification, checked on each subgraph as its text stands; all give ``INVALID_GRAPHQL``."""

from .check import check_graphql

__all__ = ["check_graphql"]
