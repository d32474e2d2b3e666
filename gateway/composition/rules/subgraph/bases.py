"""What is extended is defined somewhere."""

from __future__ import annotations

from collections.abc import Sequence

from graphql import TypeDefinitionNode

from gateway.composition.elements import Subgraph
from gateway.composition.errors import EXTENSION_WITH_NO_BASE
from gateway.composition.problems import Problems
from gateway.supergraph.model import TypeKind

_UPGRADED = (TypeKind.OBJECT, TypeKind.INTERFACE)
_ROOT_TYPES = frozenset({"Query", "Mutation", "Subscription"})


def check_bases(subgraphs: Sequence[Subgraph], problems: Problems) -> None:
    """Report what federation v1 subgraphs extend and nobody defines. Root types need no definition.

    This must be seen before the upgrade, which makes definitions of such extensions; merging sees to all others. A
    definition marked ``@extends`` will do as the base of another subgraph's extension, though not of its own.
    """
    if not any(subgraph.is_fed1 for subgraph in subgraphs):
        return
    bases: dict[str, set[str]] = {}
    for subgraph in subgraphs:
        for element in subgraph.types.values():
            if any(isinstance(node, TypeDefinitionNode) for node in element.nodes):
                bases.setdefault(element.name, set()).add(subgraph.name)
    for subgraph in subgraphs:
        for element in subgraph.types.values() if subgraph.is_fed1 else ():
            if element.kind not in _UPGRADED or element.has_definition or element.name in _ROOT_TYPES:
                continue
            if not bases.get(element.name, set()) - {subgraph.name}:
                message = f"{element.name} is extended, but no subgraph defines it: define it in one of them."
                problems.report(EXTENSION_WITH_NO_BASE, message, subgraph.name, *element.nodes)
