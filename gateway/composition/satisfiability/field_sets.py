"""Finds the fields of a key or a requirement, wherever keys lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, product

from gateway.composition.satisfiability.own_fields import OwnFields
from gateway.composition.satisfiability.subgraph_graph import SubgraphGraph, Vertex
from gateway.composition.satisfiability.support import (
    NOTHING,
    Answers,
    Group,
    Support,
    Way,
    is_better,
    is_certain,
    joined,
)
from gateway.selection_set import Field, InlineFragment, SelectionSet
from gateway.supergraph.model import TypeKind

TYPENAME = "__typename"
_MOST_COMBINATIONS = 64
"""Bound on the combinations followed when an abstract type's implementations each have several ways on."""


def resolves_here(vertex: Vertex, selections: SelectionSet) -> bool:
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


class FieldSets:
    """Finds field sets from what ``answers`` know by now."""

    def __init__(self, graph: SubgraphGraph, answers: Answers) -> None:
        self._graph = graph
        self._answers = answers
        self._own_fields = OwnFields(graph, answers)

    def support(self, vertex: Vertex, selections: SelectionSet) -> Support | None:
        """What finding all of the fields rests on; None when they are not found."""
        return self._all([((vertex,), NOTHING)], selections)

    def _all(self, options: Sequence[Way], selections: SelectionSet) -> Support | None:
        """Each selection may be found by another of the options."""
        if not selections:
            return min((support for _, support in options), key=_doubt)
        found: list[Support] = []
        for selection in selections:
            support = self._one(options, selection)
            if support is None:
                return None
            found.append(support)
        return joined(found)

    def _one(self, options: Sequence[Way], selection: Field | InlineFragment) -> Support | None:
        if isinstance(selection, InlineFragment):
            # Where no object can be of the type, the reference takes the whole field set for one that cannot be met.
            narrowed = ((self._narrowed(group, selection.type_condition), support) for group, support in options)
            following = _distinct(way for way in narrowed if way[0])
        else:
            following = _distinct(
                (found, support | further)
                for group, support in options
                for found, further in self._group_by_field(group, selection.name)
            )
        return self._all(following, selection.selections or ()) if following else None

    def _narrowed(self, group: Group, condition: str | None) -> Group:
        """The part of a group that a fragment applies to; nothing is left when no object can be of its type."""
        if condition is None:
            return group
        return tuple(
            self._graph.vertex(vertex.subgraph.graph, name, vertex.provided)
            if name in vertex.subgraph.types
            else vertex
            for vertex in group
            for name in _possible(vertex, condition)
        )

    def _group_by_field(self, group: Group, name: str) -> Iterator[Way]:
        ways = [list(self._from_anywhere(vertex, name)) for vertex in group]
        for combination in islice(product(*ways), _MOST_COMBINATIONS):
            vertices = dict.fromkeys(vertex for found, _ in combination for vertex in found)
            yield tuple(vertices), joined(support for _, support in combination)

    def _from_anywhere(self, vertex: Vertex, name: str) -> Iterator[Way]:
        """Ways to a field, from the vertex itself first."""
        yield from self._here(vertex, name, entered_by_key=False)
        for arrival in self._answers.reach(vertex).values():
            for found, support in self._here(arrival.vertex, name, entered_by_key=True):
                yield found, arrival.support | support

    def _here(self, vertex: Vertex, name: str, *, entered_by_key: bool) -> Iterator[Way]:
        if name == TYPENAME:
            if not vertex.own.is_interface_object:
                yield (), NOTHING
            return
        if vertex.own.kind is TypeKind.OBJECT:
            way = self._own_way(vertex, name, entered_by_key=entered_by_key)
            if way is not None:
                yield way
            return
        own = vertex.own.fields.get(name)
        graph = vertex.subgraph.graph
        types = [self._graph.vertex(graph, each, vertex.provided) for each in vertex.own.possible_types]
        if own is not None and not own.external:
            ways = [self._own_way(each, name, entered_by_key=False) for each in types]
            if None not in ways:
                leaf = own.named_type not in vertex.subgraph.types
                found = () if leaf else (self._graph.vertex(graph, own.named_type, own.provides),)
                yield found, joined(way[1] for way in ways if way is not None)
                return
        if types and not entered_by_key:
            yield from self._group_by_field(tuple(types), name)

    def _own_way(self, vertex: Vertex, name: str, *, entered_by_key: bool) -> Way | None:
        found = self._own_fields.by_field(vertex, name, entered_by_key=entered_by_key)
        if found is None:
            return None
        requires = vertex.own.fields[name].requires
        return found, (self._answers.resolves(vertex, requires) or NOTHING) if requires else NOTHING


def _possible(vertex: Vertex, condition: str) -> tuple[str, ...]:
    if vertex.type == condition or vertex.own.is_interface_object:
        return (vertex.type,)
    own = vertex.subgraph.types.get(condition)
    wanted = own.possible_types if own else ()
    return tuple(name for name in vertex.own.possible_types if name in wanted)


def _distinct(ways: Iterable[Way]) -> list[Way]:
    """Where several ways lead to the same, the best of them."""
    best: dict[Group, Support] = {}
    for group, support in ways:
        if is_better(support, best.get(group)):
            best[group] = support
    return list(best.items())


def _doubt(support: Support) -> bool:
    return not is_certain(support)
