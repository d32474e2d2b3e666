"""The supergraph as clients walk it: types, the objects that abstract ones can be, and fields not hidden from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gateway.ast_text import base_type_name
from gateway.composition.merged_elements import MergedField, MergedInput, MergedSchema, MergedType
from gateway.supergraph.model import TypeKind

_COMPOSITE = (TypeKind.OBJECT, TypeKind.INTERFACE, TypeKind.UNION)


@dataclass(frozen=True, slots=True)
class VisibleTypes:
    """``possible`` are the visible object types of each visible composite type, in the order of the supergraph."""

    types: Mapping[str, MergedType]
    possible: Mapping[str, tuple[str, ...]]
    contexts: Mapping[str, tuple[str, ...]]
    hidden_by: str | None

    def fields(self, type_name: str) -> Iterator[MergedField]:
        """Fields that clients see."""
        return (item for item in self.types[type_name].fields.values() if not _hides(item, self.hidden_by))

    def is_leaf(self, item: MergedField) -> bool:
        """Whether the field has no fields of its own."""
        return base_type_name(item.type) not in self.possible


def visible_types(schema: MergedSchema) -> VisibleTypes:
    """Find what ``@inaccessible`` leaves; ``contexts`` are those set on each object type, with its interfaces' ones."""
    name = schema.carried.get("inaccessible")
    shown = {
        merged.name: merged
        for merged in schema.types.values()
        if merged.kind in _COMPOSITE and not _hides(merged, name)
    }
    possible: dict[str, list[str]] = {type_name: [] for type_name in shown}
    owners: dict[str, set[str]] = {}
    for merged in shown.values():
        if merged.kind is TypeKind.OBJECT:
            for abstract in (merged.name, *merged.interfaces):
                if abstract in possible:
                    possible[abstract].append(merged.name)
                owners.setdefault(merged.name, set()).add(abstract)
        for member in merged.members:
            if member in shown:
                possible[merged.name].append(member)
            owners.setdefault(member, set()).add(merged.name)
    set_by = _contexts_by_type(schema)
    return VisibleTypes(
        shown,
        {type_name: tuple(found) for type_name, found in possible.items()},
        {
            type_name: tuple(sorted(context for owner in found for context in set_by.get(owner, ())))
            for type_name, found in owners.items()
        }
        if set_by
        else {},
        name,
    )


def _hides(element: MergedType | MergedField | MergedInput, name: str | None) -> bool:
    return name is not None and any(use.name == name for use in element.directives)


def _contexts_by_type(schema: MergedSchema) -> dict[str, list[str]]:
    name = schema.carried.get("context")
    found: dict[str, list[str]] = {}
    if name is not None:
        for merged in schema.types.values():
            for use in merged.directives:
                if use.name == name:
                    found.setdefault(merged.name, []).append(str(getattr(dict(use.arguments)["name"], "value", "")))
    return found
