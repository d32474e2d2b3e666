"""Whether a vertex itself resolves one of its fields, and where that leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from gateway.composition.satisfiability.subgraph_graph import SubgraphGraph, Vertex
from gateway.composition.satisfiability.support import Answers, Group
from gateway.query_graph.standing import provided_below
from gateway.selection_set import Field, InlineFragment, SelectionSet
from gateway.supergraph.model import SubgraphField

Labels: TypeAlias = Mapping[str, bool]
ContextSetters: TypeAlias = Mapping[str, Vertex]
NO_LABELS: Labels = {}
NO_CONTEXTS: ContextSetters = {}


@dataclass(frozen=True, slots=True)
class OwnFields:
    """``answers`` say whether what a field needs first can be found."""

    graph: SubgraphGraph
    answers: Answers

    def by_field(
        self,
        vertex: Vertex,
        name: str,
        labels: Labels = NO_LABELS,
        contexts: ContextSetters = NO_CONTEXTS,
        *,
        entered_by_key: bool = False,
    ) -> Group | None:
        """Where a field of the vertex's own leads: a vertex, nothing for a leaf, None when it is not resolved here."""
        own = vertex.own.fields.get(name)
        if own is None or self.refusal(vertex, own, labels, contexts, entered_by_key=entered_by_key) is not None:
            return None
        if own.named_type not in vertex.subgraph.types:
            return ()
        below = _provided(vertex, name)
        return (self.graph.vertex(vertex.subgraph.graph, own.named_type, _joined(below or (), own.provides)),)

    def refusal(
        self, vertex: Vertex, own: SubgraphField, labels: Labels, contexts: ContextSetters, *, entered_by_key: bool
    ) -> str | None:
        """Why a field that the subgraph has is not resolved there; None when it is."""
        coordinate = f'"{vertex.type}.{own.name}"'
        if own.external and _provided(vertex, own.name) is None:
            return f"field {coordinate} is @external there"
        if own.override is not None and labels.get(own.override.label) != own.override.active:
            return f'field {coordinate} is overridden there under label "{own.override.label}"'
        if not own.requires and not own.context_arguments:
            return None
        for argument in own.context_arguments:
            setter = contexts.get(argument.context)
            if setter is None:
                return f'field {coordinate} takes argument "{argument.name}" from a context that is not set on the way'
            if self.answers.resolves(setter, self._possible_part(setter, argument.selection)) is None:
                return f'the context of argument "{argument.name}" of field {coordinate} cannot be resolved'
        if own.requires and self.answers.resolves(vertex, own.requires) is None:
            return f"what field {coordinate} @requires cannot be resolved"
        if (own.context_arguments or not entered_by_key) and not _has_local_key(vertex):
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


def _provided(vertex: Vertex, name: str) -> SelectionSet | None:
    if not vertex.provided:
        return None
    return provided_below(vertex.provided, vertex.subgraph, vertex.type, name)


def _has_local_key(vertex: Vertex) -> bool:
    """Whether the subgraph itself has all fields of a key; as the reference does, even of one not resolvable."""
    return any(not _selects_external(vertex, vertex.type, key.fields) for key in vertex.own.keys)


def _selects_external(vertex: Vertex, type_name: str, selections: SelectionSet) -> bool:
    own = vertex.subgraph.types.get(type_name)
    for selection in selections:
        if not isinstance(selection, Field):
            if _selects_external(vertex, selection.type_condition or type_name, selection.selections):
                return True
            continue
        found = own.fields.get(selection.name) if own else None
        if found is None:
            continue
        if found.external:
            return True
        if selection.selections and _selects_external(vertex, found.named_type, selection.selections):
            return True
    return False


def _joined(first: SelectionSet, second: SelectionSet) -> SelectionSet:
    return tuple(dict.fromkeys((*first, *second))) if first else second
