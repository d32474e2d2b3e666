"""Result coercion of leaves that arrive as JSON (GraphQL specification, section 3.5 and 3.9)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from graphql import GraphQLEnumType, GraphQLLeafType

Coerce: TypeAlias = Callable[[Any], Any]

_MAX_INT = 2**31 - 1
_MIN_INT = -(2**31)


class InvalidLeaf(Exception):
    """The value is none of its type; the message may be shown to clients, so it never holds the value."""


def leaf_coercion(leaf: GraphQLLeafType) -> Coerce | None:
    """The coercion for a leaf type; None for custom scalars, which take every JSON value."""
    if isinstance(leaf, GraphQLEnumType):
        return _enum_coercion(leaf)
    return _BUILT_IN.get(leaf.name)


def _enum_coercion(enum: GraphQLEnumType) -> Coerce:
    names = frozenset(enum.values)

    def coerce(value: Any) -> str:
        if isinstance(value, str) and value in names:
            return value
        raise InvalidLeaf(f'Enum "{enum.name}" cannot represent the value that was resolved.')

    return coerce


def _int(value: Any) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and _MIN_INT <= value <= _MAX_INT:
        return value
    raise InvalidLeaf("Int cannot represent the value that was resolved.")


def _float(value: Any) -> float:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    raise InvalidLeaf("Float cannot represent the value that was resolved.")


def _string(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise InvalidLeaf("String cannot represent the value that was resolved.")


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise InvalidLeaf("Boolean cannot represent the value that was resolved.")


def _id(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise InvalidLeaf("ID cannot represent the value that was resolved.")


_BUILT_IN: dict[str, Coerce] = {"Int": _int, "Float": _float, "String": _string, "Boolean": _boolean, "ID": _id}
