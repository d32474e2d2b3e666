"""``@defer`` in selections: what decides it, what is left without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from gateway.selection_set import Defer, Field, InlineFragment, Selection, SelectionSet

MAX_CONDITIONS = 3
"""Variables that may switch ``@defer``: each doubles the plan; fragments with further ones are not deferred."""


def defer_variables(selections: SelectionSet) -> list[str]:
    """The variables that switch ``@defer``, in order."""
    return list(dict.fromkeys(_variables(selections)))[:MAX_CONDITIONS]


def has_defer(selections: SelectionSet) -> bool:
    """Whether anything is deferred."""
    return any(
        (isinstance(item, InlineFragment) and item.defer is not None)
        or (item.selections is not None and has_defer(item.selections))
        for item in selections
    )


def settle(selections: SelectionSet, values: dict[str, bool]) -> SelectionSet:
    """The selections with each conditional ``@defer`` either unconditional or gone."""

    def settled(defer: Defer | None) -> Defer | None:
        if defer is None or defer.variable is None:
            return defer
        return Defer(defer.label) if values.get(defer.variable, False) else None

    return _with_defers(selections, settled)


def undeferred(selections: SelectionSet) -> SelectionSet:
    """The selections with nothing deferred."""
    return _with_defers(selections, lambda _: None)


def without_deferred(selections: SelectionSet) -> SelectionSet:
    """What is answered at once; a field keeps its place even when all below it is deferred."""
    kept: list[Selection] = []
    for selection in selections:
        if isinstance(selection, Field):
            below = None if selection.selections is None else without_deferred(selection.selections)
            kept.append(replace(selection, selections=below))
        elif selection.defer is None:
            inner = without_deferred(selection.selections)
            if inner:
                kept.append(replace(selection, selections=inner))
    return tuple(kept)


def _with_defers(selections: SelectionSet, change: Callable[[Defer | None], Defer | None]) -> SelectionSet:
    changed: list[Selection] = []
    for selection in selections:
        if isinstance(selection, Field):
            below = None if selection.selections is None else _with_defers(selection.selections, change)
            changed.append(replace(selection, selections=below))
        else:
            inner = _with_defers(selection.selections, change)
            changed.append(replace(selection, selections=inner, defer=change(selection.defer)))
    return tuple(changed)


def _variables(selections: SelectionSet) -> Iterator[str]:
    for selection in selections:
        if isinstance(selection, InlineFragment) and selection.defer and selection.defer.variable is not None:
            yield selection.defer.variable
        if selection.selections:
            yield from _variables(selection.selections)
