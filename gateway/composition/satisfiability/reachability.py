"""Where one can go from a vertex: by a field, by narrowing to a type, and by keys into other subgraphs."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.composition.satisfiability.closure import Closures
from gateway.composition.satisfiability.key_edges import KeyEdgeIndex
from gateway.composition.satisfiability.own_fields import ContextSetters, Labels, OwnFields
from gateway.composition.satisfiability.subgraph_graph import SubgraphGraph, Vertex
from gateway.composition.satisfiability.support import NOTHING, Group
from gateway.supergraph.model import SubgraphField


class Reachability:
    """Answers for one graph, remembered."""

    def __init__(self, graph: SubgraphGraph) -> None:
        self.graph = graph
        self._closure = Closures(KeyEdgeIndex(graph)).exact(NOTHING)
        self._own_fields = OwnFields(graph, self._closure)
        self._reached: dict[Vertex, dict[str, Vertex]] = {}

    def by_field(
        self,
        vertex: Vertex,
        name: str,
        labels: Labels,
        contexts: ContextSetters,
        *,
        entered_by_key: bool = False,
    ) -> Group | None:
        """Where a field of the vertex's own leads: a vertex, nothing for a leaf, None when it is not resolved here."""
        return self._own_fields.by_field(vertex, name, labels, contexts, entered_by_key=entered_by_key)

    def refusal(
        self, vertex: Vertex, own: SubgraphField, labels: Labels, contexts: ContextSetters, *, entered_by_key: bool
    ) -> str | None:
        """Why a field that the subgraph has is not resolved there; None when it is."""
        return self._own_fields.refusal(vertex, own, labels, contexts, entered_by_key=entered_by_key)

    def by_type(self, vertex: Vertex, type_name: str) -> Vertex | None:
        """The vertex of an object type seen from one that may be abstract; None when the subgraph cannot tell."""
        if vertex.own.is_interface_object and not self._knows_typename(vertex):
            return None
        return self.typed(vertex, type_name)

    def typed(self, vertex: Vertex, type_name: str) -> Vertex | None:
        """The same for objects already known to be of the type. An interface object stands for all of them."""
        if vertex.type == type_name or vertex.own.is_interface_object:
            return vertex
        if type_name in vertex.own.possible_types:
            return self.graph.vertex(vertex.subgraph.graph, type_name, vertex.provided)
        return None

    def _knows_typename(self, vertex: Vertex) -> bool:
        """An interface object does not know what object it stands for; another subgraph must tell."""
        return not vertex.own.is_interface_object or any(
            not other.own.is_interface_object for other in self.reach(vertex).values()
        )

    def reach(self, vertex: Vertex) -> Mapping[str, Vertex]:
        """By subgraph, all vertices of other subgraphs that keys lead to, one after the other."""
        found = self._reached.get(vertex)
        if found is None:
            arrivals = self._closure.reach(vertex)
            found = self._reached[vertex] = {graph: arrival.vertex for graph, arrival in arrivals.items()}
        return found
