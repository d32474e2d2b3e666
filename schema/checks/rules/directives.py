"""Directives that clients may use in their operations."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import GraphQLDirective, GraphQLSchema

from schema.checks.change import Change, breaking, dangerous, safe
from schema.checks.rules.compatibility import default_text, input_stays_valid, is_required
from schema.checks.rules.pairs import come, common, gone


def find_changes(before: GraphQLSchema, after: GraphQLSchema) -> Iterator[Change]:
    """DIRECTIVE_REMOVED, DIRECTIVE_ADDED, DIRECTIVE_LOCATION_*, DIRECTIVE_ARGUMENT_*."""
    old_directives = {directive.name: directive for directive in before.directives}
    new_directives = {directive.name: directive for directive in after.directives}
    for name, _ in gone(old_directives, new_directives):
        yield breaking("DIRECTIVE_REMOVED", f"@{name}", f"The directive @{name} was removed.")
    for name, _ in come(old_directives, new_directives):
        yield safe("DIRECTIVE_ADDED", f"@{name}", f"The directive @{name} was added.")
    for name, old, new in common(old_directives, new_directives):
        yield from _location_changes(f"@{name}", old, new)
        yield from _argument_changes(f"@{name}", old, new)


def _location_changes(path: str, old: GraphQLDirective, new: GraphQLDirective) -> Iterator[Change]:
    before, after = ({location.name: location for location in each.locations} for each in (old, new))
    for name, _ in gone(before, after):
        yield breaking("DIRECTIVE_LOCATION_REMOVED", path, f"{path} may no longer stand on {name}.")
    for name, _ in come(before, after):
        yield safe("DIRECTIVE_LOCATION_ADDED", path, f"{path} may now stand on {name}.")


def _argument_changes(path: str, old: GraphQLDirective, new: GraphQLDirective) -> Iterator[Change]:
    for name, _ in gone(old.args, new.args):
        yield breaking("DIRECTIVE_ARGUMENT_REMOVED", f"{path}.{name}", f"The argument {name} of {path} was removed.")
    for name, argument in come(old.args, new.args):
        make = breaking if is_required(argument) else safe
        yield make("DIRECTIVE_ARGUMENT_ADDED", f"{path}.{name}", f"The argument {name} was added to {path}.")
    for name, before, after in common(old.args, new.args):
        where = f"{path}.{name}"
        if str(before.type) != str(after.type):
            make = safe if input_stays_valid(before.type, after.type) else breaking
            message = f"The type of {where} was {before.type} and is {after.type}."
            yield make("DIRECTIVE_ARGUMENT_TYPE_CHANGED", where, message)
        if default_text(before) != default_text(after):
            message = f"The default of {where} was {default_text(before)} and is {default_text(after)}."
            yield dangerous("DIRECTIVE_ARGUMENT_DEFAULT_VALUE_CHANGED", where, message)
