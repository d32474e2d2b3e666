"""Edges between subgraphs: the keys by which an entity is found again, and root types, which are everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gateway.composition.merge.shape import ROOT_TYPES
from gateway.composition.satisfiability.subgraph_graph import SubgraphGraph, Vertex
from gateway.selection_set import Field, InlineFragment, SelectionSet
from gateway.supergraph.model import TypeKind


@dataclass(frozen=True, slots=True)
class KeyEdge:
    """A way to ``target`` for whoever can resolve ``key``; None leads there unconditionally (root types)."""

    target: Vertex
    key: SelectionSet | None
    selections: frozenset[Field | InlineFragment] = frozenset()
    """Those of the key, in no order."""

    @property
    def graph(self) -> str:
        """The subgraph it leads to."""
        return self.target.subgraph.graph


@dataclass(frozen=True, slots=True)
class KeyEdges:
    """All edges of a vertex, and all subgraphs that they lead to."""

    edges: tuple[KeyEdge, ...]
    graphs: frozenset[str]


class KeyEdgeIndex:
    """The ways from each vertex into other subgraphs, remembered."""

    def __init__(self, graph: SubgraphGraph) -> None:
        self.graph = graph
        self._edges: dict[Vertex, KeyEdges] = {}

    def of(self, vertex: Vertex) -> KeyEdges:
        """All ways into other subgraphs."""
        found = self._edges.get(vertex)
        if found is None:
            edges = tuple(_edges(vertex, self.graph))
            found = self._edges[vertex] = KeyEdges(edges, frozenset(edge.graph for edge in edges))
        return found


def _edges(vertex: Vertex, graph: SubgraphGraph) -> Iterator[KeyEdge]:
    """To the same type elsewhere, and to interface objects that stand for an object."""
    names = [vertex.type]
    if vertex.own.kind is TypeKind.OBJECT and not vertex.own.is_interface_object:
        names += graph.implements.get(vertex.type, ())
    for name in names:
        for other in graph.graphs_of(name):
            target = graph.vertex(other, name)
            if other == vertex.subgraph.graph:
                continue
            if name in ROOT_TYPES:
                yield KeyEdge(target, None)
            elif name == vertex.type or target.own.is_interface_object:
                for key in target.own.keys:
                    if key.resolvable:
                        yield KeyEdge(target, key.fields, frozenset(key.fields))
