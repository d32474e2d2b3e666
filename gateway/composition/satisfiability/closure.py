"""Where keys lead from each vertex, and which field sets that finds, while some subgraphs must not be entered.

To find the key that leads into a subgraph one may not go through that subgraph. An ``Exact`` closure keeps to that: it
asks a closure that avoids one subgraph more whether a key can be found. Asked of every key, that would be a closure
for each set of subgraphs. So an ``Estimate`` comes first: one closure in which keys may be found by any way, which
notes the subgraphs of the way that it found. Its no is final. Its yes is, too, unless some key was found by going
through the very subgraph that it leads into; that alone puts an answer in doubt. Where all entities of a path are of
one type, no doubt remains: who gets to a subgraph on the way to its key is there already.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TypeAlias

from gateway.composition.satisfiability.field_sets import FieldSets, resolves_here
from gateway.composition.satisfiability.fixpoint import Fixpoint
from gateway.composition.satisfiability.key_edges import KeyEdge, KeyEdgeIndex
from gateway.composition.satisfiability.subgraph_graph import Vertex
from gateway.composition.satisfiability.support import DOUBT, NOTHING, Arrival, Support, is_better, is_certain
from gateway.selection_set import SelectionSet

_MOST_AVOIDED = 4
"""Bound on doubts within doubts, lest there be a closure for every set of subgraphs: what is in doubt beyond is yes."""

_Question: TypeAlias = tuple[Vertex, SelectionSet | None]
"""Whether a field set is found from a vertex on; None asks where keys lead from there."""


class Closure(ABC):
    """Answers for one set of subgraphs to ``avoid``, remembered."""

    def __init__(self, edges: KeyEdgeIndex, avoid: frozenset[str]) -> None:
        self._edges = edges
        self._avoid = avoid
        self._reached: dict[Vertex, dict[str, Arrival]] = {}
        self._supports: dict[tuple[Vertex, SelectionSet], Support] = {}
        self._field_sets = FieldSets(edges.graph, self)
        self._fixpoint: Fixpoint[_Question] = Fixpoint(self._improve)

    def reach(self, vertex: Vertex) -> Mapping[str, Arrival]:
        """By subgraph, what keys lead to from a vertex, one after the other."""
        self._fixpoint.ask((vertex, None))
        return self._reached.get(vertex, {})

    def resolves(self, vertex: Vertex, selections: SelectionSet) -> Support | None:
        """What finding all fields of a field set from a vertex on rests on; None when they are not found."""
        if resolves_here(vertex, selections):
            return NOTHING
        question = (vertex, selections)
        known = self._supports.get(question)
        if known is not None and is_certain(known):
            return known
        self._fixpoint.ask(question)
        return self._supports.get(question)

    @abstractmethod
    def _enters(self, source: Arrival, edge: KeyEdge) -> Support | None:
        """What following an edge rests on beside the way to its source; None when it cannot be followed."""

    def _improve(self, question: _Question) -> bool:
        vertex, selections = question
        return self._improve_reach(vertex) if selections is None else self._improve_support(vertex, selections)

    def _improve_support(self, vertex: Vertex, selections: SelectionSet) -> bool:
        support = self._field_sets.support(vertex, selections)
        if support is None or not is_better(support, self._supports.get((vertex, selections))):
            return False
        self._supports[vertex, selections] = support
        return True

    def _improve_reach(self, vertex: Vertex) -> bool:
        """Follow every key that can be found by now, until that leads nowhere new."""
        start = Arrival(vertex, None, NOTHING)
        found = self._reached.setdefault(vertex, {})
        changed = False
        while self._extend(start, found):
            changed = True
        return changed

    def _extend(self, start: Arrival, found: dict[str, Arrival]) -> bool:
        done = {start.vertex.subgraph.graph, *self._avoid}
        done.update(graph for graph, arrival in found.items() if is_certain(arrival.support))
        extended = False
        for source in (start, *found.values()):
            leading = self._edges.of(source.vertex)
            if leading.graphs <= done:
                continue
            for edge in leading.edges:
                if edge.graph in done:
                    continue
                further = self._enters(source, edge)
                if further is None:
                    continue
                support = source.support | further | {edge.graph}
                before = found.get(edge.graph)
                if before is None or (before.vertex is edge.target and is_better(support, before.support)):
                    found[edge.graph] = Arrival(edge.target, edge.selections, support)
                    extended = True
                    if is_certain(support):
                        done.add(edge.graph)
        return extended


class Estimate(Closure):
    """Lets keys be found by any way. What it finds may be in doubt, what it does not find is not to be found."""

    def _enters(self, source: Arrival, edge: KeyEdge) -> Support | None:
        if edge.key is None:
            return NOTHING
        support = self.resolves(source.vertex, edge.key)
        if support is None:
            return None
        return support | DOUBT if edge.graph in support or edge.selections == source.came_by else support


class Closures:
    """All closures of a graph."""

    def __init__(self, edges: KeyEdgeIndex) -> None:
        self._edges = edges
        self._estimates: dict[frozenset[str], Estimate] = {}
        self._exact: dict[frozenset[str], Exact] = {}

    def exact(self, avoid: frozenset[str]) -> Exact:
        """The closure that answers for a set of subgraphs to avoid."""
        found = self._exact.get(avoid)
        if found is None:
            found = self._exact[avoid] = Exact(self._edges, avoid, self)
        return found

    def estimate(self, vertex: Vertex, selections: SelectionSet, avoid: frozenset[str]) -> bool | None:
        """Whether a field set is found from a vertex on; None when that is in doubt.

        What is found without entering any that are to be avoided needs no closure of its own.
        """
        for avoided in (NOTHING, avoid):
            estimate = self._estimates.get(avoided)
            if estimate is None:
                estimate = self._estimates[avoided] = Estimate(self._edges, avoided)
            support = estimate.resolves(vertex, selections)
            if support is None:
                return False
            if is_certain(support) and not support & avoid:
                return True
        return None


class Exact(Closure):
    """Lets the key into a subgraph be found only by ways that do not go through that subgraph."""

    def __init__(self, edges: KeyEdgeIndex, avoid: frozenset[str], closures: Closures) -> None:
        super().__init__(edges, avoid)
        self._closures = closures

    def resolves(self, vertex: Vertex, selections: SelectionSet) -> Support | None:
        """``NOTHING`` when a field set is found from a vertex on, None when not."""
        if resolves_here(vertex, selections):
            return NOTHING
        estimate = self._closures.estimate(vertex, selections, self._avoid)
        if estimate is None and len(self._avoid) <= _MOST_AVOIDED:
            return super().resolves(vertex, selections)
        return None if estimate is False else NOTHING

    def _enters(self, source: Arrival, edge: KeyEdge) -> Support | None:
        """Whoever came by a key does not go on by the same: it would have led there at once."""
        if edge.selections == source.came_by:
            return None
        if edge.key is None:
            return NOTHING
        return self._closures.exact(self._avoid | {edge.graph}).resolves(source.vertex, edge.key)
