"""Federation v2 knows no owner of a type, so that an extension is as good as a definition."""

from __future__ import annotations

from dataclasses import replace

from gateway.composition.elements import FieldElement, Subgraph, TypeElement
from gateway.composition.load.upgrade.others import Others
from gateway.composition.load.upgrade.rewrite import WITH_FIELDS, change_fields, change_types


def turn_extensions_into_definitions(subgraph: Subgraph, _others: Others) -> Subgraph:
    """Make definitions of object types and interfaces that the subgraph only extends. ``@extends`` stays."""
    return change_types(subgraph, _define)


def _define(element: TypeElement) -> TypeElement:
    if element.kind not in WITH_FIELDS or element.has_definition:
        return element
    uses = tuple(replace(use, on_extension=False) for use in element.directives)
    defined = change_fields(element, _own)
    return replace(defined, has_definition=True, has_extension=False, directives=uses)


def _own(field: FieldElement) -> FieldElement:
    return replace(field, on_extension=False) if field.on_extension else field
