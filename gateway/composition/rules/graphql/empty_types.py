"""Types have at least one field, member or value.

https://spec.graphql.org/draft/#sec-Objects.Type-Validation and the like for the other kinds.
"""

from __future__ import annotations

from gateway.composition.elements import TypeElement
from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.problems import Problems
from gateway.composition.written import WrittenSubgraph
from gateway.supergraph.model import TypeKind


def check_empty_types(written: WrittenSubgraph, problems: Problems) -> None:
    """Report empty types. ``Query`` may be empty: federation adds fields to it."""
    for element in written.subgraph.types.values():
        if _is_empty(element) and element.name != "Query":
            what = _PARTS[element.kind]
            message = f"{element.kind.value} {element.name} is empty: give it at least one {what}, or remove it."
            problems.report(INVALID_GRAPHQL, message, written.subgraph.name, *element.nodes)


_PARTS = {
    TypeKind.OBJECT: "field",
    TypeKind.INTERFACE: "field",
    TypeKind.INPUT: "field",
    TypeKind.UNION: "member",
    TypeKind.ENUM: "value",
}


def _is_empty(element: TypeElement) -> bool:
    if element.kind is TypeKind.SCALAR:
        return False
    return not (element.fields or element.input_fields or element.members or element.values)
