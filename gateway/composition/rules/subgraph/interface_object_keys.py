"""A federation v1 subgraph cannot say which implementation an interface key stands for."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.composition.elements import Subgraph
from gateway.composition.errors import INTERFACE_OBJECT_USAGE_ERROR
from gateway.composition.field_usage import has_federation_use, is_interface_object
from gateway.composition.problems import Problems
from gateway.supergraph.model import TypeKind


def check_interface_object_keys(subgraphs: Sequence[Subgraph], problems: Problems) -> None:
    """Report interface keys of v1 subgraphs where another subgraph has the interface as ``@interfaceObject``."""
    users: dict[str, str] = {}
    for subgraph in subgraphs:
        for element in subgraph.types.values():
            if is_interface_object(element):
                users.setdefault(element.name, subgraph.name)
    if not users:
        return
    for subgraph in subgraphs:
        if not subgraph.is_fed1:
            continue
        for name in users.keys() & subgraph.types.keys():
            element = subgraph.types[name]
            if element.kind is TypeKind.INTERFACE and has_federation_use(element, "key"):
                message = (
                    f"{name} is an @interfaceObject in subgraph {users[name]}, for which the @key of a federation 1 "
                    f"subgraph is not enough: link federation 2.3 or later here, or remove the @key."
                )
                problems.report(INTERFACE_OBJECT_USAGE_ERROR, message, subgraph.name, *element.nodes)
