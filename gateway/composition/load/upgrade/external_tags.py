"""Federation v1 wanted ``@tag`` repeated on ``@external`` fields; v2 forbids it there."""

from __future__ import annotations

from dataclasses import replace

from gateway.ast_text import value_text
from gateway.composition.elements import DirectiveUse, FieldElement, Subgraph, TypeElement
from gateway.composition.field_usage import has_federation_use
from gateway.composition.load.upgrade.others import Others
from gateway.composition.load.upgrade.rewrite import change_fields, change_types, is_use


def remove_tags_on_external(subgraph: Subgraph, others: Others) -> Subgraph:
    """Remove a tag from an ``@external`` field where another subgraph has it on the field that it resolves."""

    def change(element: TypeElement) -> TypeElement:
        return change_fields(element, lambda field: _untag(field, element.name, subgraph.name, others))

    return change_types(subgraph, change)


def _untag(field: FieldElement, owner: str, subgraph: str, others: Others) -> FieldElement:
    if not has_federation_use(field, "external") or not has_federation_use(field, "tag"):
        return field
    elsewhere = {
        _tag(use)
        for _, element in others.with_type(owner, besides=subgraph)
        if field.name in element.fields and not has_federation_use(element.fields[field.name], "external")
        for use in element.fields[field.name].directives
        if is_use(use, "tag")
    }
    kept = tuple(use for use in field.directives if not (is_use(use, "tag") and _tag(use) in elsewhere))
    return replace(field, directives=kept)


def _tag(use: DirectiveUse) -> str:
    name = use.arguments.get("name")
    return value_text(name) if name is not None else ""
