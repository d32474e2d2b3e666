"""Handles: standings with the fetch behind them, which is made only when something is really asked of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gateway.planner.fetch_group import FetchGroup
from gateway.planner.selection_builder import SelectionBuilder
from gateway.query_graph.standing import Standing


@dataclass(frozen=True, slots=True)
class Place:
    """Where selections for a standing go."""

    group: FetchGroup
    selections: SelectionBuilder


class Handle:
    """A standing at a position. ``make`` opens its fetch for objects of one type; it runs once for each type."""

    __slots__ = ("_make", "_places", "standing", "wave")

    def __init__(self, standing: Standing, wave: int, make: Callable[[str], list[Place]]) -> None:
        self.standing = standing
        self.wave = wave
        self._make = make
        self._places: dict[str, list[Place]] = {}

    @property
    def is_open(self) -> bool:
        """Whether something was asked of it."""
        return bool(self._places)

    def open(self, types: Iterable[str]) -> list[tuple[Place, frozenset[str]]]:
        """The places for objects of the types, each with the types that it is for."""
        found: dict[int, tuple[Place, set[str]]] = {}
        for type_name in sorted(types):
            places = self._places.get(type_name)
            if places is None:
                places = self._places[type_name] = self._make(type_name)
            for place in places:
                found.setdefault(id(place.selections), (place, set()))[1].add(type_name)
        return [(place, frozenset(names)) for place, names in found.values()]
