"""Key edges: the ways into a subgraph for an entity that another subgraph returned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gateway.selection_set import SelectionSet
from gateway.supergraph.model import Subgraph, Supergraph, TypeKind


@dataclass(frozen=True, slots=True)
class KeyEdge:
    """``subgraph`` resolves an entity from ``key``.

    ``entry_type`` is the type that the representation names and that the subgraph answers with: the object type
    itself, or an interface of it. ``is_interface_object`` tells that the interface is an object type there, so that
    the representation's ``__typename`` has to be rewritten and the answer does not tell the object's type.
    """

    subgraph: str
    entry_type: str
    key: SelectionSet
    is_interface_object: bool = False
    is_interface: bool = False


def key_edges(supergraph: Supergraph, type_name: str) -> tuple[KeyEdge, ...]:
    """All edges for objects of the object type ``type_name``, in the order of subgraphs and keys."""
    interfaces = [
        name for name, possible in supergraph.possible_types.items() if name != type_name and type_name in possible
    ]
    return tuple(
        edge
        for subgraph in supergraph.subgraphs.values()
        for edge in (*_own_edges(subgraph, type_name), *_interface_edges(subgraph, interfaces, type_name))
    )


def _own_edges(subgraph: Subgraph, type_name: str) -> Iterator[KeyEdge]:
    own = subgraph.types.get(type_name)
    if own is not None and own.kind is TypeKind.OBJECT:
        for key in own.keys:
            if key.resolvable:
                yield KeyEdge(subgraph.name, type_name, key.fields, is_interface_object=own.is_interface_object)


def _interface_edges(subgraph: Subgraph, interfaces: Iterable[str], type_name: str) -> Iterator[KeyEdge]:
    for name in interfaces:
        own = subgraph.types.get(name)
        if own is None:
            continue
        is_interface = own.kind is TypeKind.INTERFACE and type_name in own.possible_types
        if own.is_interface_object or is_interface:
            for key in own.keys:
                if key.resolvable:
                    yield KeyEdge(
                        subgraph.name,
                        name,
                        key.fields,
                        is_interface_object=own.is_interface_object,
                        is_interface=is_interface,
                    )
