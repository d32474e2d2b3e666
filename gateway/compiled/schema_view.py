"""What compilation asks of a schema: fields collected for one runtime type, and how a type decodes.

A ``ValueType`` is a GraphQL output type with lists and nullability unfolded: the generated code's view of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from graphql import (
    GraphQLEnumType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    is_abstract_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

from gateway.compiled.refusal import NotCompilable
from gateway.selection_set import Condition, Field, InlineFragment, SelectionSet

TYPENAME: Final = "__typename"

# What decodes without an error is what the general path's coercion leaves as it is; everything else goes there.
_SCALARS: Final = {
    "Int": "Int32",
    "Float": "int | float",
    "String": "str",
    "ID": "str",
    "Boolean": "bool",
}
_ANY_BUT_NULL: Final = "bool | int | float | str | list[Any] | dict[str, Any]"
HASHABLE_LEAVES: Final = frozenset(_SCALARS)


@dataclass(frozen=True, slots=True)
class ValueType:
    """``item`` is set for lists; otherwise ``named`` is the leaf or composite type."""

    nullable: bool
    named: str = ""
    item: ValueType | None = None

    @property
    def innermost(self) -> ValueType:
        """The type inside all lists."""
        return self if self.item is None else self.item.innermost


class SchemaView:
    """``visible`` is the schema that clients see; ``merged`` holds the hidden elements too."""

    def __init__(self, visible: GraphQLSchema, merged: GraphQLSchema) -> None:
        self._visible = visible
        self._merged = merged
        self._possible: dict[str, frozenset[str]] = {}

    def is_leaf(self, name: str) -> bool:
        """Whether ``name`` is a scalar or an enum."""
        return is_leaf_type(self._merged.type_map[name])

    def is_enum(self, name: str) -> bool:
        """Whether ``name`` is an enum."""
        return isinstance(self._merged.type_map[name], GraphQLEnumType)

    def is_abstract(self, name: str) -> bool:
        """Whether ``name`` is an interface or a union."""
        return is_abstract_type(self._merged.type_map[name])

    def possible_types(self, name: str) -> tuple[str, ...]:
        """The object types that clients may see behind ``name``, sorted."""
        named = self._visible.type_map.get(name)
        if named is None or not is_abstract_type(named):
            return (name,)
        return tuple(sorted(each.name for each in self._visible.get_possible_types(named)))

    def field_type(self, parent: str, name: str, *, visible: bool) -> ValueType:
        """The type of ``parent.name``: as clients see it, or as the merged schema has it."""
        schema = self._visible if visible else self._merged
        type_ = schema.type_map.get(parent)
        if not isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType)) or name not in type_.fields:
            raise NotCompilable(f"{parent}.{name} is not in the schema")
        return _value_type(type_.fields[name].type)

    def leaf_annotation(self, name: str, *, visible: bool) -> str:
        """How a non-null leaf decodes."""
        leaf = (self._visible if visible else self._merged).type_map[name]
        if isinstance(leaf, GraphQLEnumType):
            return f"Literal[{', '.join(repr(value) for value in sorted(leaf.values))}]"
        return _SCALARS.get(name, _ANY_BUT_NULL)

    def collect(
        self, type_name: str, selections: Iterable[SelectionSet], conditions: Mapping[str, bool]
    ) -> dict[str, list[Field]]:
        """CollectFields (GraphQL specification, section 6.3.2) for objects of the type ``type_name``."""
        collected: dict[str, list[Field]] = {}
        self._collect(type_name, selections, conditions, collected)
        return collected

    def _collect(
        self,
        type_name: str,
        selections: Iterable[SelectionSet],
        conditions: Mapping[str, bool],
        into: dict[str, list[Field]],
    ) -> None:
        for selection in (each for selection_set in selections for each in selection_set):
            if not holds(selection.conditions, conditions):
                continue
            match selection:
                case Field():
                    into.setdefault(selection.response_key, []).append(selection)
                case InlineFragment():
                    if self.takes(selection.type_condition, type_name):
                        self._collect(type_name, (selection.selections,), conditions, into)

    def takes(self, condition: str | None, type_name: str) -> bool:
        """Whether ``... on condition`` takes objects of the type ``type_name``."""
        if condition is None or condition == type_name:
            return True
        known = self._possible.get(condition)
        if known is None:
            named = self._merged.type_map.get(condition)
            types = self._merged.get_possible_types(named) if named is not None and is_abstract_type(named) else ()
            known = self._possible[condition] = frozenset(each.name for each in types)
        return type_name in known


def holds(conditions: Iterable[Condition], values: Mapping[str, bool]) -> bool:
    """Whether a selection with these ``@skip``/``@include`` conditions is taken."""
    return all(values.get(each.variable, False) is each.expected for each in conditions)


def depends_on_type(selections: Iterable[SelectionSet], type_name: str) -> bool:
    """Whether objects of different types would answer these selections with different fields."""
    for selection in (each for selection_set in selections for each in selection_set):
        match selection:
            case Field(name=name):
                if name == TYPENAME:
                    return True
            case InlineFragment(type_condition=condition, selections=inner):
                if condition not in {None, type_name} or depends_on_type((inner,), type_name):
                    return True
    return False


def _value_type(type_: Any) -> ValueType:
    nullable = not is_non_null_type(type_)
    inner = type_ if nullable else type_.of_type
    if is_list_type(inner):
        return ValueType(nullable, item=_value_type(inner.of_type))
    return ValueType(nullable, named=inner.name)
