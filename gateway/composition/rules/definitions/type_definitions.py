"""Types of the linked specs, where the text repeats them, are what the specs say."""

from __future__ import annotations

from gateway.composition.errors import TYPE_DEFINITION_INVALID
from gateway.composition.problems import Problems
from gateway.composition.written import WrittenSubgraph
from gateway.federation.directives import CONNECT_INPUTS, LINK_PURPOSES
from gateway.supergraph.model import TypeKind


def check_type_definitions(written: WrittenSubgraph, problems: Problems) -> None:
    """Report types of specs that have another kind or other values than the spec gives them."""
    for name, canonical in written.names.machinery.items():
        element = written.subgraph.types.get(name)
        if element is None:
            continue
        expected = spec_type_kind(canonical)
        if element.kind is not expected:
            message = f"{name} is a type of a linked spec and must be declared as {expected.value}: remove this one."
        elif expected is TypeKind.ENUM and element.values.keys() != set(LINK_PURPOSES):
            message = f"{name} is a type of a linked spec and must have the values {', '.join(LINK_PURPOSES)}."
        else:
            continue
        problems.report(TYPE_DEFINITION_INVALID, message, written.subgraph.name, *element.nodes)


def spec_type_kind(canonical: str) -> TypeKind:
    """The kind of a type that a linked spec defines, by its canonical name."""
    if canonical == "Purpose":
        return TypeKind.ENUM
    return TypeKind.INPUT if canonical in CONNECT_INPUTS else TypeKind.SCALAR
