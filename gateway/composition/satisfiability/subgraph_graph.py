"""The merged schema seen subgraph by subgraph, as vertices: a type in a subgraph, with what the path to it provides.

Differs from a loaded supergraph in one point that only this check needs: an ``@external`` key field stays external,
because not every path to the entity has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from gateway.ast_text import base_type_name, type_text
from gateway.composition.merged_elements import MergedField, MergedSchema, MergedType
from gateway.federation.field_set import parse_field_set
from gateway.federation.join import JoinField
from gateway.selection_set import SelectionSet
from gateway.supergraph.model import (
    ContextArgument,
    EntityKey,
    OverrideCondition,
    Subgraph,
    SubgraphField,
    SubgraphType,
    TypeKind,
)
from gateway.supergraph.model import TypeKind as SubgraphKind
from gateway.supergraph.subgraph_view import with_possible_types

_COMPOSITE = (TypeKind.OBJECT, TypeKind.INTERFACE, TypeKind.UNION)


@dataclass(frozen=True, slots=True, eq=False)
class Vertex:
    """A type in a subgraph. ``provided`` are fields that the way here provides. Interned: compare by identity."""

    subgraph: Subgraph
    own: SubgraphType
    provided: SelectionSet = ()

    @property
    def type(self) -> str:
        """The type's name."""
        return self.own.name


@dataclass(slots=True)
class SubgraphGraph:
    """All subgraphs by their ``join__Graph`` values."""

    subgraphs: Mapping[str, Subgraph]
    implements: Mapping[str, tuple[str, ...]]
    _vertices: dict[tuple[str, str, SelectionSet], Vertex] = field(default_factory=dict)
    _graphs_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _holders: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def vertex(self, graph: str, type_name: str, provided: SelectionSet = ()) -> Vertex:
        """The one vertex of a type that the subgraph has."""
        key = (graph, type_name, provided)
        found = self._vertices.get(key)
        if found is None:
            subgraph = self.subgraphs[graph]
            found = self._vertices[key] = Vertex(subgraph, subgraph.types[type_name], provided)
        return found

    def graphs_of(self, type_name: str) -> tuple[str, ...]:
        """The subgraphs that have a type."""
        return self._graphs_of.get(type_name, ())

    def holders(self, type_name: str, name: str) -> tuple[str, ...]:
        """The subgraphs that have a field of a type, be it by an interface object."""
        key = (type_name, name)
        found = self._holders.get(key)
        if found is None:
            found = self._holders[key] = tuple(
                graph
                for owner in (type_name, *self.implements.get(type_name, ()))
                for graph in self.graphs_of(owner)
                if name in (own := self.subgraphs[graph].types[owner]).fields
                and (owner == type_name or own.is_interface_object)
            )
        return found

    def index(self, types: Iterable[MergedType]) -> None:
        """Remember where each type is."""
        for merged in types:
            self._graphs_of[merged.name] = tuple(dict.fromkeys(join.graph for join in merged.joins))


def subgraph_graph(schema: MergedSchema) -> SubgraphGraph:
    """Split the merged schema by its join directives."""
    own_types: dict[str, dict[str, SubgraphType]] = {graph: {} for graph, _ in schema.graphs}
    members: dict[str, dict[str, tuple[str, ...]]] = {graph: {} for graph, _ in schema.graphs}
    for merged in schema.types.values():
        if merged.kind in _COMPOSITE:
            for graph in dict.fromkeys(join.graph for join in merged.joins):
                own_types[graph][merged.name] = _own_type(merged, graph)
                members[graph][merged.name] = tuple(join.member for join in merged.join_members if join.graph == graph)
    subgraphs = {
        graph: Subgraph(info.name, graph, info.url, with_possible_types(own_types[graph], members[graph]))
        for graph, info in schema.graphs
    }
    found = SubgraphGraph(subgraphs, {merged.name: merged.interfaces for merged in schema.types.values()})
    found.index(merged for merged in schema.types.values() if merged.kind in _COMPOSITE)
    return found


def _own_type(merged: MergedType, graph: str) -> SubgraphType:
    joins = [join for join in merged.joins if join.graph == graph]
    stands_for_interface = any(join.is_interface_object for join in joins)
    return SubgraphType(
        name=merged.name,
        kind=SubgraphKind.OBJECT if stands_for_interface else SubgraphKind(merged.kind.value),
        keys=tuple(EntityKey(parse_field_set(join.key), join.resolvable) for join in joins if join.key is not None),
        fields={name: own for name, item in merged.fields.items() if (own := _field_in(item, graph)) is not None},
        interfaces=tuple(join.interface for join in merged.join_implements if join.graph == graph),
        is_interface_object=stands_for_interface,
    )


def _field_in(merged: MergedField, graph: str) -> SubgraphField | None:
    if not merged.joins:
        return SubgraphField(merged.name, "", base_type_name(merged.type))
    return next((_own_field(merged, join) for join in merged.joins if join.graph == graph), None)


def _own_field(merged: MergedField, join: JoinField) -> SubgraphField:
    text = join.type or type_text(merged.type)
    label = join.override_label
    return SubgraphField(
        name=merged.name,
        type_text=text,
        named_type=text.strip("[]!"),
        external=join.external or (join.used_overridden and label is None),
        requires=parse_field_set(join.requires) if join.requires else (),
        provides=parse_field_set(join.provides) if join.provides else (),
        override=OverrideCondition(label, active=join.override is not None) if label else None,
        context_arguments=tuple(
            ContextArgument(item.name, item.type, item.context, parse_field_set(item.selection))
            for item in join.context_arguments
        ),
    )
