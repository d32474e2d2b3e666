"""Types that come, go or become of another kind; root types."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import GraphQLNamedType, GraphQLSchema

from schema.checks.change import Change, breaking, safe
from schema.checks.rules.pairs import come, common, gone, own_types
from schema.checks.rules.texts import description_changes

_KINDS = {
    "GraphQLScalarType": "a scalar",
    "GraphQLObjectType": "an object type",
    "GraphQLInterfaceType": "an interface",
    "GraphQLUnionType": "a union",
    "GraphQLEnumType": "an enum",
    "GraphQLInputObjectType": "an input object",
}


def find_changes(before: GraphQLSchema, after: GraphQLSchema) -> Iterator[Change]:
    """TYPE_REMOVED, TYPE_ADDED, TYPE_KIND_CHANGED, TYPE_DESCRIPTION_*, SCHEMA_*_TYPE_CHANGED."""
    old_types, new_types = own_types(before), own_types(after)
    for name, _ in gone(old_types, new_types):
        yield breaking("TYPE_REMOVED", name, f"The type {name} was removed.")
    for name, _ in come(old_types, new_types):
        yield safe("TYPE_ADDED", name, f"The type {name} was added.")
    for name, old, new in common(old_types, new_types):
        if type(old) is not type(new):
            yield breaking("TYPE_KIND_CHANGED", name, f"{name} was {_kind(old)} and is {_kind(new)}.")
        yield from description_changes("TYPE", name, old.description, new.description)
    yield from _root_changes(before, after)


def _root_changes(before: GraphQLSchema, after: GraphQLSchema) -> Iterator[Change]:
    roots = (
        ("QUERY", before.query_type, after.query_type),
        ("MUTATION", before.mutation_type, after.mutation_type),
        ("SUBSCRIPTION", before.subscription_type, after.subscription_type),
    )
    for name, old, new in roots:
        if old is not None and (new is None or new.name != old.name):
            shown = new.name if new is not None else "nothing"
            message = f"The {name.lower()} root was {old.name} and is {shown}."
            yield breaking(f"SCHEMA_{name}_TYPE_CHANGED", old.name, message)


def _kind(named_type: GraphQLNamedType) -> str:
    return _KINDS[type(named_type).__name__]
