"""Types have what their interfaces promise.

https://spec.graphql.org/draft/#IsValidImplementation()
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graphql import ListTypeNode, NamedTypeNode, NonNullTypeNode, TypeNode

from gateway.ast_text import type_text
from gateway.composition.elements import FieldElement, TypeElement
from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.problems import Problems
from gateway.composition.written import WrittenSubgraph
from gateway.supergraph.model import TypeKind


def check_implementations(written: WrittenSubgraph, problems: Problems) -> None:
    """Report interfaces that are unknown, circular, or not fully implemented."""
    types = written.subgraph.types
    for element in types.values():
        for name in element.interfaces:
            for message in _faults(element, name, types):
                problems.report(INVALID_GRAPHQL, message, written.subgraph.name, *element.nodes)


def _faults(element: TypeElement, name: str, types: Mapping[str, TypeElement]) -> Iterator[str]:
    interface = types.get(name)
    if interface is None:
        yield f"{element.name} implements the unknown type {name}: define it, or remove it from the list."
        return
    if interface.kind is not TypeKind.INTERFACE:
        yield f"{element.name} cannot implement {name}, which is declared as {interface.kind.value}."
        return
    if name == element.name or element.name in interface.interfaces:
        yield f"{element.name} cannot implement {name}, which would make it implement itself."
        return
    for inherited in interface.interfaces:
        if inherited not in element.interfaces:
            yield f"{element.name} must implement {inherited} too, because {name} does."
    for promised in interface.fields.values():
        own = element.fields.get(promised.name)
        if own is None:
            yield f"{element.name} lacks the field {promised.name}, which its interface {name} has: add it."
        else:
            yield from _field_faults(element, own, interface, promised, types)


def _field_faults(
    element: TypeElement,
    own: FieldElement,
    interface: TypeElement,
    promised: FieldElement,
    types: Mapping[str, TypeElement],
) -> Iterator[str]:
    ours, theirs = f"{element.name}.{own.name}", f"{interface.name}.{own.name}"
    if not _is_subtype(own.type, promised.type, types):
        yield f"{ours} is of type {type_text(own.type)}, but {theirs} promises {type_text(promised.type)}."
    for argument in promised.arguments.values():
        given = own.arguments.get(argument.name)
        if given is None:
            yield f"{ours} lacks the argument {argument.name}, which {theirs} has: add it."
        elif type_text(given.type) != type_text(argument.type):
            wanted = type_text(argument.type)
            yield f"{ours}({argument.name}:) is of type {type_text(given.type)}, but {theirs} has {wanted}."
    for extra in own.arguments.values():
        required = isinstance(extra.type, NonNullTypeNode) and extra.default is None
        if required and extra.name not in promised.arguments:
            yield f"{ours}({extra.name}:) is required, but {theirs} lacks it: make it optional."


def _is_subtype(own: TypeNode, promised: TypeNode, types: Mapping[str, TypeElement]) -> bool:
    """Whether every value of ``own`` is a value of ``promised``."""
    if isinstance(promised, NonNullTypeNode):
        return isinstance(own, NonNullTypeNode) and _is_subtype(own.type, promised.type, types)
    if isinstance(own, NonNullTypeNode):
        return _is_subtype(own.type, promised, types)
    if isinstance(promised, ListTypeNode):
        return isinstance(own, ListTypeNode) and _is_subtype(own.type, promised.type, types)
    if not isinstance(own, NamedTypeNode) or not isinstance(promised, NamedTypeNode):
        return False
    name, wanted = own.name.value, promised.name.value
    if name == wanted:
        return True
    expected, actual = types.get(wanted), types.get(name)
    if expected is None or actual is None:
        return False
    return name in expected.members or (expected.kind is TypeKind.INTERFACE and wanted in actual.interfaces)
