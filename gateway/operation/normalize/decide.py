"""Deciding: conditions that the enclosing selections have settled already, for or against, are gone.

Inside ``@include(if: $a)`` another one says nothing, and ``@skip(if: $a)`` means never. A field left without
selections stays: its object is still asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gateway.selection_set import Condition, InlineFragment, Selection, SelectionSet

Settled = frozenset[Condition]
_Known = dict[tuple[int, Settled], SelectionSet]


def decide(selections: SelectionSet, settled: Settled = frozenset()) -> SelectionSet:
    """The selections as they are where the ``settled`` conditions hold; the same object stays one object."""
    return _decided(selections, settled, {})


def _decided(selections: SelectionSet, settled: Settled, known: _Known) -> SelectionSet:
    key = (id(selections), settled)
    found = known.get(key)
    if found is None:
        found = known[key] = tuple(_each(selections, settled, known))
    return found


def _each(selections: SelectionSet, settled: Settled, known: _Known) -> Iterator[Selection]:
    for selection in selections:
        if any(Condition(item.variable, not item.expected) in settled for item in selection.conditions):
            continue
        inside = settled.union(selection.conditions)
        conditions = tuple(item for item in selection.conditions if item not in settled)
        if selection.selections is None:
            yield replace(selection, conditions=conditions)
            continue
        below = _decided(selection.selections, inside, known)
        if below or not isinstance(selection, InlineFragment):
            yield replace(selection, conditions=conditions, selections=below)
