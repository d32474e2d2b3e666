"""The fields of a mutation in the order of execution: each response key once, where it first occurs.

The answer has a key once, however often the operation asks for it, and executes it as often
(https://spec.graphql.org/draft/#CollectFields()).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from gateway.selection_set import Condition, Field, Selection, SelectionSet

MAX_ORDER_VARIABLES: Final = 4  # a plan is made for each combination of their values


def fields_by_key(selections: SelectionSet) -> list[SelectionSet]:
    """Each field inside the fragments that it stands in; those of one response key together."""
    found: dict[str, list[Selection]] = {}
    for key, _, selection in _single_fields(selections, ()):
        found.setdefault(key, []).append(selection)
    return [tuple(same) for same in found.values()]


def order_variables(selections: SelectionSet) -> list[str]:
    """The variables that decide where a key that is asked for several times occurs first."""
    found: dict[str, list[tuple[Condition, ...]]] = {}
    for key, conditions, _ in _single_fields(selections, ()):
        found.setdefault(key, []).append(conditions)
    variables = (
        condition.variable
        for occurrences in found.values()
        for conditions in occurrences[:-1]
        for condition in conditions
    )
    return list(islice(dict.fromkeys(variables), MAX_ORDER_VARIABLES))


def is_wrapped(selections: SelectionSet) -> bool:
    """Whether a subgraph has to be sent fragments around the field: it would not be executed in its turn there."""
    return any(_is_wrapped(selection, ()) for selection in selections)


def _is_wrapped(selection: Selection, around: tuple[Condition, ...]) -> bool:
    conditions = (*around, *selection.conditions)
    if isinstance(selection, Field):
        expected = [condition.expected for condition in dict.fromkeys(conditions)]
        return len(expected) > len(set(expected))
    return bool(selection.directives) or any(_is_wrapped(each, conditions) for each in selection.selections)


def _single_fields(
    selections: SelectionSet, around: tuple[Condition, ...]
) -> Iterator[tuple[str, tuple[Condition, ...], Selection]]:
    """Each field by itself with its response key and all its conditions, inside the fragments that it stands in."""
    for selection in selections:
        conditions = (*around, *selection.conditions)
        if isinstance(selection, Field):
            yield selection.response_key, conditions, selection
        else:
            for key, inner, each in _single_fields(selection.selections, conditions):
                yield key, inner, replace(selection, selections=(each,))
