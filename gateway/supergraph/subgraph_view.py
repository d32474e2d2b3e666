"""One subgraph's view of the merged types, as the join directives describe it (join v0.2 and later)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeGuard

from gateway.federation import join
from gateway.federation.field_set import parse_field_set
from gateway.selection_set import Field, InlineFragment, Selection, SelectionSet
from gateway.supergraph.composite_types import MergedField, MergedType
from gateway.supergraph.model import (
    ContextArgument,
    EntityKey,
    OverrideCondition,
    SubgraphField,
    SubgraphType,
    TypeKind,
)

_TYPENAME = Field("__typename")
_NAME = re.compile(r"[_A-Za-z][_0-9A-Za-z]*")
_COMPOSITE = {TypeKind.OBJECT, TypeKind.INTERFACE, TypeKind.UNION}


def view(merged: Mapping[str, MergedType], graph: str) -> dict[str, SubgraphType]:
    """All types that ``graph`` defines, by name, with its own fields, keys and possible types."""
    types = {
        name: _own_type(merged_type, graph)
        for name, merged_type in merged.items()
        if any(use.graph == graph for use in merged_type.joins)
    }
    mark_required_leaves(types)
    resolve_key_fields(types, merged)
    tell_required_types(types)
    return with_possible_types(types, {name: _own_members(merged[name], graph, types) for name in types})


def own_keys(joins: tuple[join.JoinType, ...], graph: str) -> tuple[EntityKey, ...]:
    """Keys of a type in ``graph``, in order."""
    return tuple(
        EntityKey(parse_field_set(use.key), use.resolvable)
        for use in joins
        if use.graph == graph and use.key is not None
    )


def own_field(merged_field: MergedField, use: join.JoinField | None) -> SubgraphField:
    """The field as ``use`` describes it; without one it is as in the merged schema."""
    if use is None:
        return SubgraphField(merged_field.name, merged_field.type_text, merged_field.named_type)
    type_text = use.type or merged_field.type_text
    named = _NAME.search(type_text)
    return SubgraphField(
        name=merged_field.name,
        type_text=type_text,
        named_type=named.group() if named else merged_field.named_type,
        external=use.external or (use.used_overridden and use.override_label is None),
        requires=parse_field_set(use.requires) if use.requires else (),
        provides=parse_field_set(use.provides) if use.provides else (),
        override=OverrideCondition(use.override_label, active=use.override is not None) if use.override_label else None,
        context_arguments=tuple(
            ContextArgument(item.name, item.type, item.context, parse_field_set(item.selection))
            for item in use.context_arguments
        ),
    )


def mark_required_leaves(types: dict[str, SubgraphType]) -> None:
    """A leaf that a field of the same type requires is external there, whether or not the supergraph says so.

    Nothing else can be required. Not every composer says it of the fields of interface objects.
    """
    for name, owner in types.items():
        required = {each.name for own in owner.fields.values() for each in own.requires if _is_leaf(each)}
        fields = {key: replace(own, external=True) for key, own in owner.fields.items() if key in required}
        if fields:
            types[name] = replace(owner, fields={**owner.fields, **fields})


def _is_leaf(selection: Selection) -> TypeGuard[Field]:
    return isinstance(selection, Field) and selection.selections is None


def resolve_key_fields(types: dict[str, SubgraphType], merged: Mapping[str, MergedType]) -> None:
    """Whoever returns an entity knows its key: neither is it external, nor can it be missing."""
    for owner in list(types.values()):
        for key in owner.keys:
            _resolve_fields(types, owner.name, key.fields, merged)


def tell_required_types(types: dict[str, SubgraphType]) -> None:
    """Where what a field requires leads to an interface or a union, require the type name of what is there, too.

    The subgraph gets these objects in representations, and could not tell their types otherwise.
    """
    for name, owner in types.items():
        fields = {
            own.name: replace(own, requires=_with_type_names(types, name, own.requires))
            for own in owner.fields.values()
            if own.requires
        }
        if fields:
            types[name] = replace(owner, fields={**owner.fields, **fields})


def with_possible_types(
    types: Mapping[str, SubgraphType], members: Mapping[str, tuple[str, ...]]
) -> dict[str, SubgraphType]:
    """The types with ``possible_types`` filled: from ``members`` for unions, from implementations for interfaces."""
    implementations: dict[str, list[str]] = {}
    for own in types.values():
        if own.kind is TypeKind.OBJECT:
            for interface in own.interfaces:
                implementations.setdefault(interface, []).append(own.name)
    possible: dict[str, tuple[str, ...]] = {}
    for name, own in types.items():
        match own.kind:
            case TypeKind.OBJECT:
                possible[name] = (name,)
            case TypeKind.INTERFACE:
                possible[name] = tuple(sorted(implementations.get(name, ())))
            case TypeKind.UNION:
                possible[name] = tuple(sorted(members.get(name, ())))
            case _:
                possible[name] = ()
    return {name: replace(own, possible_types=possible[name]) for name, own in types.items()}


def _own_type(merged_type: MergedType, graph: str) -> SubgraphType:
    is_interface_object = any(use.graph == graph and use.is_interface_object for use in merged_type.joins)
    implements = tuple(use.interface for use in merged_type.implements if use.graph == graph)
    return SubgraphType(
        name=merged_type.name,
        kind=TypeKind.OBJECT if is_interface_object else merged_type.kind,
        keys=own_keys(merged_type.joins, graph),
        fields={
            own.name: own for merged_field in merged_type.fields if (own := _field_in(merged_field, graph)) is not None
        },
        interfaces=implements,
        is_interface_object=is_interface_object,
    )


def _field_in(merged_field: MergedField, graph: str) -> SubgraphField | None:
    if not merged_field.joins:
        return own_field(merged_field, None)
    return next((own_field(merged_field, use) for use in merged_field.joins if use.graph == graph), None)


def _own_members(merged_type: MergedType, graph: str, types: Mapping[str, SubgraphType]) -> tuple[str, ...]:
    if merged_type.kind is not TypeKind.UNION:
        return ()
    if merged_type.union_members:
        return tuple(use.member for use in merged_type.union_members if use.graph == graph)
    return tuple(member for member in merged_type.members if member in types)


def _resolve_fields(
    types: dict[str, SubgraphType], owner_name: str, fields: SelectionSet, merged: Mapping[str, MergedType]
) -> None:
    for selection in fields:
        owner = types.get(owner_name)
        if owner is None or owner.kind not in _COMPOSITE or not isinstance(selection, Field):
            return
        own = owner.fields.get(selection.name) or _in_no_subgraph(merged[owner_name], selection.name)
        if own is None:
            continue
        if own.external or own.name not in owner.fields:
            resolved = {**owner.fields, own.name: replace(own, external=False)}
            types[owner_name] = replace(owner, fields=resolved)
        if selection.selections:
            _resolve_fields(types, own.named_type, selection.selections, merged)


def _in_no_subgraph(merged_type: MergedType, name: str) -> SubgraphField | None:
    """A field as the merged schema has it, where the supergraph does not say that the subgraph has it at all."""
    return next((own_field(each, None) for each in merged_type.fields if each.name == name), None)


def _with_type_names(types: Mapping[str, SubgraphType], owner: str, selections: SelectionSet) -> SelectionSet:
    found: list[Selection] = []
    for selection in selections:
        if isinstance(selection, InlineFragment):
            inside = _with_type_names(types, selection.type_condition or owner, selection.selections)
            found.append(replace(selection, selections=inside))
            continue
        below = selection.selections
        own = types[owner].fields.get(selection.name) if owner in types else None
        if below is not None and own is not None:
            below = _with_type_names(types, own.named_type, below)
            told = any(isinstance(each, Field) and each.response_key == _TYPENAME.name for each in below)
            if own.named_type in types and types[own.named_type].is_abstract and not told:
                below = (_TYPENAME, *below)
        found.append(replace(selection, selections=below))
    return tuple(found)
