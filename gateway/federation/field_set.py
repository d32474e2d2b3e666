"""Field sets: the selections that ``@key``, ``@requires``, ``@provides`` and ``@fromContext`` hold as text."""

from __future__ import annotations

from functools import lru_cache

from graphql import GraphQLSyntaxError, OperationDefinitionNode, parse

from gateway.selection_ast import selection_set
from gateway.selection_set import SelectionSet


class InvalidFieldSet(ValueError):
    """The text is no field set; the message says why."""


@lru_cache(maxsize=4096)
def parse_field_set(text: str) -> SelectionSet:
    """The selections of ``"id organization { id }"``; outer braces may be there or not.

    :raises InvalidFieldSet: the text does not parse, or is more than one selection set.
    """
    stripped = text.strip()
    source = stripped if stripped.startswith("{") else f"{{{stripped}}}"
    try:
        definitions = parse(source, no_location=True).definitions
        if len(definitions) != 1 or not isinstance(definitions[0], OperationDefinitionNode):
            raise InvalidFieldSet(f'"{text}" is not one selection set')
        return selection_set(definitions[0].selection_set)
    except (GraphQLSyntaxError, ValueError) as error:
        raise InvalidFieldSet(f'"{text}" is not a field set: {error}') from error
