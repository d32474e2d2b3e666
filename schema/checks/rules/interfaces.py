"""Which interfaces a type implements."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import GraphQLSchema

from schema.checks.change import Change, breaking, dangerous
from schema.checks.rules.pairs import COMPOSITE, come, common_types, gone


def find_changes(before: GraphQLSchema, after: GraphQLSchema) -> Iterator[Change]:
    """OBJECT_TYPE_INTERFACE_REMOVED, OBJECT_TYPE_INTERFACE_ADDED; for interfaces that implement others too."""
    for old_type, new_type in common_types(before, after, COMPOSITE):
        old = {interface.name: interface for interface in old_type.interfaces}
        new = {interface.name: interface for interface in new_type.interfaces}
        for name, _ in gone(old, new):
            message = f"{old_type.name} no longer implements {name}."
            yield breaking("OBJECT_TYPE_INTERFACE_REMOVED", old_type.name, message)
        for name, _ in come(old, new):
            message = f"{new_type.name} now implements {name}."
            yield dangerous("OBJECT_TYPE_INTERFACE_ADDED", new_type.name, message)
