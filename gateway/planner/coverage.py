"""What a standing can do for a position and all below it, as bits: so that useless choices are never tried.

A standing that can do nothing that another cannot, and is no earlier, is dominated by it: dropping it loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from gateway.planner.operation_tree import Position
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

    def of(self, standing: Standing, position: Position) -> int:
        """The bits of all that the standing resolves from the position on, and of the keys that it can supply."""
        memo = (standing, position)
        found = self._known.get(memo)
        if found is None:
            self._known[memo] = 0  # a requirement that leads back here adds nothing
            found = self._entries(standing, position) | self._keys(standing, position)
            self._known[memo] = found
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
        for entry in (*position.entries, *(item for deferred in position.deferred for item in deferred.entries)):
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
