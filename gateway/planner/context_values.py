"""Values of ``@fromContext``: where they are read, and the variables that carry them into a fetch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gateway.planner.fetch_group import FetchGroup
from gateway.query_plan import ContextValue, Key, OnTypes, ResponsePath, VariableDefinition
from gateway.selection_set import Argument, InlineFragment, SelectionSet
from gateway.supergraph.model import ContextArgument


@dataclass(frozen=True, slots=True)
class ContextRead:
    """A value read at ``path`` of an object that is ``depth`` response keys below the root."""

    path: ResponsePath
    depth: int
    variable: VariableDefinition


@dataclass(frozen=True, slots=True)
class ContextUse:
    """What a field takes from contexts: its arguments, the values behind them, the groups that bring those."""

    arguments: tuple[Argument, ...]
    reads: tuple[ContextRead, ...]
    groups: frozenset[FetchGroup]

    def is_known_to(self, group: FetchGroup) -> bool:
        """Whether a group knows the values when it starts, and one value for each of its entities."""
        depth = key_count(group.path)
        return self.groups <= group.ancestors and all(read.depth <= depth for read in self.reads)

    def give(self, group: FetchGroup) -> None:
        """Make the values variables of the group."""
        depth = key_count(group.path)
        for read in self.reads:
            value = ContextValue(read.path, depth - read.depth, read.variable.name)
            group.context_values[value] = read.variable


class ContextVariables:
    """Names for the variables, one for each context argument and place where its context is set."""

    def __init__(self, taken: frozenset[str]) -> None:
        self._taken = set(taken)
        self._names: dict[tuple[ContextArgument, ResponsePath], str] = {}

    def of(self, argument: ContextArgument, path: ResponsePath) -> str:
        """The variable for the argument's value read at ``path``."""
        key = (argument, path)
        if key not in self._names:
            number = len(self._names)
            name = f"contextualArgument_{number}"
            while name in self._taken:
                number += 1
                name = f"contextualArgument_{number}"
            self._taken.add(name)
            self._names[key] = name
        return self._names[key]


def value_paths(selections: SelectionSet) -> Iterator[ResponsePath]:
    """Paths to the one value that a context's selection reads, one for each type condition in it."""
    for selection in selections:
        if isinstance(selection, InlineFragment):
            for path in value_paths(selection.selections):
                yield (OnTypes((selection.type_condition,)), *path) if selection.type_condition else path
        elif selection.selections:
            for path in value_paths(selection.selections):
                yield (Key(selection.response_key), *path)
        else:
            yield (Key(selection.response_key),)


def key_count(path: ResponsePath) -> int:
    """How many response keys a path has."""
    return sum(isinstance(step, Key) for step in path)
