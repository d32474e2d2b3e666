"""Where one can go from a vertex: by a field, by narrowing to a type, and by keys into other subgraphs.

Keys and requirements are themselves fields that must be found, possibly in further subgraphs, so the questions call
each other. They are answered by the least fixpoint: what is being asked already counts as "not yet". To find the key
that leads into a subgraph one may not go through that subgraph: ``avoid`` holds those that are being entered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from typing import TypeAlias

from gateway.composition.satisfiability.key_edges import KeyEdges, key_edges
from gateway.composition.satisfiability.subgraph_graph import SubgraphGraph, Vertex
from gateway.query_graph.standing import provided_below
from gateway.selection_set import Field, InlineFragment, SelectionSet
from gateway.supergraph.model import SubgraphField, TypeKind

TYPENAME = "__typename"
_MOST_COMBINATIONS = 64
"""Bound on the combinations followed when an abstract type's implementations each have several ways on."""

Labels: TypeAlias = Mapping[str, bool]
Contexts: TypeAlias = Mapping[str, Vertex]
Graphs: TypeAlias = frozenset[str] | None
"""Subgraphs to avoid; None avoids none, at any depth, which is quickly answered and at least as often with yes."""
Group: TypeAlias = tuple[Vertex, ...]
"""Vertices that must all go on: one for each implementation of an abstract type."""

NOWHERE: Graphs = frozenset()
_NO_LABELS: Labels = {}
_NO_CONTEXTS: Contexts = {}


@dataclass(slots=True)
class Reached:
    """Vertices by subgraph, the first one being the start; ``entered_by`` are the keys that led to the others."""

    vertices: dict[str, Vertex]
    entered_by: dict[str, frozenset[Field | InlineFragment]]

    def others(self) -> dict[str, Vertex]:
        """All but the start."""
        return dict(islice(self.vertices.items(), 1, None))


