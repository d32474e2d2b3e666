"""Whether two selections for different objects could not be asked for together.

Below two fields that share a response key, but stand on different object types, the same key may mean different
things. Their objects lie at one response path, so one fetch would serve both: it must not when they conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gateway.selection_set import Argument, Field, InlineFragment, Selection, SelectionSet

PossibleTypes = Mapping[str, tuple[str, ...]]

_Use = tuple[frozenset[str] | None, str, tuple[Argument, ...], SelectionSet]
"""Types that a field is asked of (None: any), its name, its arguments, what is below it."""


def conflict(one: SelectionSet, other: SelectionSet, possible_types: PossibleTypes) -> bool:
    """Whether a response key means two things, here or below, for objects of one type."""
    if one == other:
        return False
    first, second = _uses(one, possible_types), _uses(other, possible_types)
    return any(
        _meet(types, other_types)
        and (
            (name, arguments) != (other_name, other_arguments)
            or (bool(below) and conflict(below, other_below, possible_types))
        )
        for key in first.keys() & second.keys()
        for types, name, arguments, below in first[key]
        for other_types, other_name, other_arguments, other_below in second[key]
    )


def has_rivals(selections: Iterable[Selection]) -> bool:
    """Whether a field occurs twice under different response keys, here or below: with different arguments.

    A representation holds fields by name; it has no aliases.
    """
    by_name: dict[str, dict[str, list[Selection]]] = {}
    for each in _fields(selections):
        by_name.setdefault(each.name, {}).setdefault(each.response_key, []).extend(each.selections or ())
    return any(len(uses) > 1 or any(has_rivals(below) for below in uses.values()) for uses in by_name.values())


def _fields(selections: Iterable[Selection]) -> Iterator[Field]:
    for selection in selections:
        if isinstance(selection, Field):
            yield selection
        else:
            yield from _fields(selection.selections)


def _uses(selections: SelectionSet, possible_types: PossibleTypes) -> dict[str, list[_Use]]:
    found: dict[str, list[_Use]] = {}
    for key, use in _each_use(selections, None, possible_types):
        found.setdefault(key, []).append(use)
    return found


def _each_use(
    selections: SelectionSet, types: frozenset[str] | None, possible_types: PossibleTypes
) -> Iterator[tuple[str, _Use]]:
    for selection in selections:
        if isinstance(selection, InlineFragment):
            inner = types
            if selection.type_condition is not None:
                narrowed = frozenset(possible_types.get(selection.type_condition, ()))
                inner = narrowed if types is None else types & narrowed
            yield from _each_use(selection.selections, inner, possible_types)
        else:
            yield (
                selection.response_key,
                (types, selection.name, selection.arguments, selection.selections or ()),
            )


def _meet(one: frozenset[str] | None, other: frozenset[str] | None) -> bool:
    return one is None or other is None or not one.isdisjoint(other)
