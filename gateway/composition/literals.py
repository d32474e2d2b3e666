"""Equality of GraphQL literals: written differently, the same value."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from graphql import (
    BooleanValueNode,
    EnumValueNode,
    FloatValueNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    StringValueNode,
    ValueNode,
)


def value_key(node: ValueNode) -> Hashable:
    """Equal for equal values: the order of object fields, and how a number is written, do not matter."""
    match node:
        case StringValueNode() | EnumValueNode():
            return node.value
        case IntValueNode() | FloatValueNode():
            return ("number", float(node.value))
        case BooleanValueNode():
            return ("boolean", node.value)
        case ListValueNode():
            return ("list", tuple(value_key(item) for item in node.values))
        case ObjectValueNode():
            return ("object", frozenset((field.name.value, value_key(field.value)) for field in node.fields))
        case _:
            return (node.kind,)


def with_strings(node: ValueNode) -> ValueNode:
    """The value with strings for its enum literals."""
    match node:
        case EnumValueNode():
            return StringValueNode(value=node.value, loc=node.loc)
        case ListValueNode():
            return ListValueNode(values=tuple(with_strings(item) for item in node.values), loc=node.loc)
        case _:
            return node


def same_value(first: ValueNode | None, second: ValueNode | None) -> bool:
    """Whether two optional values are both absent, or equal."""
    if first is None or second is None:
        return first is second
    return value_key(first) == value_key(second)


def arguments_key(arguments: Mapping[str, ValueNode], defaults: Iterable[tuple[str, ValueNode]] = ()) -> Hashable:
    """Equal for equal arguments, where giving a default is the same as leaving it out."""
    complete = dict(defaults) | dict(arguments)
    return frozenset((name, value_key(value)) for name, value in complete.items())
