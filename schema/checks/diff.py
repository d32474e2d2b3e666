"""What changes for clients between two API schemas: every rule over every pair of types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from graphql import GraphQLSchema

from schema.checks.change import Change
from schema.checks.rules import directives, enums, fields, input_fields, interfaces, types, unions

Rule: TypeAlias = Callable[[GraphQLSchema, GraphQLSchema], Iterable[Change]]

RULES: Final[tuple[Rule, ...]] = (
    types.find_changes,
    fields.find_changes,
    input_fields.find_changes,
    enums.find_changes,
    unions.find_changes,
    interfaces.find_changes,
    directives.find_changes,
)


def client_changes(before: GraphQLSchema, after: GraphQLSchema) -> tuple[Change, ...]:
    """All changes, in the order of the rules."""
    return tuple(_run(before, after))


def _run(before: GraphQLSchema, after: GraphQLSchema) -> Iterator[Change]:
    for rule in RULES:
        yield from rule(before, after)
