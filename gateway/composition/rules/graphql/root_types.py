"""Root operation types are object types of the subgraph.

https://spec.graphql.org/draft/#sec-Root-Operation-Types
"""

from __future__ import annotations

from gateway.composition.elements import TypeKind
from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.load.written import WrittenSubgraph
from gateway.composition.problems import Problems

_DEFAULT_NAMES = {"query": "Query", "mutation": "Mutation", "subscription": "Subscription"}


def check_root_types(written: WrittenSubgraph, problems: Problems) -> None:
    """Report roots that are unknown or of another kind."""
    for operation in written.operations:
        kind, name = operation.operation.value, operation.type.name.value
        element = written.subgraph.types.get(_DEFAULT_NAMES[kind]) or written.subgraph.types.get(name)
        if element is None:
            message = f"the {kind} root type {name} is not defined: define it, or remove it from the schema."
        elif element.kind is not TypeKind.OBJECT:
            message = f"the {kind} root type {name} must be an object type, but is declared as {element.kind.value}."
        else:
            continue
        problems.report(INVALID_GRAPHQL, message, written.subgraph.name, operation)
    if written.operations:
        return
    for name in _DEFAULT_NAMES.values():
        element = written.subgraph.types.get(name)
        if element is not None and element.kind is not TypeKind.OBJECT:
            message = f"{name} must be an object type, but is declared as {element.kind.value}."
            problems.report(INVALID_GRAPHQL, message, written.subgraph.name, *element.nodes)
