"""Merging: a selection that repeats an earlier one is joined with it, where the answer's order stays the same.

The answer has each response key where it first occurs for the object's type
(https://spec.graphql.org/draft/#CollectFields()). A field may therefore be joined with an earlier one, unless something
between them asks for the same key, and a fragment only with the one just before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gateway.selection_set import Field, InlineFragment, Selection, SelectionSet


def merge(selections: SelectionSet) -> SelectionSet:
    """The selections, and those inside, with repetitions joined."""
    merged: list[Selection] = []
    last_with: dict[object, int] = {}
    last_asking: dict[str, int] = {}
    for selection in _once(selections):
        if isinstance(selection, Field):
            signature = _signature(selection)
            earlier = last_with.get(signature)
            known = merged[earlier] if earlier is not None else None
            if known is None or (selection.selections is not None and last_asking[selection.response_key] != earlier):
                last_with[signature] = last_asking[selection.response_key] = len(merged)
                merged.append(selection)
            elif selection.selections is not None and known.selections is not None:
                merged[last_with[signature]] = replace(known, selections=(*known.selections, *selection.selections))
            continue
        before = merged[-1] if merged else None
        if isinstance(before, InlineFragment) and _signature(before) == _signature(selection) and not selection.defer:
            merged[-1] = replace(before, selections=(*before.selections, *selection.selections))
        else:
            merged.append(selection)
        for key in _response_keys(selection):
            last_asking[key] = len(merged) - 1
    done = (item if item.selections is None else replace(item, selections=merge(item.selections)) for item in merged)
    return tuple(item for item in done if not (isinstance(item, InlineFragment) and not item.selections))


def _once(selections: SelectionSet) -> Iterator[Selection]:
    """The selections without repetitions of one object: what a fragment asks that is spread several times."""
    seen: set[int] = set()
    for selection in selections:
        if id(selection) not in seen:
            yield selection
        if isinstance(selection, Field) or not selection.defer:
            seen.add(id(selection))


def _signature(selection: Selection) -> tuple[object, ...]:
    """What two selections must have in common to be joined."""
    if isinstance(selection, Field):
        return (
            selection.response_key,
            selection.name,
            selection.arguments,
            selection.directives,
            selection.conditions,
        )
    return (selection.type_condition, selection.directives, selection.conditions, selection.defer)


def _response_keys(fragment: InlineFragment) -> set[str]:
    found: set[str] = set()
    for selection in fragment.selections:
        found |= {selection.response_key} if isinstance(selection, Field) else _response_keys(selection)
    return found
