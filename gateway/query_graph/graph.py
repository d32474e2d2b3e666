"""The query graph: which subgraph resolves which field of which type, and how entities get from one to another.

Built once per supergraph and set of active override labels, then filled as questions are asked. Planning and the
check that a composed schema is satisfiable both ask here, so that both mean the same by "can be resolved".
"""

from __future__ import annotations

from gateway.query_graph.edges import KeyEdge, key_edges
from gateway.query_graph.standing import ENTITY, Address, Standing, provided_below
from gateway.selection_set import Field, InlineFragment, SelectionSet
from gateway.supergraph.model import Subgraph, SubgraphField, Supergraph, TypeKind

TYPENAME = "__typename"


class QueryGraph:
    """Answers about resolvability in ``supergraph`` while the ``overrides`` labels are active."""

    def __init__(self, supergraph: Supergraph, overrides: frozenset[str] = frozenset()) -> None:
        self.supergraph = supergraph
        self.overrides = overrides
        self._edges: dict[str, dict[str, tuple[KeyEdge, ...]]] = {}
        self._standings: dict[object, Standing] = {}
        self._plain: dict[tuple[str, str], tuple[str, ...]] = {}
        self._conditional: dict[tuple[str, str], tuple[tuple[KeyEdge, SubgraphField], ...]] = {}
        self._covers: dict[tuple[Standing, str, SelectionSet], bool] = {}
        self._possible: dict[tuple[str, str], frozenset[str]] = {}

    # --- standings

    def standing(self, subgraph: Subgraph, type_name: str, provided: SelectionSet = ()) -> Standing:
        """The standing of a value whose type in ``subgraph`` is ``type_name``."""
        key = (subgraph.name, type_name, provided)
        found = self._standings.get(key)
        if found is None:
            own = subgraph.types[type_name]
            types = self._merged_types(type_name) if own.is_interface_object else frozenset(own.possible_types)
            found = Standing(subgraph, type_name, types, provided, is_typed=not own.is_interface_object)
            self._standings[key] = found
        return found

    def door(
        self, subgraph: Subgraph, types: frozenset[str], interface_object: str | None = None, *, is_typed: bool = True
    ) -> Standing:
        """The standing of entities of ``types`` entered by key; ``is_typed`` says whether their types are known."""
        key = (subgraph.name, types, interface_object, "door", is_typed)
        found = self._standings.get(key)
        if found is None:
            found = Standing(subgraph, interface_object or ENTITY, types, is_typed=is_typed, is_door=True)
            self._standings[key] = found
        return found

    # --- entering by key

    def edges(self, type_name: str) -> dict[str, tuple[KeyEdge, ...]]:
        """Key edges for objects of an object type, by the subgraph they lead to."""
        found = self._edges.get(type_name)
        if found is None:
            found = {}
            for edge in key_edges(self.supergraph, type_name):
                found[edge.subgraph] = (*found.get(edge.subgraph, ()), edge)
            self._edges[type_name] = found
        return found

    # --- fields

    def active(self, subgraph_field: SubgraphField) -> bool:
        """Whether the field is its subgraph's to resolve under the active labels."""
        override = subgraph_field.override
        return override is None or override.active == (override.label in self.overrides)

    def field(self, subgraph: Subgraph, type_name: str, name: str) -> SubgraphField | None:
        """The field, if the subgraph resolves it by itself: not external, active, without requirements."""
        own = subgraph.types.get(type_name)
        found = own.fields.get(name) if own is not None else None
        if found is None or found.external or found.requires or found.context_arguments or not self.active(found):
            return None
        return found

    def plain_subgraphs(self, type_name: str, name: str) -> tuple[str, ...]:
        """Subgraphs that can be entered by key for objects of a type and resolve the field by themselves."""
        key = (type_name, name)
        found = self._plain.get(key)
        if found is None:
            found = tuple(
                subgraph
                for subgraph, edges in self.edges(type_name).items()
                if any(self._resolves_behind(edge, type_name, name) for edge in edges)
            )
            self._plain[key] = found
        return found

    def conditional_edges(self, type_name: str, name: str) -> tuple[tuple[KeyEdge, SubgraphField], ...]:
        """Key edges to subgraphs that resolve the field once its requirements or contexts are given."""
        key = (type_name, name)
        found = self._conditional.get(key)
        if found is None:
            found = tuple(
                (edge, own_field)
                for subgraph, edges in self.edges(type_name).items()
                for edge in edges
                for own in (self.supergraph.subgraphs[subgraph].types.get(self._answering_type(edge, type_name)),)
                if own is not None
                for own_field in (own.fields.get(name),)
                if own_field is not None
                and (own_field.requires or own_field.context_arguments)
                and not own_field.external
                and self.active(own_field)
            )
            self._conditional[key] = found
        return found

    def resolve(
        self, standing: Standing, name: str, condition: str | None, runtime: frozenset[str], needed: frozenset[str]
    ) -> tuple[Address, ...]:
        """How ``standing`` resolves a field for objects of the ``needed`` types; types left out cannot be.

        ``condition`` is a type whose objects in the merged schema are exactly ``runtime``, those that the field is
        selected for; None when there is no such type.
        """
        needed = needed & standing.types
        if not needed:
            return ()
        if name == TYPENAME:
            return self._resolve_typename(standing, condition, runtime, needed)
        own = standing.subgraph.types.get(standing.type)
        if own is not None and own.kind is TypeKind.OBJECT:
            if not standing.is_typed and not standing.types <= runtime:
                return ()
            found = self._provided_field(standing, standing.type, name)
            return () if found is None else (Address(self._own_fragment(standing), needed, *found),)
        direct = self._resolve_on_abstract(standing, name, condition, runtime, needed)
        if direct is not None:
            return (direct,)
        return tuple(
            Address(type_name, frozenset((type_name,)), *found)
            for type_name in sorted(needed)
            if (found := self._provided_field(standing, type_name, name)) is not None
        )

    def covers(self, standing: Standing, type_name: str, selections: SelectionSet) -> bool:
        """Whether one standing resolves all of a field set for objects of ``type_name``."""
        key = (standing, type_name, selections)
        found = self._covers.get(key)
        if found is None:
            found = type_name in standing.types and all(
                self._covers_selection(standing, type_name, selection) for selection in selections
            )
            self._covers[key] = found
        return found

    # --- steps

    def _covers_selection(self, standing: Standing, type_name: str, selection: Field | InlineFragment) -> bool:
        if isinstance(selection, InlineFragment):
            condition = selection.type_condition
            if condition is None or type_name in self._merged_types(condition):
                return self.covers(standing, type_name, selection.selections)
            return True
        if selection.name == TYPENAME:
            return True
        runtime = standing.types if not standing.is_typed else frozenset((type_name,))
        addresses = self.resolve(standing, selection.name, type_name, runtime, runtime)
        if not addresses or addresses[0].field is None:
            return False
        if not selection.selections:
            return True
        inner = self.standing(standing.subgraph, addresses[0].field.named_type, addresses[0].provided)
        return all(self.covers(inner, inner_type, selection.selections) for inner_type in inner.types)

    def _merged_types(self, type_name: str) -> frozenset[str]:
        return self._possible_in("", type_name)

    def _possible_in(self, subgraph: str, type_name: str) -> frozenset[str]:
        """Possible types in a subgraph, or in the merged schema for the empty name."""
        key = (subgraph, type_name)
        found = self._possible.get(key)
        if found is None:
            if subgraph:
                own = self.supergraph.subgraphs[subgraph].types.get(type_name)
                found = frozenset(own.possible_types) if own is not None else frozenset()
            else:
                found = frozenset(self.supergraph.possible_types.get(type_name, ()))
            self._possible[key] = found
        return found

    def _answering_type(self, edge: KeyEdge, type_name: str) -> str:
        return edge.entry_type if edge.is_interface_object else type_name

    def _resolves_behind(self, edge: KeyEdge, type_name: str, name: str) -> bool:
        if name == TYPENAME:
            return not edge.is_interface_object
        subgraph = self.supergraph.subgraphs[edge.subgraph]
        return self.field(subgraph, self._answering_type(edge, type_name), name) is not None

    def _own_fragment(self, standing: Standing) -> str | None:
        """An entered interface object is addressed inside ``_entities`` by its name."""
        return standing.type if standing.is_door else None

    def _resolve_typename(
        self, standing: Standing, condition: str | None, runtime: frozenset[str], needed: frozenset[str]
    ) -> tuple[Address, ...]:
        own = standing.subgraph.types.get(standing.type)
        if own is not None and own.is_interface_object:
            return ()
        if standing.type != ENTITY and standing.types <= runtime:
            return (Address(None, needed, None),)
        if condition is not None and self._possible_in(standing.subgraph.name, condition) & standing.types == needed:
            return (Address(condition, needed, None),)
        return tuple(Address(name, frozenset((name,)), None) for name in sorted(needed))

    def _resolve_on_abstract(
        self, standing: Standing, name: str, condition: str | None, runtime: frozenset[str], needed: frozenset[str]
    ) -> Address | None:
        """One address on an interface for all ``needed`` types, if every one of them resolves the field alike."""
        for candidate in dict.fromkeys((standing.type, condition)):
            own = standing.subgraph.types.get(candidate) if candidate is not None else None
            on_interface = own.fields.get(name) if own is not None and own.kind is TypeKind.INTERFACE else None
            if candidate is None or on_interface is None or not self.active(on_interface):
                continue
            addressed = self._possible_in(standing.subgraph.name, candidate) & standing.types
            if addressed != runtime & standing.types or not addressed >= needed:
                continue
            below = {
                found[1] if found is not None else None
                for type_name in addressed
                for found in (self._provided_field(standing, type_name, name),)
            }
            if None in below or len(below) != 1:
                continue
            provided = next(iter(below)) or ()
            fragment = None if candidate == standing.type else candidate
            return Address(fragment, needed, on_interface, _joined(provided, on_interface.provides))
        return None

    def _provided_field(
        self, standing: Standing, type_name: str, name: str
    ) -> tuple[SubgraphField, SelectionSet] | None:
        """The field as resolved on an object type here, with what is provided below it."""
        own = standing.subgraph.types.get(type_name)
        found = own.fields.get(name) if own is not None else None
        if found is None or not self.active(found):
            return None
        below = provided_below(standing.provided, standing.subgraph, type_name, name) if standing.provided else None
        if below is None and (found.external or found.requires or found.context_arguments):
            return None
        return found, _joined(below or (), found.provides)


def _joined(first: SelectionSet, second: SelectionSet) -> SelectionSet:
    return tuple(dict.fromkeys((*first, *second)))
