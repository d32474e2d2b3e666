"""Federation v1 let value types and fields be shared without a word; v2 wants ``@shareable``."""

from __future__ import annotations

from dataclasses import replace

from gateway.composition.elements import FieldElement, Subgraph, TypeElement
from gateway.composition.field_usage import FieldUsage, has_federation_use
from gateway.composition.load.upgrade.others import Others
from gateway.composition.load.upgrade.rewrite import ROOT_TYPES, change_fields, change_types, implied
from gateway.supergraph.model import TypeKind


def add_shareable(subgraph: Subgraph, original: Subgraph, others: Others) -> Subgraph:
    """Mark value types that other subgraphs have too, and fields of entities and roots that others resolve too.

    Key fields need no mark; which fields are keys is read off the ``original``, whose interfaces still have theirs.
    """
    usage = others.usage[original.name]

    def change(element: TypeElement) -> TypeElement:
        if element.kind is not TypeKind.OBJECT or element.name == "Subscription":
            return element
        if element.name in ROOT_TYPES or has_federation_use(element, "key"):
            return change_fields(element, lambda field: _shared(field, element.name, subgraph.name, usage, others))
        shared = any(other.kind is TypeKind.OBJECT for _, other in others.with_type(element.name, subgraph.name))
        if not shared or has_federation_use(element, "shareable"):
            return element
        return replace(element, directives=(*element.directives, implied("shareable")))

    return change_types(subgraph, change)


def _shared(field: FieldElement, owner: str, subgraph: str, usage: FieldUsage, others: Others) -> FieldElement:
    if (owner, field.name) in usage.shareable or has_federation_use(field, "shareable"):
        return field
    if not others.resolve_field(owner, field.name, besides=subgraph):
        return field
    return replace(field, directives=(*field.directives, implied("shareable")))
