"""What two schemas have in common: pairs of the same thing before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias, TypeVar

from graphql import GraphQLInterfaceType, GraphQLNamedType, GraphQLObjectType, GraphQLSchema

T = TypeVar("T")
TypeT = TypeVar("TypeT", bound=GraphQLNamedType)

Composite: TypeAlias = GraphQLObjectType | GraphQLInterfaceType
COMPOSITE: Final[tuple[type[Composite], ...]] = (GraphQLObjectType, GraphQLInterfaceType)
"""The kinds of type that have output fields and implement interfaces."""


def common_types(
    before: GraphQLSchema, after: GraphQLSchema, kind: type[TypeT] | tuple[type[TypeT], ...]
) -> Iterator[tuple[TypeT, TypeT]]:
    """Types of one kind that both schemas have."""
    for name, old in own_types(before).items():
        new = after.type_map.get(name)
        if isinstance(old, kind) and isinstance(new, kind):
            yield old, new


def new_types(
    before: GraphQLSchema, after: GraphQLSchema, kind: type[TypeT] | tuple[type[TypeT], ...]
) -> Iterator[TypeT]:
    """Types of one kind that came, or came to be of that kind."""
    for name, new in own_types(after).items():
        if isinstance(new, kind) and not isinstance(before.type_map.get(name), kind):
            yield new


def own_types(schema: GraphQLSchema) -> Mapping[str, GraphQLNamedType]:
    """The types that the schema defines; introspection's are the language's."""
    return {name: kind for name, kind in schema.type_map.items() if not name.startswith("__")}


def common(before: Mapping[str, T], after: Mapping[str, T]) -> Iterator[tuple[str, T, T]]:
    """(name, old, new) for the names that both have."""
    for name, old in before.items():
        if name in after:
            yield name, old, after[name]


def gone(before: Mapping[str, T], after: Mapping[str, T]) -> Iterator[tuple[str, T]]:
    """What only the first has."""
    return ((name, old) for name, old in before.items() if name not in after)


def come(before: Mapping[str, T], after: Mapping[str, T]) -> Iterator[tuple[str, T]]:
    """What only the second has."""
    return ((name, new) for name, new in after.items() if name not in before)
