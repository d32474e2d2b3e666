"""Values of enums."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import GraphQLEnumType, GraphQLSchema

from schema.checks.change import Change, breaking, dangerous
from schema.checks.rules.pairs import come, common, common_types, gone
from schema.checks.rules.texts import deprecation_changes, description_changes


def find_changes(before: GraphQLSchema, after: GraphQLSchema) -> Iterator[Change]:
    """ENUM_VALUE_*. A value more is dangerous: a client that switches over the old ones meets one it does not know."""
    for old_type, new_type in common_types(before, after, GraphQLEnumType):
        for name, _ in gone(old_type.values, new_type.values):
            path = f"{old_type.name}.{name}"
            yield breaking("ENUM_VALUE_REMOVED", path, f"The enum value {path} was removed.")
        for name, _ in come(old_type.values, new_type.values):
            path = f"{new_type.name}.{name}"
            yield dangerous("ENUM_VALUE_ADDED", path, f"The enum value {path} was added.")
        for name, old, new in common(old_type.values, new_type.values):
            path = f"{old_type.name}.{name}"
            yield from description_changes("ENUM_VALUE", path, old.description, new.description)
            yield from deprecation_changes(
                "ENUM_VALUE", path, old.deprecation_reason, new.deprecation_reason, directive_location="ENUM_VALUE"
            )
