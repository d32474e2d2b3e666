"""Builds the shape of an operation's answer from its selections and the schema that the client sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, cast

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLLeafType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)

from gateway.projection.leaves import Coerce, leaf_coercion
from gateway.projection.shape import (
    AbstractShape,
    ConstantShape,
    DeniedShape,
    FieldShape,
    LeafShape,
    ListShape,
    ObjectShape,
    ReadyShape,
    Shape,
)
from gateway.selection_set import Condition, Field, InlineFragment, SelectionSet

Coordinate: TypeAlias = tuple[str, str]

TYPENAME = "__typename"
INTROSPECTION_FIELDS = frozenset({"__schema", "__type"})


@dataclass(slots=True)
class ShapeBuilder:
    """Builds shapes for one state of the conditions. ``denied`` are (type, field) that the caller may not read."""

    schema: GraphQLSchema
    conditions: Mapping[str, bool]
    denied: frozenset[Coordinate] = frozenset()
    _coercions: dict[str, Coerce | None] = field(default_factory=dict)
    _possible: dict[str, frozenset[str]] = field(default_factory=dict)

    def root(self, type_name: str, selections: SelectionSet) -> ObjectShape:
        """The shape of ``data``; it is nullable."""
        return self._object(type_name, (selections,), "data", non_null=False)

    def at(self, type_name: str, selections: SelectionSet) -> Shape:
        """The shape of a part of the answer, for objects of a type; it is nullable."""
        named = self.schema.type_map[type_name]
        if is_object_type(named):
            return self._object(type_name, (selections,), type_name, non_null=False)
        return self._abstract(named, (selections,), type_name, non_null=False)

    def asks(self, selections: SelectionSet, type_name: str | None) -> bool:
        """Whether the selections ask anything of objects of a type; of one that is not known, the conditions decide."""
        return not selections or any(
            self._holds(each.conditions)
            and (
                isinstance(each, Field)
                or None in {type_name, each.type_condition}
                or self._takes(each.type_condition or "", type_name or "")
            )
            for each in selections
        )

    def _object(
        self, type_name: str, selections: tuple[SelectionSet, ...], coordinate: str, *, non_null: bool
    ) -> ObjectShape:
        parent = cast("GraphQLObjectType | GraphQLInterfaceType", self.schema.type_map[type_name])
        fields = tuple(
            FieldShape(key, self._field(parent, occurrences))
            for key, occurrences in self._collect(parent, selections).items()
        )
        return ObjectShape(coordinate, non_null, fields)

    def _collect(
        self, parent: GraphQLNamedType, selections: Iterable[SelectionSet], into: dict[str, list[Field]] | None = None
    ) -> dict[str, list[Field]]:
        """CollectFields (GraphQL specification, section 6.3.2) for objects of the runtime type ``parent``."""
        collected: dict[str, list[Field]] = {} if into is None else into
        for selection in (each for selection_set in selections for each in selection_set):
            if not self._holds(selection.conditions):
                continue
            match selection:
                case Field():
                    collected.setdefault(selection.response_key, []).append(selection)
                case InlineFragment():
                    if selection.type_condition is None or self._takes(selection.type_condition, parent.name):
                        self._collect(parent, (selection.selections,), collected)
        return collected

    def _holds(self, conditions: Iterable[Condition]) -> bool:
        return all(self.conditions.get(each.variable, False) is each.expected for each in conditions)

    def _takes(self, condition: str, type_name: str) -> bool:
        return condition == type_name or type_name in self._possible_types(condition)

    def _possible_types(self, type_name: str) -> frozenset[str]:
        known = self._possible.get(type_name)
        if known is None:
            named = self.schema.type_map.get(type_name)
            types = self.schema.get_possible_types(named) if named is not None and is_abstract_type(named) else ()
            known = self._possible[type_name] = frozenset(each.name for each in types)
        return known

    def _field(self, parent: GraphQLObjectType | GraphQLInterfaceType, occurrences: list[Field]) -> Shape:
        first = occurrences[0]
        if first.name == TYPENAME:
            return ConstantShape(parent.name)
        if first.name in INTROSPECTION_FIELDS and parent is self.schema.query_type:
            return ReadyShape()
        definition: GraphQLField = parent.fields[first.name]
        coordinate = f"{parent.name}.{first.name}"
        if (parent.name, first.name) in self.denied:
            return DeniedShape(coordinate, is_non_null_type(definition.type))
        selections = tuple(each.selections for each in occurrences if each.selections is not None)
        return self._position(definition.type, selections, coordinate)

    def _position(self, type_: GraphQLOutputType, selections: tuple[SelectionSet, ...], coordinate: str) -> Shape:
        non_null = is_non_null_type(type_)
        nullable = type_.of_type if is_non_null_type(type_) else type_
        if is_list_type(nullable):
            return ListShape(coordinate, non_null, self._position(nullable.of_type, selections, coordinate))
        named = cast("GraphQLNamedType", nullable)
        if is_leaf_type(named):
            return LeafShape(coordinate, non_null, self._coercion(named))
        if is_object_type(named):
            return self._object(named.name, selections, coordinate, non_null=non_null)
        return self._abstract(named, selections, coordinate, non_null=non_null)

    def _coercion(self, leaf: GraphQLLeafType) -> Coerce | None:
        if leaf.name not in self._coercions:
            self._coercions[leaf.name] = leaf_coercion(leaf)
        return self._coercions[leaf.name]

    def _abstract(
        self, named: GraphQLNamedType, selections: tuple[SelectionSet, ...], coordinate: str, *, non_null: bool
    ) -> AbstractShape:
        def build(type_name: str) -> ObjectShape:
            return self._object(type_name, selections, coordinate, non_null=non_null)

        untyped = None if self._depends_on_type(selections, named.name) else build(named.name)
        return AbstractShape(coordinate, non_null, named.name, self._possible_types(named.name), build, untyped)

    def _depends_on_type(self, selections: Iterable[SelectionSet], type_name: str) -> bool:
        """Whether objects of different types answer differently to what is taken of the selections."""
        for selection in (each for selection_set in selections for each in selection_set):
            if not self._holds(selection.conditions):
                continue
            match selection:
                case Field():
                    if selection.name == TYPENAME:
                        return True
                case InlineFragment():
                    if selection.type_condition not in {None, type_name}:
                        return True
                    if self._depends_on_type((selection.selections,), type_name):
                        return True
        return False


def condition_variables(selections: SelectionSet) -> Iterator[str]:
    """Names of all variables that ``@skip`` and ``@include`` read, with repetitions."""
    for selection in selections:
        for condition in selection.conditions:
            yield condition.variable
        if selection.selections is not None:
            yield from condition_variables(selection.selections)
