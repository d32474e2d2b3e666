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
    """Report roots of other kinds. Roots under other names bear their default names already."""
    types = written.subgraph.types
    if written.operations:
        roots = {
            operation.type.name.value: _DEFAULT_NAMES[operation.operation.value] for operation in written.operations
        }
        elements = [(name, types.get(name) or types.get(default)) for name, default in roots.items()]
    else:
        elements = [(name, types.get(name)) for name in _DEFAULT_NAMES.values()]
    for name, element in elements:
        if element is not None and element.kind is not TypeKind.OBJECT:
            message = f"the root type {name} must be an object type, but is declared as {element.kind.value}."
            problems.report(INVALID_GRAPHQL, message, written.subgraph.name, *element.nodes)
