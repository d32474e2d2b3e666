"""Root operation types are object types of the subgraph.

https://spec.graphql.org/draft/#sec-Root-Operation-Types
"""

from __future__ import annotations

from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.problems import Problems
from gateway.composition.written import WrittenSubgraph
from gateway.supergraph.model import TypeKind

_DEFAULT_NAMES = {"query": "Query", "mutation": "Mutation", "subscription": "Subscription"}


def check_root_types(written: WrittenSubgraph, problems: Problems) -> None:
    """Report roots of other kinds. Roots under other names bear their default names already.

    Without a schema definition, a type of another kind under a default name is no root but a type like any other.
    Every subgraph has a query root, though.
    """
    types = written.subgraph.types
    roots = {operation.type.name.value: _DEFAULT_NAMES[operation.operation.value] for operation in written.operations}
    for name, default in roots.items() or (("Query", "Query"),):
        element = types.get(name) or types.get(default)
        if element is not None and element.kind is not TypeKind.OBJECT:
            message = f"the root type {name} must be an object type, but is declared as {element.kind.value}."
            problems.report(INVALID_GRAPHQL, message, written.subgraph.name, *element.nodes)
