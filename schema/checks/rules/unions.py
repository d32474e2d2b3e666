"""Members of unions."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import GraphQLSchema, GraphQLUnionType

from schema.checks.change import Change, breaking, dangerous
from schema.checks.rules.pairs import come, common_types, gone


def find_changes(before: GraphQLSchema, after: GraphQLSchema) -> Iterator[Change]:
    """UNION_MEMBER_REMOVED, UNION_MEMBER_ADDED."""
    for old_type, new_type in common_types(before, after, GraphQLUnionType):
        old = {member.name: member for member in old_type.types}
        new = {member.name: member for member in new_type.types}
        for name, _ in gone(old, new):
            message = f"{name} is no longer a member of the union {old_type.name}."
            yield breaking("UNION_MEMBER_REMOVED", f"{old_type.name}.{name}", message)
        for name, _ in come(old, new):
            message = f"{name} became a member of the union {new_type.name}."
            yield dangerous("UNION_MEMBER_ADDED", f"{new_type.name}.{name}", message)
