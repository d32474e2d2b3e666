"""When one type may stand in for another: covariant where clients read, contravariant where they write."""

from __future__ import annotations

from typing import Final

from graphql import (
    GraphQLArgument,
    GraphQLInputField,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLOutputType,
    GraphQLType,
    print_ast,
)

NO_DEFAULT: Final = "none"


def output_stays_valid(old: GraphQLOutputType, new: GraphQLOutputType) -> bool:
    """True when every value of ``new`` could have come as ``old``: the same type, or stricter about null."""
    return _at_least_as_strict(old, new)


def input_stays_valid(old: GraphQLInputType, new: GraphQLInputType) -> bool:
    """True when every value that ``old`` took is still taken: the same type, or more lenient about null."""
    return _at_least_as_strict(new, old)


def is_required(definition: GraphQLArgument | GraphQLInputField) -> bool:
    """True when a client must give it."""
    return isinstance(definition.type, GraphQLNonNull) and default_text(definition) == NO_DEFAULT


def default_text(definition: GraphQLArgument | GraphQLInputField) -> str:
    """The default as GraphQL text, `NO_DEFAULT` where there is none."""
    if definition.ast_node is None or definition.ast_node.default_value is None:
        return NO_DEFAULT
    return print_ast(definition.ast_node.default_value)


def _at_least_as_strict(lenient: GraphQLType, strict: GraphQLType) -> bool:
    match lenient, strict:
        case GraphQLNonNull(), GraphQLNonNull():
            return _at_least_as_strict(lenient.of_type, strict.of_type)
        case GraphQLNonNull(), _:
            return False
        case _, GraphQLNonNull():
            return _at_least_as_strict(lenient, strict.of_type)
        case GraphQLList(), GraphQLList():
            return _at_least_as_strict(lenient.of_type, strict.of_type)
        case _:
            return str(lenient) == str(strict)
