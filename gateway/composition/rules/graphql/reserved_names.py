"""Names that begin with two underscores belong to introspection.

https://spec.graphql.org/draft/#sec-Names.Reserved-Names
"""

from __future__ import annotations

from collections.abc import Iterator

from graphql import Node

from gateway.composition.elements import Subgraph
from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.problems import Problems
from gateway.composition.written import WrittenSubgraph


def check_reserved_names(written: WrittenSubgraph, problems: Problems) -> None:
    """Report definitions and imports with reserved names."""
    for coordinate, node in _reserved(written.subgraph):
        message = f"{coordinate} is a reserved name: names must not begin with two underscores."
        problems.report(INVALID_GRAPHQL, message, written.subgraph.name, node)
    for link in written.subgraph.links:
        for name in link.imports.values():
            if name.removeprefix("@").startswith("__"):
                message = f'"{name}" cannot be imported: names must not begin with two underscores.'
                problems.report(INVALID_GRAPHQL, message, written.subgraph.name, link.node)


def _reserved(subgraph: Subgraph) -> Iterator[tuple[str, Node]]:
    for element in subgraph.types.values():
        if element.name.startswith("__"):
            yield element.name, element.nodes[0]
        for field in element.fields.values():
            if field.name.startswith("__"):
                yield f"{element.name}.{field.name}", field.node
            for argument in field.arguments.values():
                if argument.name.startswith("__"):
                    yield f"{element.name}.{field.name}({argument.name}:)", argument.node
        members = [(item.name, item.node) for item in element.input_fields.values()]
        members += [(value.name, value.node) for value in element.values.values()]
        yield from ((f"{element.name}.{name}", node) for name, node in members if name.startswith("__"))
    for name, directive in subgraph.directives.items():
        if name.startswith("__"):
            yield f"@{name}", directive.node
        for argument in directive.arguments.values():
            if argument.name.startswith("__"):
                yield f"@{name}({argument.name}:)", argument.node
