"""Which deferred fields are left to a later fetch, though the first one could bring them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.planner.operation_tree import Entry
from gateway.query_graph.graph import TYPENAME
from gateway.selection_set import Field, SelectionSet

if TYPE_CHECKING:
    from gateway.planner.position_search import PositionSearch


def put_off(search: PositionSearch, entry: Entry, types: frozenset[str]) -> frozenset[str]:
    """The types whose deferred field waits for a fetch of its own.

    What is asked of an interface waits only where the interface itself can be entered by key: the first fetch asks for
    all of its types at once. A key does not wait: the first fetch brings it in any case.
    """
    if not search.position.is_deferred or entry.name == TYPENAME:
        return frozenset()
    interface = entry.condition if entry.condition not in types else None
    return frozenset(
        name
        for name in types
        if not all(_is_key(search, entry, name, subgraph) for subgraph in search.plain_subgraphs(name, entry.name))
        and (interface is None or _is_entered_as(search, interface, name))
    )


def _is_entered_as(search: PositionSearch, interface: str, type_name: str) -> bool:
    return any(edge.entry_type == interface for edges in search.graph.edges(type_name).values() for edge in edges)


def _is_key(search: PositionSearch, entry: Entry, type_name: str, subgraph: str) -> bool:
    edge = search.entrances_of(type_name).reached[subgraph].edge
    return edge is not None and _brings(edge.key, entry)


def _brings(key: SelectionSet, entry: Entry) -> bool:
    """Whether all that an entry asks is asked by a key anyway."""
    if entry.name == TYPENAME:
        return True
    found = [item for item in key if isinstance(item, Field) and item.name == entry.name and not entry.arguments]
    if not found or entry.child is None:
        return bool(found)
    below = (*entry.child.entries, *(item for deferred in entry.child.deferred for item in deferred.entries))
    return all(_brings(found[0].selections or (), item) for item in below)
