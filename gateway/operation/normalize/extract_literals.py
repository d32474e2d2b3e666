"""Extracting: literals of arguments become variables, so that operations that differ in them share one plan.

``product(id: "1")`` and ``product(id: "2")`` are planned and compiled once. Values of custom scalars stay where they
are: as JSON they may be read in another way than as a literal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_enum_type,
    is_input_object_type,
    is_specified_scalar_type,
    parse_const_value,
)
from graphql.utilities import value_from_ast_untyped

from gateway.operation.normalized import NormalizedOperation
from gateway.query_plan import VariableDefinition
from gateway.selection_set import Argument, Field, Selection, SelectionSet

PREFIX = "literal"


@dataclass(frozen=True, slots=True)
class ExtractedOperation:
    """``operation`` takes ``literals`` as variables, beside those of the client."""

    operation: NormalizedOperation
    literals: Mapping[str, Any]


def extract_literals(
    operation: NormalizedOperation, root_type: str, schema: GraphQLSchema, defined: Iterable[str] = ()
) -> ExtractedOperation:
    """Equal literals of equal types become one variable, numbered as they occur.

    ``defined`` are the document's variables, also those of which normalization left nothing.
    """
    extraction = _Extraction(schema, frozenset((*defined, *(each.name for each in operation.variables))))
    selections = extraction.selection_set(operation.selections, root_type)
    if not extraction.values:
        return ExtractedOperation(operation, {})
    variables = (*operation.variables, *extraction.definitions.values())
    return ExtractedOperation(replace(operation, selections=selections, variables=variables), extraction.values)


@dataclass(slots=True)
class _Extraction:
    schema: GraphQLSchema
    taken: frozenset[str]
    definitions: dict[tuple[str, str], VariableDefinition] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def selection_set(self, selections: SelectionSet, parent: str) -> SelectionSet:
        return tuple(self._selection(selection, parent) for selection in selections)

    def _selection(self, selection: Selection, parent: str) -> Selection:
        if not isinstance(selection, Field):
            inside = selection.type_condition or parent
            return replace(selection, selections=self.selection_set(selection.selections, inside))
        named = self.schema.type_map.get(parent)
        if not isinstance(named, (GraphQLObjectType, GraphQLInterfaceType)) or selection.name not in named.fields:
            # A meta field: introspection is answered from the document as it was written.
            return selection
        definition = named.fields[selection.name]
        arguments = tuple(self._argument(each, definition.args[each.name]) for each in selection.arguments)
        below = selection.selections
        if below is not None:
            below = self.selection_set(below, get_named_type(definition.type).name)
        return replace(selection, arguments=arguments, selections=below)

    def _argument(self, argument: Argument, definition: GraphQLArgument) -> Argument:
        if argument.variables or not _is_plain(definition.type, set()):
            return argument
        key = (str(definition.type), argument.value)
        known = self.definitions.get(key)
        if known is None:
            known = self.definitions[key] = VariableDefinition(self._free_name(), str(definition.type))
            self.values[known.name] = value_from_ast_untyped(parse_const_value(argument.value))
        return Argument(argument.name, f"${known.name}", (known.name,))

    def _free_name(self) -> str:
        number = len(self.values)
        while f"{PREFIX}_{number}" in self.taken or f"{PREFIX}_{number}" in self.values:
            number += 1
        return f"{PREFIX}_{number}"


def _is_plain(type_: GraphQLInputType, open_types: set[str]) -> bool:
    """Whether values of the type mean the same as a literal and as JSON."""
    named = get_named_type(type_)
    if is_specified_scalar_type(named) or is_enum_type(named):
        return True
    if not is_input_object_type(named):
        return False
    if named.name in open_types:
        return True
    open_types.add(named.name)
    return all(_is_plain(each.type, open_types) for each in named.fields.values())
