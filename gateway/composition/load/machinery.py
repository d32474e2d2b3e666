"""Takes federation's own types, fields and directive definitions out of a subgraph: merging must not see them."""

from __future__ import annotations

from dataclasses import replace

from gateway.composition.elements import Subgraph
from gateway.federation.directives import FEDERATION_IDENTITY, LINK_IDENTITY
from gateway.federation.links import NameTable

SUBGRAPH_TYPES = frozenset({"_Any", "_Entity", "_Service"})
SUBGRAPH_FIELDS = frozenset({"_entities", "_service"})
_OWNERS = (FEDERATION_IDENTITY, LINK_IDENTITY)


def without_machinery(subgraph: Subgraph, names: NameTable) -> Subgraph:
    """The subgraph with nothing but its own types and directives."""
    types = {
        name: element
        for name, element in subgraph.types.items()
        if name not in SUBGRAPH_TYPES and name not in names.machinery
    }
    query = types.get("Query")
    if query is not None and not SUBGRAPH_FIELDS.isdisjoint(query.fields):
        fields = {name: field for name, field in query.fields.items() if name not in SUBGRAPH_FIELDS}
        types["Query"] = replace(query, fields=fields)
    directives = {name: element for name, element in subgraph.directives.items() if element.feature not in _OWNERS}
    return replace(subgraph, types=types, directives=directives)
