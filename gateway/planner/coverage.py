"""What a standing can do for a position and all below it, as bits: so that useless choices are never tried.

A standing that can do nothing that another cannot, and is no earlier, is dominated by it: dropping it loses nothing.
What all standings of a combination leave undone tells how many fetches have to follow at least.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from gateway.planner.operation_tree import Entry, Position
from gateway.query_graph.graph import QueryGraph
from gateway.query_graph.standing import Standing
from gateway.selection_set import SelectionSet

_Item = TypeVar("_Item")


class Coverage:
    """Coverage for one operation. ``added`` gives the position for what a field requires, beside that of the field."""

    def __init__(self, graph: QueryGraph, added: Callable[[Position, str, SelectionSet], Position]) -> None:
        self._graph = graph
        self._added = added
        self._bits: dict[object, int] = {}
        self._known: dict[tuple[Standing, Position], int] = {}
        self._asked: dict[tuple[Position, frozenset[str]], dict[frozenset[str], int]] = {}

    def of(self, standing: Standing, position: Position) -> int:
        """The bits of all that the standing resolves from the position on, and of the keys that it can supply."""
        memo = (standing, position)
        found = self._known.get(memo)
        if found is None:
            self._known[memo] = 0  # a requirement that leads back here adds nothing
            found = self._entries(standing, position) | self._keys(standing, position)
            self._known[memo] = found
        return found

    def fetches_left(self, position: Position, types: frozenset[str], done: int) -> int:
        """How many subgraphs have to be fetched from, at least, to do what is left undone at the position and below.

        Of the fields that are left, those that have no subgraph in common need one each. ``types`` are those that can
        occur there.
        """
        taken: set[str] = set()
        count = 0
        for subgraphs, bits in self._asked_by_subgraphs(position, types).items():
            if bits & ~done and taken.isdisjoint(subgraphs):
                taken |= subgraphs
                count += 1
        return count

    def _asked_by_subgraphs(self, position: Position, types: frozenset[str]) -> dict[frozenset[str], int]:
        """The bits of fields that are asked for certain, by the subgraphs that know them; fewest subgraphs first.

        Left out is what may not have to be fetched: for types that may not occur, and behind requirements, whose
        fetch may be one that is made anyway.
        """
        memo = (position, types)
        found = self._asked.get(memo)
        if found is None:
            unsorted: dict[frozenset[str], int] = {}
            for entry in _all_entries(position):
                certain = [
                    name for name in entry.runtime & types if not self._graph.conditional_edges(name, entry.name)
                ]
                for type_name in certain:
                    subgraphs = self._graph.knowing(type_name, entry.name)
                    unsorted[subgraphs] = unsorted.get(subgraphs, 0) | self._bit((entry, type_name))
                if certain and entry.child is not None and len(entry.child.types) == 1:
                    for subgraphs, bits in self._asked_by_subgraphs(entry.child, entry.child.types).items():
                        unsorted[subgraphs] = unsorted.get(subgraphs, 0) | bits
            unsorted.pop(frozenset(), None)
            found = self._asked[memo] = dict(sorted(unsorted.items(), key=lambda item: len(item[0])))
        return found

    def undominated(self, items: Iterable[_Item], coverage: Sequence[int], waves: Sequence[int]) -> list[_Item]:
        """The items that no other dominates; of equal ones the first."""
        return [
            item
            for number, item in enumerate(items)
            if not any(
                other != number
                and not coverage[number] & ~coverage[other]
                and waves[other] <= waves[number]
                and (other < number or coverage[other] != coverage[number] or waves[other] < waves[number])
                for other in range(len(coverage))
            )
        ]

    def _entries(self, standing: Standing, position: Position) -> int:
        bits = self._bit(("typed", position)) if standing.is_typed else 0
        alive = position.types & standing.types
        for entry in _all_entries(position):
            for address in self._graph.resolve(
                standing, entry.name, entry.condition, entry.runtime, alive & entry.runtime
            ):
                for type_name in address.types:
                    bits |= self._bit((entry, type_name))
                if entry.child is not None and address.field is not None:
                    below = self._graph.standing(standing.subgraph, address.field.named_type, address.provided)
                    bits |= self.of(below, entry.child)
            for type_name in alive & entry.runtime:
                for edge, own_field in self._graph.conditional_edges(type_name, entry.name):
                    if edge.subgraph == standing.subgraph.name:
                        bits |= self._bit(("conditional", entry, type_name))
                    if own_field.requires:
                        bits |= self.of(standing, self._added(position, type_name, own_field.requires))
        return bits

    def _keys(self, standing: Standing, position: Position) -> int:
        bits = 0
        for type_name in position.types & standing.types:
            for edges in self._graph.edges(type_name).values():
                for edge in edges:
                    if self._graph.covers(standing, type_name, edge.key):
                        bits |= self._bit((position, type_name, edge.key))
        return bits

    def _bit(self, subject: object) -> int:
        return 1 << self._bits.setdefault(subject, len(self._bits))


def _all_entries(position: Position) -> tuple[Entry, ...]:
    return (*position.entries, *(item for deferred in position.deferred for item in deferred.entries))
