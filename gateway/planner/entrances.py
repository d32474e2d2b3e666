"""Ways into subgraphs by key: who can supply a key, and which subgraphs can be reached at a position at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gateway.planner.path_tree import Choice, Entrance, Origin, Provider
from gateway.query_graph.edges import KeyEdge
from gateway.query_graph.graph import QueryGraph
from gateway.query_graph.standing import Standing
from gateway.selection_set import SelectionSet


@dataclass(frozen=True, slots=True)
class Known:
    """A standing that can supply keys: its name as a provider, and the wave of its fetch."""

    reference: int | str
    standing: Standing
    wave: int


ResolveKey = Callable[[str, SelectionSet, Sequence[Known]], Choice | None]
"""Resolves a key's fields for objects of a type from several standings and what they lead to; None when impossible."""


class Entrances:
    """Finds entrances at one position for objects of one type.

    ``tells_types`` says that fields are asked there of some object types and not of others.
    """

    def __init__(
        self,
        graph: QueryGraph,
        type_name: str,
        origins: Sequence[Origin],
        *,
        is_root: bool,
        tells_types: bool,
        resolve_key: ResolveKey,
    ) -> None:
        self._graph = graph
        self._type = type_name
        self._is_root = is_root
        self._tells_types = tells_types
        self._resolve_key = resolve_key
        self.known = [
            Known(number, standing, wave)
            for number, (standing, wave) in enumerate(origins)
            if type_name in standing.types
        ]
        self._reached: dict[str, Entrance] | None = None

    @property
    def reached(self) -> dict[str, Entrance]:
        """Each subgraph that can be entered, directly or by way of others, with its earliest entrance."""
        if self._reached is None:
            self._reached = self._reach()
        return self._reached

    def enter(self, subgraph: str, known: Sequence[Known], *, thorough: bool = True) -> Entrance | None:
        """The earliest entrance into a subgraph with keys from ``known`` standings."""
        if self._is_root:
            return self._enter_root(subgraph, known)
        best: Entrance | None = None
        edges = self._graph.edges(self._type).get(subgraph, ())
        for edge in edges:
            found = self._supply(edge, known)
            if found is not None and (best is None or found.wave < best.wave):
                best = found
        if best is None and thorough:
            for edge in edges:
                found = self._supply_by_detour(edge, known)
                if found is not None and (best is None or found.wave < best.wave):
                    best = found
        return best

    def door(self, subgraph: str, types: frozenset[str], entrance: Entrance) -> Standing:
        """The standing behind an entrance."""
        target, edge = self._graph.supergraph.subgraphs[subgraph], entrance.edge
        if edge is None:
            return self._graph.standing(target, self._type)
        interface_object = edge.entry_type if edge.is_interface_object else None
        return self._graph.door(target, types, interface_object, is_typed=entrance.is_typed)

    def _reach(self) -> dict[str, Entrance]:
        known = list(self.known)
        reached: dict[str, Entrance] = {}
        targets = list(self._graph.supergraph.subgraphs) if self._is_root else list(self._graph.edges(self._type))
        for thorough in (False, True):
            while True:
                found = {
                    target: entrance
                    for target in targets
                    if target not in reached
                    for entrance in (self.enter(target, known, thorough=thorough),)
                    if entrance is not None
                }
                if not found:
                    break
                earliest = min(entrance.wave for entrance in found.values())
                for target, entrance in found.items():
                    if entrance.wave == earliest:
                        reached[target] = entrance
                        standing = self.door(target, frozenset((self._type,)), entrance)
                        known.append(Known(target, standing, entrance.wave))
            if len(reached) == len(targets):
                break
        return reached

    def _enter_root(self, subgraph: str, known: Sequence[Known]) -> Entrance | None:
        own = self._graph.supergraph.subgraphs[subgraph].types.get(self._type)
        if own is None or not own.fields:
            return None
        first = min((item for item in known), key=lambda item: item.wave, default=None)
        if first is None:
            return Entrance(None, 0)
        return Entrance(None, first.wave + 1, ((first.reference, ()),))

    def _supply(self, edge: KeyEdge, known: Sequence[Known]) -> Entrance | None:
        """All of the key from one standing, or each of its fields from the earliest that has it."""
        usable = [item for item in known if self._may_supply(item.standing, edge)]
        best: Known | None = None
        for item in usable:
            if (best is None or item.wave < best.wave) and self._graph.covers(item.standing, self._type, edge.key):
                best = item
        if best is not None:
            is_typed = best.standing.is_typed or not edge.is_interface_object
            return Entrance(edge, best.wave + 1, ((best.reference, edge.key),), is_typed=is_typed)
        if len(edge.key) == 1:
            return None
        providers: list[Provider] = []
        wave, is_typed = 0, not edge.is_interface_object
        for selection in edge.key:
            able = [item for item in usable if self._graph.covers(item.standing, self._type, (selection,))]
            if not able:
                return None
            earliest = min(able, key=lambda item: item.wave)
            providers.append((earliest.reference, (selection,)))
            wave, is_typed = max(wave, earliest.wave), is_typed or earliest.standing.is_typed
        return Entrance(edge, wave + 1, tuple(providers), is_typed=is_typed)

    def _supply_by_detour(self, edge: KeyEdge, known: Sequence[Known]) -> Entrance | None:
        """The key by way of other entities inside it."""
        usable = [item for item in known if item.standing.is_typed and item.standing.subgraph.name != edge.subgraph]
        if not usable or not any(item.selections for item in edge.key if hasattr(item, "selections")):
            return None
        choice = self._resolve_key(self._type, edge.key, usable)
        if choice is None:
            return None
        return Entrance(edge, choice.arrival + 1, tuple((item.reference, ()) for item in usable), choice)

    def _may_supply(self, standing: Standing, edge: KeyEdge) -> bool:
        """A standing that cannot tell types can only name the interface that it stands for.

        Where fields are asked of some types only, that must lead to a subgraph which tells them.
        """
        if standing.is_typed:
            return True
        tells = edge.is_interface or (edge.is_interface_object and not self._tells_types)
        return standing.type == edge.entry_type and tells
