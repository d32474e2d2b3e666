"""Takes out of an operation what its caller may not read, before it is planned.

What the planner adds afterwards (keys, ``@requires``) is not the caller's and needs no permission.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from graphql import GraphQLNamedType, GraphQLSchema, get_named_type, is_abstract_type

from gateway.authorization.caller import Caller
from gateway.authorization.requirements import NO_REQUIREMENT, Requirement, Requirements
from gateway.operation.normalized import NormalizedOperation
from gateway.selection_set import Field, InlineFragment, Selection, SelectionSet

Coordinate: TypeAlias = tuple[str, str]

_TYPENAME_ONLY: SelectionSet = (Field("__typename"),)


@dataclass(frozen=True, slots=True)
class GuardedFields:
    """The fields of an operation that need permission; empty for most operations."""

    requirements: Mapping[Coordinate, Requirement]

    def denied_to(self, caller: Caller) -> frozenset[Coordinate]:
        """Those that ``caller`` may not read."""
        return frozenset(key for key, requirement in self.requirements.items() if not requirement.is_met_by(caller))


def find_guarded_fields(
    operation: NormalizedOperation, root_type: str, schema: GraphQLSchema, requirements: Requirements
) -> GuardedFields:
    """Look up every field of the operation.

    A field selected on an interface is guarded, for each object type, by what the interface and the type ask.
    """
    found: dict[Coordinate, Requirement] = {}
    for parent, field_name in dict.fromkeys(_coordinates(operation.selections, root_type, schema)):
        asked = requirements.of_field(parent, field_name)
        found[parent, field_name] = found.get((parent, field_name), NO_REQUIREMENT) | asked
        for type_name in _object_types(schema, parent):
            own = requirements.of_field(type_name, field_name)
            found[type_name, field_name] = found.get((type_name, field_name), NO_REQUIREMENT) | own | asked
    return GuardedFields({coordinate: requirement for coordinate, requirement in found.items() if requirement})


def without_denied(
    operation: NormalizedOperation, root_type: str, schema: GraphQLSchema, denied: frozenset[Coordinate]
) -> NormalizedOperation:
    """The operation that is left to plan. An object of which nothing is left is still asked for its type."""
    return replace(operation, selections=_Filter(schema, denied).selection_set(operation.selections, root_type))


def _coordinates(selections: SelectionSet, parent: str, schema: GraphQLSchema) -> Iterator[Coordinate]:
    for selection in selections:
        match selection:
            case Field():
                yield parent, selection.name
                if selection.selections is not None and (returned := _returned_type(schema, parent, selection.name)):
                    yield from _coordinates(selection.selections, returned, schema)
            case InlineFragment():
                yield from _coordinates(selection.selections, selection.type_condition or parent, schema)


@dataclass(frozen=True, slots=True)
class _Filter:
    schema: GraphQLSchema
    denied: frozenset[Coordinate]

    def selection_set(self, selections: SelectionSet, parent: str) -> SelectionSet:
        return tuple(kept for selection in selections for kept in self._selection(selection, parent))

    def _selection(self, selection: Selection, parent: str) -> Iterator[Selection]:
        match selection:
            case Field():
                yield from self._field(selection, parent)
            case InlineFragment():
                inner = self.selection_set(selection.selections, selection.type_condition or parent)
                if inner:
                    yield replace(selection, selections=inner)

    def _field(self, field: Field, parent: str) -> Iterator[Selection]:
        kept = self._without_denied_inside(field, parent)
        object_types = _object_types(self.schema, parent)
        readable = [name for name in object_types if (name, field.name) not in self.denied]
        if len(readable) == len(object_types) and (parent, field.name) not in self.denied:
            yield kept
        else:
            # Some object types of an interface guard the field: it is asked of the others alone.
            for type_name in readable:
                yield InlineFragment(type_name, (kept,))

    def _without_denied_inside(self, field: Field, parent: str) -> Field:
        returned = _returned_type(self.schema, parent, field.name)
        if field.selections is None or returned is None:
            return field
        inner = self.selection_set(field.selections, returned)
        return replace(field, selections=inner or _TYPENAME_ONLY)


def _object_types(schema: GraphQLSchema, type_name: str) -> list[str]:
    """The object types of an abstract type; none for an object type, which stands for itself."""
    named = schema.type_map.get(type_name)
    if named is None or not is_abstract_type(named):
        return []
    return [each.name for each in schema.get_possible_types(named)]


def _returned_type(schema: GraphQLSchema, parent: str, field_name: str) -> str | None:
    named: GraphQLNamedType | None = schema.type_map.get(parent)
    fields = getattr(named, "fields", {}) if named is not None else {}
    return get_named_type(fields[field_name].type).name if field_name in fields else None
