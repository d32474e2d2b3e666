"""The fields of a mutation in the order of execution: each response key once, where it first occurs.

The answer has a key once, however often the operation asks for it, and executes it as often
(https://spec.graphql.org/draft/#CollectFields()). A subgraph keeps to that within one request; so must the plan, where
a key is asked for in several requests. Where variables decide which of them comes first, each asks for the key under
the conditions that leave it to it, and for all that the operation asks below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from gateway.operation.normalize.decide import decide
from gateway.selection_set import Condition, Field, InlineFragment, Selection, SelectionSet

Conditions: TypeAlias = frozenset[Condition]

MAX_CASES: Final = 16
"""Combinations of conditions that are told apart for one key; with more it is executed earlier than it may have to."""

ALWAYS: Conditions = frozenset()


@dataclass(frozen=True, eq=False, slots=True)
class _Occurrence:
    """A field by itself, inside the fragments that it stands in, with all the conditions on its way."""

    key: str
    conditions: Conditions
    selection: Selection


def requests_in_order(selections: SelectionSet, subgraph_of: Callable[[SelectionSet], str]) -> list[SelectionSet]:
    """What is asked for in each request: fields that one subgraph executes, as long as they are neighbours.

    ``subgraph_of`` tells who executes a key, from all that is asked for under it; it is empty where that does not
    matter.
    """
    found = list(_occurrences(selections, ()))
    by_key: dict[str, list[_Occurrence]] = {}
    for occurrence in found:
        by_key.setdefault(occurrence.key, []).append(occurrence)
    subgraphs = {key: subgraph_of(tuple(item.selection for item in same)) for key, same in by_key.items()}
    cases = {key: [ALWAYS] for key in by_key}
    requests = []
    for together in _neighbours(_that_may_be_first(found), subgraphs):
        keys = dict.fromkeys(item.key for item in together)
        by_key |= {key: [item for item in by_key[key] if item not in together] for key in keys}
        asked = list(_asked(together, cases, by_key))
        for key in keys:
            left = _left(cases[key], [item.conditions for item in together if item.key == key])
            if len(left) > MAX_CASES:
                asked += [part for case in cases[key] for part in _in_case(case, _selections(by_key[key]))]
                left = []
            cases[key] = left
        if asked:
            requests.append(tuple(asked))
    return requests


def _occurrences(selections: SelectionSet, around: tuple[Condition, ...]) -> Iterator[_Occurrence]:
    for selection in selections:
        conditions = (*around, *selection.conditions)
        if isinstance(selection, Field):
            yield _Occurrence(selection.response_key, frozenset(conditions), selection)
        else:
            for item in _occurrences(selection.selections, conditions):
                yield replace(item, selection=replace(selection, selections=(item.selection,)))


def _that_may_be_first(found: Iterable[_Occurrence]) -> Iterator[_Occurrence]:
    """Those before which their key does not occur in any case."""
    certain: set[str] = set()
    for item in found:
        if item.key not in certain:
            yield item
        if not item.conditions:
            certain.add(item.key)


def _neighbours(found: Iterable[_Occurrence], subgraphs: dict[str, str]) -> list[list[_Occurrence]]:
    runs: list[tuple[str, list[_Occurrence]]] = []
    for item in found:
        subgraph = subgraphs[item.key]
        if runs and subgraph in {"", runs[-1][0]}:
            runs[-1][1].append(item)
        else:
            runs.append((subgraph, [item]))
    return [run for _, run in runs]


def _asked(
    together: list[_Occurrence], cases: dict[str, list[Conditions]], later: dict[str, list[_Occurrence]]
) -> Iterator[Selection]:
    """The occurrences in the cases that are left to them; each also asks what its key is asked for later on."""
    for item in together:
        for case in cases[item.key]:
            yield from _in_case(case, (item.selection,))
            yield from _in_case(case | item.conditions, _selections(later[item.key]))


def _selections(found: list[_Occurrence]) -> SelectionSet:
    return tuple(item.selection for item in found)


def _in_case(case: Conditions, selections: SelectionSet) -> SelectionSet:
    """The selections under further conditions; nothing where they contradict these."""
    if not case or not selections:
        return selections
    if any(Condition(item.variable, not item.expected) in case for item in case):
        return ()
    decided = decide(selections, case)
    return (InlineFragment(None, decided, conditions=tuple(sorted(case))),) if decided else ()


def _left(cases: list[Conditions], alternatives: list[Conditions]) -> list[Conditions]:
    """The cases, told apart further, in which none of the alternatives holds."""
    for conditions in alternatives:
        rest: list[Conditions] = []
        for case in cases:
            held = case
            for condition in sorted(conditions - case):
                opposite = Condition(condition.variable, not condition.expected)
                rest.append(held | {opposite})
                if opposite in held:
                    break
                held |= {condition}
        cases = rest
    return cases
