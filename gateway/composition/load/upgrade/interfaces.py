"""Directives that federation v1 ignored on interfaces and on whole types."""

from __future__ import annotations

from dataclasses import replace

from gateway.composition.elements import FieldElement, Subgraph, TypeElement
from gateway.composition.load.upgrade.others import Others
from gateway.composition.load.upgrade.rewrite import change_fields, change_types, with_uses, without
from gateway.supergraph.model import TypeKind


def remove_external_on_types(subgraph: Subgraph, _others: Others) -> Subgraph:
    """Remove ``@external`` from object types and from fields of interfaces."""

    def change(element: TypeElement) -> TypeElement:
        if element.kind is TypeKind.INTERFACE:
            return change_fields(element, lambda field: _bare(field, "external"))
        return _bare_type(element, "external") if element.kind is TypeKind.OBJECT else element

    return change_types(subgraph, change)


def remove_directives_on_interfaces(subgraph: Subgraph, _others: Others) -> Subgraph:
    """Remove ``@key`` from interfaces, and ``@provides`` and ``@requires`` from their fields."""

    def change(element: TypeElement) -> TypeElement:
        if element.kind is not TypeKind.INTERFACE:
            return element
        return change_fields(_bare_type(element, "key"), lambda field: _bare(field, "provides", "requires"))

    return change_types(subgraph, change)


def _bare(field: FieldElement, *names: str) -> FieldElement:
    return with_uses(field, without(field.directives, *names))


def _bare_type(element: TypeElement, *names: str) -> TypeElement:
    kept = without(element.directives, *names)
    return element if kept is element.directives else replace(element, directives=kept)
