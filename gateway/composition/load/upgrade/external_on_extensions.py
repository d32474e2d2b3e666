"""Federation v1 made the key fields of extensions ``@external``, which never said that the subgraph lacks them."""

from __future__ import annotations

from gateway.composition.elements import FieldElement, Subgraph, TypeElement
from gateway.composition.field_usage import FieldCoordinate, federation_uses, field_set_of, selected_fields
from gateway.composition.load.upgrade.others import Others
from gateway.composition.load.upgrade.rewrite import change_fields, change_types, with_uses, without
from gateway.supergraph.model import TypeKind


def remove_external_on_extensions(subgraph: Subgraph, others: Others) -> Subgraph:
    """Remove ``@external`` from fields of extended types that are key fields.

    An extension without keys of its own goes by the first key that each other subgraph gives the type.
    """
    key_fields: set[FieldCoordinate] = set()
    for element in subgraph.types.values():
        if element.kind in (TypeKind.OBJECT, TypeKind.INTERFACE) and not element.has_definition:
            key_fields.update(_key_fields(subgraph, element, others))
    if not key_fields:
        return subgraph

    def change(element: TypeElement) -> TypeElement:
        return change_fields(element, lambda field: _bare(field, is_key_field=(element.name, field.name) in key_fields))

    return change_types(subgraph, change)


def _bare(field: FieldElement, *, is_key_field: bool) -> FieldElement:
    return with_uses(field, without(field.directives, "external")) if is_key_field else field


def _key_fields(subgraph: Subgraph, element: TypeElement, others: Others) -> set[FieldCoordinate]:
    found: set[FieldCoordinate] = set()
    own_keys = federation_uses(element, "key")
    for key in own_keys:
        found |= selected_fields(subgraph.types, element.name, field_set_of(key))
    if own_keys:
        return found
    for other, theirs in others.with_type(element.name, besides=subgraph.name):
        for key in federation_uses(theirs, "key")[:1]:
            selected = selected_fields(other.types, element.name, field_set_of(key))
            found |= {coordinate for coordinate in selected if coordinate[0] == element.name}
    return found
