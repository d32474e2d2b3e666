"""The names of GraphQL's own scalars are taken.

https://spec.graphql.org/draft/#sec-Scalars.Built-in-Scalars
"""

from __future__ import annotations

from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.problems import Problems
from gateway.composition.written import BUILT_IN_SCALARS, WrittenSubgraph
from gateway.supergraph.model import TypeKind


def check_built_in_scalars(written: WrittenSubgraph, problems: Problems) -> None:
    """Report other kinds of types under those names, and extensions; repeating a definition does no harm."""
    for name in sorted(BUILT_IN_SCALARS & written.subgraph.types.keys()):
        element = written.subgraph.types[name]
        if not element.has_definition:
            message = f"{name} is a scalar of GraphQL itself and cannot be extended."
            problems.report(INVALID_GRAPHQL, message, written.subgraph.name, *element.nodes)
        elif element.kind is not TypeKind.SCALAR:
            message = f"{name} is a scalar of GraphQL itself: name this {element.kind.value} otherwise."
            problems.report(INVALID_GRAPHQL, message, written.subgraph.name, *element.nodes)
