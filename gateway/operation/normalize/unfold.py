"""Unfolding: inline fragments that say nothing are replaced by what is in them, impossible ones left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_abstract_type,
    is_composite_type,
)

from gateway.selection_set import InlineFragment, Selection, SelectionSet


def unfold(selections: SelectionSet, parent: GraphQLNamedType | None, schema: GraphQLSchema) -> SelectionSet:
    """The selections on ``parent`` without needless fragments; the order of fields stays, one object stays one."""
    return _Unfolding(schema).selections(selections, parent)


class _Unfolding:
    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._known: dict[tuple[int, str], SelectionSet] = {}

    def selections(self, selections: SelectionSet, parent: GraphQLNamedType | None) -> SelectionSet:
        key = (id(selections), parent.name if parent is not None else "")
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = tuple(self._each(selections, parent))
        return found

    def _each(self, selections: SelectionSet, parent: GraphQLNamedType | None) -> Iterator[Selection]:
        schema = self._schema
        for selection in selections:
            if not isinstance(selection, InlineFragment):
                if selection.selections is None:
                    yield selection
                else:
                    below = _field_type(parent, selection.name)
                    yield replace(selection, selections=self.selections(selection.selections, below))
                continue
            narrowed = schema.type_map.get(selection.type_condition) if selection.type_condition else parent
            if parent is not None and narrowed is not None and not _overlap(parent, narrowed, schema):
                continue
            if (
                selection.directives
                or selection.conditions
                or selection.defer
                or not _contains(narrowed, parent, schema)
            ):
                yield replace(selection, selections=self.selections(selection.selections, narrowed))
            else:
                yield from self.selections(selection.selections, parent)


def _field_type(parent: GraphQLNamedType | None, name: str) -> GraphQLNamedType | None:
    """None inside introspection, whose selections stay as they are."""
    if isinstance(parent, (GraphQLObjectType, GraphQLInterfaceType)) and name in parent.fields:
        named: GraphQLNamedType = get_named_type(parent.fields[name].type)
        return named
    return None


def _contains(wide: GraphQLNamedType | None, narrow: GraphQLNamedType | None, schema: GraphQLSchema) -> bool:
    """Whether every object of ``narrow`` is one of ``wide`` by definition, and has its fields."""
    if wide is narrow:
        return True
    if wide is None or narrow is None or not is_abstract_type(wide) or isinstance(wide, GraphQLUnionType):
        return False
    return isinstance(narrow, (GraphQLObjectType, GraphQLInterfaceType)) and schema.is_sub_type(wide, narrow)


def _overlap(one: GraphQLNamedType, other: GraphQLNamedType, schema: GraphQLSchema) -> bool:
    if one is other or not (is_composite_type(one) and is_composite_type(other)):
        return True
    return not _objects(one, schema).isdisjoint(_objects(other, schema))


def _objects(named: GraphQLNamedType, schema: GraphQLSchema) -> set[str]:
    if isinstance(named, (GraphQLInterfaceType, GraphQLUnionType)):
        return {item.name for item in schema.get_possible_types(named)}
    return {named.name}
