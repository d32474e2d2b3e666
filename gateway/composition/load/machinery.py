"""Takes federation's own types and directive definitions out of a subgraph: merging must not see them."""

from __future__ import annotations

from dataclasses import replace

from gateway.composition.elements import Subgraph
from gateway.composition.load.supplied import SUBGRAPH_TYPES
from gateway.composition.written import BUILT_IN_SCALARS, built_in_directives
from gateway.federation.directives import CONNECT_IDENTITY, CORE_IDENTITY, FEDERATION_IDENTITY, LINK_IDENTITY
from gateway.federation.links import NameTable

_OWNERS = (CONNECT_IDENTITY, FEDERATION_IDENTITY, LINK_IDENTITY, CORE_IDENTITY)


def without_machinery(subgraph: Subgraph, names: NameTable) -> Subgraph:
    """The subgraph with nothing but its own types and directives."""
    types = {
        name: element
        for name, element in subgraph.types.items()
        if name not in SUBGRAPH_TYPES and name not in names.machinery and name not in BUILT_IN_SCALARS
    }
    directives = {
        name: element
        for name, element in subgraph.directives.items()
        if element.feature not in _OWNERS and name not in built_in_directives()
    }
    return replace(subgraph, types=types, directives=directives)
