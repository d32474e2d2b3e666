"""One way of answering a supergraph path: the vertex where it ends, and the contexts set on the way."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TypeAlias

from gateway.composition.satisfiability.subgraph_graph import Vertex

Contexts: TypeAlias = tuple[tuple[str, Vertex], ...]
EMPTY_CONTEXTS: Contexts = ()


@dataclass(frozen=True, slots=True)
class Position:
    """``contexts`` pairs each context with the vertex that set it last, sorted by name."""

    vertex: Vertex
    contexts: Contexts = EMPTY_CONTEXTS


Positions: TypeAlias = tuple[Position, ...]
"""Alternatives: one of them is enough."""


def position_keys(positions: Positions) -> frozenset[Hashable]:
    """What tells positions apart when a path has come to a type that was visited before.

    As in the reference, what a path provides does not: a field that only one of two such paths provides is looked for
    on the first of them alone.
    """
    return frozenset(
        (
            each.vertex.subgraph.graph,
            each.vertex.type,
            tuple((context, setter.subgraph.graph, setter.type) for context, setter in each.contexts),
        )
        for each in positions
    )
