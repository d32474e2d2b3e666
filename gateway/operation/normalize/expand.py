"""Expanding: named fragments become inline ones; ``@skip``, ``@include`` and ``@defer`` become values.

A selection that is never taken is left out, a condition that always holds too. A fragment's selections are one object
wherever it is spread, so that the stages that follow do their work on it once: a document of n fragments may spread
them 2^n times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    StringValueNode,
    VariableNode,
)

from gateway.selection_ast import arguments, directives
from gateway.selection_set import Condition, Defer, Directive, Field, InlineFragment, Selection, SelectionSet

_CONDITIONS = {"skip": False, "include": True}
_DEFER = "defer"


class _Never(Exception):
    """The selection is never taken."""


def expand(node: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]) -> SelectionSet:
    """The selections of a node in a valid document (its fragments make no circle)."""
    return _Expansion(fragments).selections(node)


class _Expansion:
    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._known: dict[str, SelectionSet] = {}

    def selections(self, node: SelectionSetNode) -> SelectionSet:
        return tuple(self._each(node))

    def _each(self, node: SelectionSetNode) -> Iterator[Selection]:
        for item in node.selections:
            try:
                yield self._selection(item)
            except _Never:
                continue

    def _selection(self, item: SelectionNode) -> Selection:
        own = item.directives or ()
        conditions, defer = _conditions(own), _defer(own)
        others = _others(own)
        match item:
            case FieldNode():
                return Field(
                    name=item.name.value,
                    alias=item.alias.value if item.alias and item.alias.value != item.name.value else None,
                    arguments=arguments(item.arguments),
                    directives=others,
                    conditions=conditions,
                    selections=self.selections(item.selection_set) if item.selection_set else None,
                )
            case InlineFragmentNode():
                condition = item.type_condition.name.value if item.type_condition else None
                return InlineFragment(condition, self.selections(item.selection_set), others, conditions, defer)
            case FragmentSpreadNode():
                definition = self._fragments[item.name.value]
                condition = definition.type_condition.name.value
                others = (*others, *directives(definition.directives))
                return InlineFragment(condition, self._spread(definition), others, conditions, defer)
            case _:
                raise TypeError(f"not a selection: {item.kind}")

    def _spread(self, definition: FragmentDefinitionNode) -> SelectionSet:
        name = definition.name.value
        if name not in self._known:
            self._known[name] = self.selections(definition.selection_set)
        return self._known[name]


def _conditions(own: Sequence[DirectiveNode]) -> tuple[Condition, ...]:
    """Conditions on variables.

    :raises _Never: a constant condition does not hold.
    """
    found: list[Condition] = []
    for directive in own:
        expected = _CONDITIONS.get(directive.name.value)
        if expected is None:
            continue
        match _argument(directive, "if"):
            case VariableNode(name=name):
                found.append(Condition(name.value, expected))
            case BooleanValueNode(value=value) if value is not expected:
                raise _Never
    if any(Condition(item.variable, not item.expected) in found for item in found):
        raise _Never
    return tuple(dict.fromkeys(found))


def _defer(own: Sequence[DirectiveNode]) -> Defer | None:
    for directive in own:
        if directive.name.value == _DEFER:
            label, condition = _argument(directive, "label"), _argument(directive, "if")
            if isinstance(condition, BooleanValueNode) and not condition.value:
                return None
            return Defer(
                label.value if isinstance(label, StringValueNode) else None,
                condition.name.value if isinstance(condition, VariableNode) else None,
            )
    return None


def _others(own: Sequence[DirectiveNode]) -> tuple[Directive, ...]:
    return directives(item for item in own if item.name.value not in _CONDITIONS and item.name.value != _DEFER)


def _argument(directive: DirectiveNode, name: str) -> object:
    return next((item.value for item in directive.arguments or () if item.name.value == name), None)
