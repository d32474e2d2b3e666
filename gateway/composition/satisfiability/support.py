"""What an answer rests on: the subgraphs that one enters to find it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from gateway.composition.satisfiability.subgraph_graph import Vertex
from gateway.selection_set import Field, InlineFragment, SelectionSet

Support: TypeAlias = frozenset[str]
"""The subgraphs entered on one way to an answer. With ``IN_DOUBT`` among them it may be a way that is not allowed."""

IN_DOUBT = "?"
"""Not the name of a subgraph: those in ``join__Graph`` are names of GraphQL."""
NOTHING: Support = frozenset()
DOUBT: Support = frozenset({IN_DOUBT})

Group: TypeAlias = tuple[Vertex, ...]
"""Vertices that must all go on: one for each implementation of an abstract type."""
Way: TypeAlias = tuple[Group, Support]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A vertex that keys have led to; ``came_by`` is the last of these keys, None at the start."""

    vertex: Vertex
    came_by: frozenset[Field | InlineFragment] | None
    support: Support


class Answers(Protocol):
    """What finding a field set asks: where keys lead, and whether other field sets are found."""

    def reach(self, vertex: Vertex) -> Mapping[str, Arrival]:
        """By subgraph, what keys lead to from a vertex, one after the other."""

    def resolves(self, vertex: Vertex, selections: SelectionSet) -> Support | None:
        """What finding all fields of a field set from a vertex on rests on; None when they are not found."""


def is_certain(support: Support) -> bool:
    """Whether a way is one that is allowed, for all that is known."""
    return IN_DOUBT not in support


def is_better(support: Support | None, than: Support | None) -> bool:
    """Whether an answer is more of a yes: some way rather than none, a certain one rather than one in doubt."""
    if support is None:
        return False
    return than is None or (is_certain(support) and not is_certain(than))


def joined(supports: Iterable[Support]) -> Support:
    """What several answers rest on together."""
    return NOTHING.union(*supports)
