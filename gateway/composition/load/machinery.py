"""Takes federation's own types and directive definitions out of a subgraph: merging must not see them."""

from __future__ import annotations

from dataclasses import replace

from gateway.composition.elements import Subgraph, TypeElement
from gateway.composition.written import BUILT_IN_SCALARS, SUBGRAPH_FIELDS, SUBGRAPH_TYPES, built_in_directives
from gateway.federation.directives import CONNECT_IDENTITY, CORE_IDENTITY, FEDERATION_IDENTITY, LINK_IDENTITY
from gateway.federation.links import NameTable

_OWNERS = (CONNECT_IDENTITY, FEDERATION_IDENTITY, LINK_IDENTITY, CORE_IDENTITY)


def without_machinery(subgraph: Subgraph, names: NameTable) -> Subgraph:
    """The subgraph with nothing but its own types and directives."""
    types = {
        name: _without_subgraph_fields(element) if name == "Query" else element
        for name, element in subgraph.types.items()
        if not _is_supplied(element, subgraph) and name not in names.machinery and name not in BUILT_IN_SCALARS
    }
    directives = {
        name: element
        for name, element in subgraph.directives.items()
        if element.feature not in _OWNERS and name not in built_in_directives()
    }
    return replace(subgraph, types=types, directives=directives)


def _is_supplied(element: TypeElement, subgraph: Subgraph) -> bool:
    """Whether federation supplies a type. In v1, an extension alone is taken to be of a type of somebody's own."""
    return element.name in SUBGRAPH_TYPES and (element.has_definition or not subgraph.is_fed1)


def _without_subgraph_fields(query: TypeElement) -> TypeElement:
    if SUBGRAPH_FIELDS.isdisjoint(query.fields):
        return query
    return replace(query, fields={name: field for name, field in query.fields.items() if name not in SUBGRAPH_FIELDS})
