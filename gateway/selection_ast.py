"""Selections from syntax nodes, as they are written: no schema, no named fragments.

Field sets (keys, requires, provides) are whole selections of this kind; operations go through
``gateway.operation.normalize`` first, which expands what this module does not know.
"""

from __future__ import annotations

from collections.abc import Iterable

from graphql import (
    ArgumentNode,
    DirectiveNode,
    FieldNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
)

from gateway.ast_text import value_text
from gateway.selection_set import Argument, Directive, Field, InlineFragment, Selection, SelectionSet


def selection_set(node: SelectionSetNode) -> SelectionSet:
    """The selections of a node without named fragments.

    :raises ValueError: a named fragment is spread.
    """
    return tuple(_selection(item) for item in node.selections)


def arguments(nodes: Iterable[ArgumentNode] | None) -> tuple[Argument, ...]:
    """Arguments in canonical order (by name), so that equal calls are equal values."""
    return tuple(
        sorted(
            (Argument(node.name.value, value_text(node.value), tuple(variables(node.value))) for node in nodes or ()),
            key=lambda argument: argument.name,
        )
    )


def directives(nodes: Iterable[DirectiveNode] | None) -> tuple[Directive, ...]:
    """Directives with their arguments, in the order written."""
    return tuple(Directive(node.name.value, arguments(node.arguments)) for node in nodes or ())


def variables(node: ValueNode) -> list[str]:
    """Names of the variables inside a value, in order, each once."""
    match node:
        case VariableNode():
            return [node.name.value]
        case ListValueNode():
            inner = [name for item in node.values for name in variables(item)]
        case ObjectValueNode():
            inner = [name for item in node.fields for name in variables(item.value)]
        case _:
            return []
    return list(dict.fromkeys(inner))


def _selection(node: object) -> Selection:
    match node:
        case FieldNode():
            return Field(
                name=node.name.value,
                alias=node.alias.value if node.alias else None,
                arguments=arguments(node.arguments),
                directives=directives(node.directives),
                selections=selection_set(node.selection_set) if node.selection_set else None,
            )
        case InlineFragmentNode():
            return InlineFragment(
                type_condition=node.type_condition.name.value if node.type_condition else None,
                selections=selection_set(node.selection_set),
                directives=directives(node.directives),
            )
        case FragmentSpreadNode():
            raise ValueError(f'the named fragment "{node.name.value}" is spread where none may stand')
        case _:
            raise TypeError(f"not a selection: {node!r}")
