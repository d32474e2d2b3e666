"""Unions consist of object types.

https://spec.graphql.org/draft/#sec-Unions.Type-Validation
"""

from __future__ import annotations

from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.problems import Problems
from gateway.composition.written import BUILT_IN_SCALARS, WrittenSubgraph
from gateway.supergraph.model import TypeKind


def check_union_members(written: WrittenSubgraph, problems: Problems) -> None:
    """Report members that are unknown or no object types."""
    types = written.subgraph.types
    for element in types.values():
        for name in element.members:
            member = types.get(name)
            if member is not None and member.kind is TypeKind.OBJECT:
                continue
            if member is None and name not in BUILT_IN_SCALARS:
                message = f"union {element.name} contains the unknown type {name}: define it, or remove it."
            else:
                kind = member.kind.value if member else "scalar"
                message = f"union {element.name} can only contain object types, but {name} is declared as {kind}."
            problems.report(INVALID_GRAPHQL, message, written.subgraph.name, *element.nodes)
