"""A fetch is made only where something that it brings is wanted: by the operation, or by a fetch that follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gateway.planner.fetch_group import FetchGroup
from gateway.selection_set import Condition, Field, Selection, SelectionSet


def note_conditions(groups: Sequence[FetchGroup]) -> None:
    """Give each group the conditions that all hold where it is wanted. Groups stand after those they depend on."""
    for group in groups:
        group.conditions = group.asked_under
    for group in reversed(groups):
        own = group.conditions or frozenset()
        for before in group.depends_on:
            before.conditions = own if before.conditions is None else before.conditions & own


def without_conditions(selections: SelectionSet, conditions: frozenset[Condition]) -> SelectionSet:
    """The fields and fragments at the top without the conditions; a fragment that says nothing more dissolves."""
    if not conditions:
        return selections
    kept: list[Selection] = []
    for selection in selections:
        own = tuple(item for item in selection.conditions if item not in conditions)
        if isinstance(selection, Field):
            kept.append(replace(selection, conditions=own))
            continue
        inner = without_conditions(selection.selections, conditions)
        if selection.type_condition is None and not own and not selection.directives:
            kept.extend(inner)
        else:
            kept.append(replace(selection, conditions=own, selections=inner))
    return tuple(kept)
