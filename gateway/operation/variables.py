"""Coercion of the client's variables (GraphQL specification, section 6.1.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode, VariableDefinitionNode
from graphql.execution.values import get_variable_values
from graphql.utilities import value_from_ast_untyped

from gateway.errors import ErrorCode, RequestRefused, ResponseError, refusal
from gateway.operation.parse import locations

MAX_VARIABLE_ERRORS = 20
MAX_VARIABLE_DEPTH = 100


def coerce_variables(
    schema: GraphQLSchema, operation: OperationDefinitionNode, values: Mapping[str, Any], *, max_list_size: int
) -> dict[str, Any]:
    """Check ``values`` and return what goes to subgraphs: values as the client sent them, defaults filled in.

    Subgraphs coerce again by their own schema, so scalars and enums travel in their JSON form. Variables that the
    operation does not define are dropped.

    Raises ``RequestRefused``: BAD_USER_INPUT, MAX_LIST_SIZE_LIMIT, MAX_DEPTH_LIMIT.
    """
    definitions = operation.variable_definitions
    if not definitions:
        return {}
    _check_size(values, max_list_size)
    coerced = get_variable_values(
        schema, definitions, dict(values), max_errors=MAX_VARIABLE_ERRORS, hide_suggestions=True
    )
    if isinstance(coerced, list):
        raise RequestRefused([_to_response_error(error) for error in coerced])
    return dict(_forwarded(definitions, values))


def _check_size(values: Mapping[str, Any], max_list_size: int) -> None:
    """Before anything walks the values by recursion."""
    level: list[Any] = [values]
    depth = 0
    while level:
        depth += 1
        if depth > MAX_VARIABLE_DEPTH:
            message = f"The variables are nested deeper than {MAX_VARIABLE_DEPTH} levels."
            raise refusal(ErrorCode.MAX_DEPTH_LIMIT, message)
        below: list[Any] = []
        for value in level:
            if isinstance(value, list):
                if len(value) > max_list_size:
                    message = f"A list in the variables has more than {max_list_size} items."
                    raise refusal(ErrorCode.MAX_LIST_SIZE_LIMIT, message)
                below.extend(value)
            elif isinstance(value, Mapping):
                below.extend(value.values())
        level = below


def _forwarded(definitions: Iterable[VariableDefinitionNode], values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for definition in definitions:
        name = definition.variable.name.value
        if name in values:
            yield name, values[name]
        elif definition.default_value is not None:
            yield name, value_from_ast_untyped(definition.default_value)


def _to_response_error(error: GraphQLError) -> ResponseError:
    return ResponseError(error.message, ErrorCode.BAD_USER_INPUT, locations=locations(error))
