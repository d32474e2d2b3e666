"""Conditions that all of a fetch's fields share become conditions of the fetch: it is then not sent at all."""

from __future__ import annotations

from dataclasses import replace

from gateway.selection_set import Condition, Field, Selection, SelectionSet


def lift_conditions(selections: SelectionSet) -> tuple[tuple[Condition, ...], SelectionSet]:
    """The conditions that hold for every field of a fetch, and the selections without them."""
    shared = _shared(selections)
    if not shared:
        return (), selections
    return shared, _without(selections, frozenset(shared))


def _shared(selections: SelectionSet) -> tuple[Condition, ...]:
    shared: tuple[Condition, ...] | None = None
    for selection in selections:
        own = selection.conditions
        if not isinstance(selection, Field):
            own = (*own, *_shared(selection.selections))
        shared = own if shared is None else tuple(item for item in shared if item in own)
        if not shared:
            return ()
    return tuple(dict.fromkeys(shared or ()))


def _without(selections: SelectionSet, conditions: frozenset[Condition]) -> SelectionSet:
    """The fields and fragments at the top without the conditions; a fragment that says nothing more dissolves."""
    kept: list[Selection] = []
    for selection in selections:
        own = tuple(item for item in selection.conditions if item not in conditions)
        if isinstance(selection, Field):
            kept.append(replace(selection, conditions=own))
            continue
        inner = _without(selection.selections, conditions)
        if selection.type_condition is None and not own and not selection.directives:
            kept.extend(inner)
        else:
            kept.append(replace(selection, conditions=own, selections=inner))
    return tuple(kept)
