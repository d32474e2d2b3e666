"""Canonical text of type and value nodes, written directly.

``graphql.print_ast`` walks a visitor over each node; composition and loading ask for these texts once or more per
field, where that would be most of their time. The text is the same.
"""

from __future__ import annotations

from graphql import (
    BooleanValueNode,
    EnumValueNode,
    FloatValueNode,
    IntValueNode,
    ListTypeNode,
    ListValueNode,
    NamedTypeNode,
    NonNullTypeNode,
    NullValueNode,
    ObjectValueNode,
    StringValueNode,
    TypeNode,
    ValueNode,
    VariableNode,
)
from graphql.language.block_string import is_printable_as_block_string, print_block_string
from graphql.language.print_string import print_string


def type_text(node: TypeNode) -> str:
    """``[ID!]!`` for the node of that type reference."""
    if isinstance(node, NamedTypeNode):
        return node.name.value
    if isinstance(node, NonNullTypeNode):
        return f"{type_text(node.type)}!"
    assert isinstance(node, ListTypeNode)
    return f"[{type_text(node.type)}]"


def base_type_name(node: TypeNode) -> str:
    """The named type inside all lists and non-nulls."""
    while not isinstance(node, NamedTypeNode):
        assert isinstance(node, (ListTypeNode, NonNullTypeNode))
        node = node.type
    return node.name.value


def value_text(node: ValueNode) -> str:
    """A value on one line; two values are equal as GraphQL literals when their texts are."""
    match node:
        case StringValueNode():
            return print_string(node.value)
        case IntValueNode() | FloatValueNode() | EnumValueNode():
            return node.value
        case BooleanValueNode():
            return "true" if node.value else "false"
        case NullValueNode():
            return "null"
        case ListValueNode():
            return f"[{', '.join(value_text(item) for item in node.values)}]"
        case ObjectValueNode():
            return f"{{{', '.join(f'{field.name.value}: {value_text(field.value)}' for field in node.fields)}}}"
        case VariableNode():
            return f"${node.name.value}"
        case _:
            raise TypeError(f"Not a GraphQL value: {node.kind}")


def description_text(description: str, indentation: str = "") -> str:
    """A description with its line end: a block string where it can be one, each line indented."""
    if not is_printable_as_block_string(description):
        return f"{indentation}{print_string(description)}\n"
    lines = print_block_string(description).split("\n")
    return "".join(f"{indentation}{line}\n" if line else "\n" for line in lines)