class Reachability:
    """Answers for one graph, remembered."""

    def __init__(self, graph: SubgraphGraph) -> None:
        self.graph = graph
        self._edges: dict[Vertex, KeyEdges] = {}
        self._reached: dict[tuple[Vertex, Graphs], dict[str, Vertex]] = {}
        self._reaching: dict[tuple[Vertex, Graphs], Reached] = {}
        self._resolved: dict[tuple[Vertex, SelectionSet, Graphs], bool] = {}
        self._resolving: set[tuple[Vertex, SelectionSet, Graphs]] = set()
        self._partial: set[object] = set()

    # --- by field

    def by_field(
        self,
        vertex: Vertex,
        name: str,
        labels: Labels = _NO_LABELS,
        contexts: Contexts = _NO_CONTEXTS,
        *,
        entered_by_key: bool = False,
        avoid: Graphs = NOWHERE,
    ) -> Group | None:
        """Where a field of the vertex's own leads: a vertex, nothing for a leaf, None when it is not resolved here."""
        own = vertex.own.fields.get(name)
        if own is None:
            return None
        if self.refusal(vertex, own, labels, contexts, entered_by_key=entered_by_key, avoid=avoid) is not None:
            return None
        if own.named_type not in vertex.subgraph.types:
            return ()
        below = self._provided(vertex, name)
        return (self.graph.vertex(vertex.subgraph.graph, own.named_type, _joined(below or (), own.provides)),)

    def refusal(
        self,
        vertex: Vertex,
        own: SubgraphField,
        labels: Labels,
        contexts: Contexts,
        *,
        entered_by_key: bool,
        avoid: Graphs = NOWHERE,
    ) -> str | None:
        """Why a field that the subgraph has is not resolved there; None when it is."""
        coordinate = f'"{vertex.type}.{own.name}"'
        if own.external and self._provided(vertex, own.name) is None:
            return f"field {coordinate} is @external there"
        if own.override is not None and labels.get(own.override.label) != own.override.active:
            return f'field {coordinate} is overridden there under label "{own.override.label}"'
        if not own.requires and not own.context_arguments:
            return None
        for argument in own.context_arguments:
            setter = contexts.get(argument.context)
            if setter is None:
                return f'field {coordinate} takes argument "{argument.name}" from a context that is not set on the way'
            if not self.resolves(setter, self._possible_part(setter, argument.selection), avoid):
                return f'the context of argument "{argument.name}" of field {coordinate} cannot be resolved'
        if own.requires and not self.resolves(vertex, own.requires, avoid):
            return f"what field {coordinate} @requires cannot be resolved"
        if (own.context_arguments or not entered_by_key) and not self._has_local_key(vertex):
            return f'field {coordinate} needs other data first, but "{vertex.type}" has no key by which to come back'
        return None

    def _possible_part(self, vertex: Vertex, selections: SelectionSet) -> SelectionSet:
        """A context's selection may have a fragment for each type that sets it."""
        possible = {vertex.type, *vertex.own.possible_types, *self.graph.implements.get(vertex.type, ())}
        return tuple(
            selection
            for selection in selections
            if not isinstance(selection, InlineFragment)
            or selection.type_condition is None
            or selection.type_condition in possible
        )

    def _provided(self, vertex: Vertex, name: str) -> SelectionSet | None:
        if not vertex.provided:
            return None
        return provided_below(vertex.provided, vertex.subgraph, vertex.type, name)

    def _has_local_key(self, vertex: Vertex) -> bool:
        """Whether the subgraph itself has all fields of a key; as the reference does, even of one not resolvable."""
        return any(not self._selects_external(vertex, vertex.type, key.fields) for key in vertex.own.keys)

    def _selects_external(self, vertex: Vertex, type_name: str, selections: SelectionSet) -> bool:
        own = vertex.subgraph.types.get(type_name)
        for selection in selections:
            if not isinstance(selection, Field):
                if self._selects_external(vertex, selection.type_condition or type_name, selection.selections):
                    return True
                continue
            found = own.fields.get(selection.name) if own else None
            if found is None:
                continue
            if found.external:
                return True
            if selection.selections and self._selects_external(vertex, found.named_type, selection.selections):
                return True
        return False

    # --- by type

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

    # --- by key

    def key_edges(self, vertex: Vertex) -> KeyEdges:
        """Ways into other subgraphs."""
        known = self._edges.get(vertex)
        if known is None:
            known = self._edges[vertex] = key_edges(vertex, self.graph)
        return known

    def reach(self, vertex: Vertex, avoid: Graphs = NOWHERE) -> Mapping[str, Vertex]:
        """By subgraph, all vertices of other subgraphs that keys lead to, one after the other."""
        question = (vertex, avoid)
        done = self._reached.get(question)
        if done is not None:
            return done
        if question in self._reaching:
            self._partial.add(question)
            return self._reaching[question].others()
        outer, self._partial = self._partial, set()
        found = self._reaching[question] = Reached({vertex.subgraph.graph: vertex}, {})
        while self._extend(found, avoid):
            pass
        del self._reaching[question]
        self._partial.discard(question)
        answer = found.others()
        if not self._partial:
            self._reached[question] = answer
        self._partial |= outer
        return answer

    def _extend(self, found: Reached, avoid: Graphs) -> bool:
        """Follow every key that can be resolved by now; whether that led anywhere new.

        Whoever came by a key does not go on by the same: it would have led there at once.
        """
        before = len(found.vertices)
        for source in list(found.vertices.values()):
            leading = self.key_edges(source)
            if leading.graphs <= found.vertices.keys():
                continue
            came_by = found.entered_by.get(source.subgraph.graph)
            for edge in leading.edges:
                graph = edge.graph
                if graph in found.vertices or (avoid and graph in avoid):
                    continue
                key = frozenset(edge.key or ())
                further = None if avoid is None else avoid | {graph}
                if key != came_by and (edge.key is None or self.resolves(source, edge.key, further)):
                    found.vertices[graph] = edge.target
                    found.entered_by[graph] = key
        return len(found.vertices) > before

    # --- field sets

    def resolves(self, vertex: Vertex, selections: SelectionSet, avoid: Graphs = NOWHERE) -> bool:
        """Whether all fields of a field set can be found from a vertex on."""
        if self._resolves_here(vertex, selections):
            return True
        question = (vertex, selections, avoid)
        known = self._resolved.get(question)
        if known is not None:
            return known
        if question in self._resolving:
            self._partial.add(question)
            return False
        if avoid is not None and not self.resolves(vertex, selections, None):
            # Without this the dead ends would be tried in every order.
            return False
        outer, self._partial = self._partial, set()
        self._resolving.add(question)
        answer = all(self._resolves([(vertex,)], selection, avoid) for selection in selections)
        self._resolving.discard(question)
        self._partial.discard(question)
        if answer or not self._partial:
            self._resolved[question] = answer
        self._partial |= outer
        return answer

    def _resolves_here(self, vertex: Vertex, selections: SelectionSet) -> bool:
        """The common case: plain leaf fields that the vertex itself has."""
        if vertex.own.kind is not TypeKind.OBJECT:
            return False
        for selection in selections:
            own = vertex.own.fields.get(selection.name) if isinstance(selection, Field) else None
            if own is None or own.external or own.requires or own.override or own.context_arguments:
                return False
            if own.named_type in vertex.subgraph.types:
                return False
        return True

    def _resolves(self, options: list[Group], selection: Field | InlineFragment, avoid: Graphs) -> bool:
        if isinstance(selection, InlineFragment):
            # Where no object can be of the type, the reference takes the whole field set for one that cannot be met.
            narrowed = [found for group in options if (found := self._narrowed(group, selection.type_condition))]
            return bool(narrowed) and all(self._resolves(narrowed, inner, avoid) for inner in selection.selections)
        following = [found for group in options for found in self._group_by_field(group, selection.name, avoid)]
        if not following:
            return False
        return all(self._resolves(following, inner, avoid) for inner in selection.selections or ())

    def _narrowed(self, group: Group, condition: str | None) -> Group:
        """The part of a group that a fragment applies to; nothing is left when no object can be of its type."""
        if condition is None:
            return group
        return tuple(
            self.graph.vertex(vertex.subgraph.graph, name, vertex.provided) if name in vertex.subgraph.types else vertex
            for vertex in group
            for name in self._possible(vertex, condition)
        )

    def _possible(self, vertex: Vertex, condition: str) -> tuple[str, ...]:
        if vertex.type == condition or vertex.own.is_interface_object:
            return (vertex.type,)
        own = vertex.subgraph.types.get(condition)
        wanted = own.possible_types if own else ()
        return tuple(name for name in vertex.own.possible_types if name in wanted)

    def _group_by_field(self, group: Group, name: str, avoid: Graphs) -> Iterator[Group]:
        ways = [list(self._from_anywhere(vertex, name, avoid)) for vertex in group]
        for combination in islice(product(*ways), _MOST_COMBINATIONS):
            yield tuple(dict.fromkeys(vertex for found in combination for vertex in found))

    def _from_anywhere(self, vertex: Vertex, name: str, avoid: Graphs) -> Iterator[Group]:
        """Ways to a field, from the vertex itself first."""
        yield from self._here(vertex, name, avoid, entered_by_key=False)
        for other in self.reach(vertex, avoid).values():
            yield from self._here(other, name, avoid, entered_by_key=True)

    def _here(self, vertex: Vertex, name: str, avoid: Graphs, *, entered_by_key: bool) -> Iterator[Group]:
        if name == TYPENAME:
            if not vertex.own.is_interface_object:
                yield ()
            return
        if vertex.own.kind is TypeKind.OBJECT:
            found = self.by_field(vertex, name, entered_by_key=entered_by_key, avoid=avoid)
            if found is not None:
                yield found
            return
        own = vertex.own.fields.get(name)
        types = [self.graph.vertex(vertex.subgraph.graph, each, vertex.provided) for each in vertex.own.possible_types]
        if (
            own is not None
            and not own.external
            and all(self.by_field(each, name, avoid=avoid) is not None for each in types)
        ):
            leaf = own.named_type not in vertex.subgraph.types
            yield () if leaf else (self.graph.vertex(vertex.subgraph.graph, own.named_type, own.provides),)
        elif types and not entered_by_key:
            yield from self._group_by_field(tuple(types), name, avoid)


def _joined(first: SelectionSet, second: SelectionSet) -> SelectionSet:
    return tuple(dict.fromkeys((*first, *second))) if first else second
