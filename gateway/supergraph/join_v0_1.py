"""One subgraph's view of the merged types in a supergraph of join v0.1 (https://specs.apollo.dev/join/v0.1).

That version records less: an entity has an owner, to whom all fields without ``@join__field`` belong; which subgraphs
define a type without keys is not said, nor who implements an interface. Such a type is taken to be wherever a field
can return it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gateway.federation import join
from gateway.selection_set import Field, InlineFragment, SelectionSet
from gateway.supergraph.composite_types import MergedField, MergedType
from gateway.supergraph.model import SubgraphField, SubgraphType, TypeKind
from gateway.supergraph.subgraph_view import own_field, own_keys, with_possible_types


def view(merged: Mapping[str, MergedType], graph: str, root_types: frozenset[str]) -> dict[str, SubgraphType]:
    """All types that ``graph`` defines or may define, by name."""
    types = {
        name: own
        for name, merged_type in merged.items()
        if (own := _own_type(merged_type, graph, root_types)) is not None
    }
    _add_named_fields(types, merged)
    reachable = _reachable(types, merged, root_types)
    kept = {
        name: replace(own, interfaces=tuple(item for item in own.interfaces if item in reachable))
        for name, own in types.items()
        if name in reachable
    }
    members = {name: tuple(member for member in merged[name].members if member in kept) for name in kept}
    return with_possible_types(kept, members)


def _own_type(merged_type: MergedType, graph: str, root_types: frozenset[str]) -> SubgraphType | None:
    is_entity = merged_type.owner is not None
    if is_entity and not any(use.graph == graph for use in merged_type.joins):
        return None
    default_graph = merged_type.owner if is_entity else graph
    return SubgraphType(
        name=merged_type.name,
        kind=merged_type.kind,
        keys=own_keys(merged_type.joins, graph),
        fields={
            merged_field.name: own_field(merged_field, use)
            for merged_field in merged_type.fields
            for use in _uses_in(merged_field, graph, default_graph)
        },
        interfaces=() if merged_type.name in root_types else merged_type.interfaces,
    )


def _uses_in(merged_field: MergedField, graph: str, default_graph: str | None) -> list[join.JoinField | None]:
    """The use for ``graph``, if the field is there (None stands for a field without a use of its own)."""
    placed = [use for use in merged_field.joins if use.graph is not None]
    if placed:
        return [use for use in placed if use.graph == graph]
    return [merged_field.joins[0] if merged_field.joins else None] if graph == default_graph else []


def _add_named_fields(types: dict[str, SubgraphType], merged: Mapping[str, MergedType]) -> None:
    """Add what keys and provides name but the directives leave unsaid: key fields resolve, provided ones do not."""
    for owner in list(types.values()):
        for key in owner.keys:
            _add(types, merged, owner.name, key.fields, external=False)
        for own in owner.fields.values():
            _add(types, merged, own.named_type, own.provides, external=True)


def _add(
    types: dict[str, SubgraphType],
    merged: Mapping[str, MergedType],
    owner_name: str,
    selections: SelectionSet,
    *,
    external: bool,
) -> None:
    owner = types.get(owner_name)
    if owner is None:
        return
    known = {item.name: item for item in merged[owner_name].fields}
    for selection in selections:
        match selection:
            case InlineFragment():
                _add(types, merged, selection.type_condition or owner_name, selection.selections, external=external)
            case Field() if selection.name in known:
                merged_field = known[selection.name]
                if selection.name not in types[owner_name].fields:
                    own = SubgraphField(
                        merged_field.name, merged_field.type_text, merged_field.named_type, external=external
                    )
                    fields = {**types[owner_name].fields, own.name: own}
                    types[owner_name] = replace(types[owner_name], fields=fields)
                _add(types, merged, merged_field.named_type, selection.selections or (), external=external)


def _reachable(
    types: Mapping[str, SubgraphType], merged: Mapping[str, MergedType], root_types: frozenset[str]
) -> set[str]:
    """Types that a root field or an entity of the subgraph can lead to, and all leaf and input types."""
    implementations: dict[str, list[str]] = {}
    for name, own in types.items():
        for interface in own.interfaces:
            implementations.setdefault(interface, []).append(name)
    composite = {TypeKind.OBJECT, TypeKind.INTERFACE, TypeKind.UNION}
    reached: set[str] = set()
    waiting = [name for name, own in types.items() if own.keys or name in root_types or own.kind not in composite]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in types:
            continue
        reached.add(name)
        waiting += [own.named_type for own in types[name].fields.values()]
        waiting += implementations.get(name, ())
        waiting += merged[name].members
    return reached
