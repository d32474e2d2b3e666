"""Fields of objects and interfaces, their types and their arguments."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import GraphQLArgument, GraphQLField, GraphQLSchema

from schema.checks.change import Change, breaking, dangerous, safe
from schema.checks.rules.compatibility import default_text, input_stays_valid, is_required, output_stays_valid
from schema.checks.rules.pairs import COMPOSITE, come, common, common_types, gone, new_types
from schema.checks.rules.texts import deprecation_changes, description_changes


def find_changes(before: GraphQLSchema, after: GraphQLSchema) -> Iterator[Change]:
    """FIELD_* and FIELD_ARGUMENT_*. Removing a deprecated field breaks who still selects it, so it is breaking too."""
    for added in new_types(before, after, COMPOSITE):
        yield from (_field_added(added.name, name) for name in added.fields)
    for old_type, new_type in common_types(before, after, COMPOSITE):
        for name, old_field in gone(old_type.fields, new_type.fields):
            note = " (it was deprecated)" if old_field.deprecation_reason is not None else ""
            path = f"{old_type.name}.{name}"
            yield breaking("FIELD_REMOVED", path, f"The field {path} was removed{note}.")
        for name, _ in come(old_type.fields, new_type.fields):
            yield _field_added(new_type.name, name)
        for name, old, new in common(old_type.fields, new_type.fields):
            yield from _field_changes(f"{old_type.name}.{name}", old, new)


def _field_added(type_name: str, name: str) -> Change:
    return safe("FIELD_ADDED", f"{type_name}.{name}", f"The field {type_name}.{name} was added.")


def _field_changes(path: str, old: GraphQLField, new: GraphQLField) -> Iterator[Change]:
    if str(old.type) != str(new.type):
        make = safe if output_stays_valid(old.type, new.type) else breaking
        yield make("FIELD_TYPE_CHANGED", path, f"The type of {path} was {old.type} and is {new.type}.")
    yield from description_changes("FIELD", path, old.description, new.description)
    yield from deprecation_changes(
        "FIELD", path, old.deprecation_reason, new.deprecation_reason, directive_location="FIELD_DEFINITION"
    )
    for name, _ in gone(old.args, new.args):
        yield breaking("FIELD_ARGUMENT_REMOVED", f"{path}.{name}", f"The argument {name} of {path} was removed.")
    for name, argument in come(old.args, new.args):
        required = is_required(argument)
        make = breaking if required else dangerous
        kind = "required" if required else "optional"
        message = f"The {kind} argument {name}: {argument.type} was added to {path}."
        yield make("FIELD_ARGUMENT_ADDED", f"{path}.{name}", message)
    for name, old_argument, new_argument in common(old.args, new.args):
        yield from _argument_changes(f"{path}.{name}", old_argument, new_argument)


def _argument_changes(path: str, old: GraphQLArgument, new: GraphQLArgument) -> Iterator[Change]:
    if str(old.type) != str(new.type):
        make = safe if input_stays_valid(old.type, new.type) else breaking
        yield make("FIELD_ARGUMENT_TYPE_CHANGED", path, f"The type of {path} was {old.type} and is {new.type}.")
    before, after = default_text(old), default_text(new)
    if before != after:
        yield dangerous("FIELD_ARGUMENT_DEFAULT_CHANGED", path, f"The default of {path} was {before} and is {after}.")
    yield from description_changes("FIELD_ARGUMENT", path, old.description, new.description)
