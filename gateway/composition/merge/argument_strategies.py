"""Makes one value of the different values that subgraphs give an argument of a directive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import assert_never

from graphql import BooleanValueNode, IntValueNode, ListValueNode, NullValueNode, StringValueNode, ValueNode

from gateway.composition.literals import value_key
from gateway.federation.supergraph_specs import ArgumentStrategy

Conditions = frozenset[frozenset[str]]
"""Alternatives (any of) of sets of names (all of)."""


def merge_argument_values(strategy: ArgumentStrategy, values: Iterable[ValueNode | None]) -> ValueNode | None:
    """The merged value; values left out or null do not count, and if there are no others, there is no value."""
    given = [value for value in values if value is not None and not isinstance(value, NullValueNode)]
    if not given:
        return None
    match strategy:
        case ArgumentStrategy.MAX:
            return max(
                (value for value in given if isinstance(value, IntValueNode)), key=lambda value: int(value.value)
            )
        case ArgumentStrategy.AND:
            return BooleanValueNode(value=all(isinstance(value, BooleanValueNode) and value.value for value in given))
        case ArgumentStrategy.UNION:
            distinct = {value_key(item): item for value in given for item in _items(value)}
            return ListValueNode(values=tuple(distinct.values()))
        case ArgumentStrategy.DNF_CONJUNCTION:
            return _conditions_node(conjunction([read_conditions(value) for value in given]))
        case _:
            assert_never(strategy)


def _items(value: ValueNode) -> Sequence[ValueNode]:
    """The items of a list; a single value is a list of itself."""
    return value.values if isinstance(value, ListValueNode) else (value,)


def read_conditions(value: ValueNode) -> Conditions:
    """``[["a", "b"], ["c"]]``: a and b, or c. No alternative at all is taken to demand nothing."""
    alternatives = frozenset(
        frozenset(item.value for item in _items(alternative) if isinstance(item, StringValueNode))
        for alternative in _items(value)
    )
    return alternatives or frozenset({frozenset[str]()})


def conjunction(conditions: Sequence[Conditions]) -> Conditions:
    """What holds exactly when all of ``conditions`` hold, without alternatives that another one includes."""
    merged = conditions[0]
    for other in dict.fromkeys(conditions[1:]):
        combined = {first | second for first, second in product(merged, other)}
        merged = frozenset(item for item in combined if not any(smaller < item for smaller in combined))
    return merged


def _conditions_node(conditions: Conditions) -> ValueNode:
    ordered = sorted((sorted(alternative) for alternative in conditions), key=lambda names: (len(names), names))
    return ListValueNode(
        values=tuple(
            ListValueNode(values=tuple(StringValueNode(value=name) for name in alternative)) for alternative in ordered
        )
    )
