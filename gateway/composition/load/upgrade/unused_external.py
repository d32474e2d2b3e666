"""Federation v1 ignored ``@external`` fields that nothing uses; in v2 they would be errors."""

from __future__ import annotations

from graphql import Node

from gateway.ast_text import base_type_name
from gateway.composition.elements import Subgraph, TypeElement
from gateway.composition.errors import TYPE_WITH_ONLY_UNUSED_EXTERNAL
from gateway.composition.field_usage import field_usage, has_federation_use
from gateway.composition.load.upgrade.rewrite import WITH_FIELDS, change_fields, change_types
from gateway.composition.problems import Problems


def remove_unused_external(subgraph: Subgraph, problems: Problems) -> Subgraph:
    """Remove such fields, and types that have no others; report those types if something refers to them."""
    usage = field_usage(subgraph)
    unused = usage.external - usage.used
    if not unused:
        return subgraph

    def change(element: TypeElement) -> TypeElement | None:
        changed = change_fields(element, lambda field: None if (element.name, field.name) in unused else field)
        if changed is element or changed.fields:
            return changed
        if _is_referenced(changed, subgraph):
            message = (
                f"{element.name} has no fields but @external ones that no @key, @provides or @requires uses: "
                f"remove the type, or give it a field of its own."
            )
            nodes: list[Node] = [field.node for field in element.fields.values()]
            problems.report(TYPE_WITH_ONLY_UNUSED_EXTERNAL, message, subgraph.name, *nodes)
        return None

    return change_types(subgraph, change)


def _is_referenced(element: TypeElement, subgraph: Subgraph) -> bool:
    """Whether anything refers to a type; the subgraph's union of entities refers to every type with a key."""
    return has_federation_use(element, "key") or any(
        element.name in other.interfaces
        or element.name in other.members
        or any(
            base_type_name(field.type) == element.name
            for field in (other.fields.values() if other.kind in WITH_FIELDS else ())
        )
        for other in subgraph.types.values()
    )
