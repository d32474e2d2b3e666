"""A visible type has a visible field, member or value."""

from __future__ import annotations

from collections.abc import Iterable

from gateway.composition.errors import ONLY_INACCESSIBLE_CHILDREN
from gateway.composition.merged_elements import MergedEnumValue, MergedField, MergedInput, MergedType
from gateway.composition.rules.merged.inaccessible.hidden import Hidden
from gateway.supergraph.model import TypeKind


def check_only_children(hidden: Hidden) -> None:
    """Report visible types of which nothing else is visible."""
    for merged in hidden.schema.types.values():
        if merged.kind is TypeKind.SCALAR or hidden.hides(merged):
            continue
        what, children = _children(merged, hidden)
        if all(hidden.hides(child) for child in children):
            message = (
                f'Type "{merged.name}" is visible to clients, but all of its {what} are @inaccessible: '
                "hide the type itself, or leave one visible."
            )
            hidden.error(ONLY_INACCESSIBLE_CHILDREN, message, merged.name)


def _children(
    merged: MergedType, hidden: Hidden
) -> tuple[str, Iterable[MergedType | MergedField | MergedInput | MergedEnumValue]]:
    if merged.kind is TypeKind.UNION:
        return "members", [hidden.schema.types[member] for member in merged.members]
    if merged.kind is TypeKind.ENUM:
        return "values", merged.values.values()
    if merged.kind is TypeKind.INPUT:
        return "input fields", merged.input_fields.values()
    return "fields", merged.fields.values()
