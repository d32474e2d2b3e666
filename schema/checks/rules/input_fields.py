"""Fields of input objects."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import GraphQLInputField, GraphQLInputObjectType, GraphQLSchema

from schema.checks.change import Change, breaking, dangerous, safe
from schema.checks.rules.compatibility import default_text, input_stays_valid, is_required
from schema.checks.rules.pairs import come, common, common_types, gone, new_types
from schema.checks.rules.texts import description_changes


def find_changes(before: GraphQLSchema, after: GraphQLSchema) -> Iterator[Change]:
    """INPUT_FIELD_*. An optional field more is safe: nobody has sent it so far, and nobody must."""
    for added in new_types(before, after, GraphQLInputObjectType):
        for name in added.fields:
            path = f"{added.name}.{name}"
            yield safe("INPUT_FIELD_ADDED", path, f"The input field {path} was added with its type.")
    for old_type, new_type in common_types(before, after, GraphQLInputObjectType):
        for name, _ in gone(old_type.fields, new_type.fields):
            path = f"{old_type.name}.{name}"
            yield breaking("INPUT_FIELD_REMOVED", path, f"The input field {path} was removed.")
        for name, field in come(old_type.fields, new_type.fields):
            path = f"{new_type.name}.{name}"
            required = is_required(field)
            make = breaking if required else safe
            kind = "required" if required else "optional"
            yield make("INPUT_FIELD_ADDED", path, f"The {kind} input field {path}: {field.type} was added.")
        for name, old, new in common(old_type.fields, new_type.fields):
            yield from _changes(f"{old_type.name}.{name}", old, new)


def _changes(path: str, old: GraphQLInputField, new: GraphQLInputField) -> Iterator[Change]:
    if str(old.type) != str(new.type):
        make = safe if input_stays_valid(old.type, new.type) else breaking
        yield make("INPUT_FIELD_TYPE_CHANGED", path, f"The type of {path} was {old.type} and is {new.type}.")
    before, after = default_text(old), default_text(new)
    if before != after:
        message = f"The default of {path} was {before} and is {after}."
        yield dangerous("INPUT_FIELD_DEFAULT_VALUE_CHANGED", path, message)
    yield from description_changes("INPUT_FIELD", path, old.description, new.description)
