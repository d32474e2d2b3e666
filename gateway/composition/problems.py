"""The list that steps and rules report to, so that one run shows every problem."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from graphql import Node

from gateway.composition.errors import CompositionError, ErrorCode, Location


def locate(subgraph: str, node: Node | None) -> tuple[Location, ...]:
    """Where a node stands in its subgraph's SDL; nothing for nodes that no text stands for."""
    if node is None or node.loc is None:
        return ()
    token = node.loc.start_token
    return (Location(subgraph, token.line, token.column),)


@dataclass(slots=True)
class Problems:
    """Errors found so far, in the order found."""

    errors: list[CompositionError] = field(default_factory=list)

    def report(self, code: ErrorCode, message: str, subgraph: str, *nodes: Node | None) -> None:
        """Add an error of one subgraph; its message is made to name the subgraph first."""
        locations = tuple(place for node in nodes for place in locate(subgraph, node))
        self.errors.append(CompositionError(code, f"[{subgraph}] {message}", (subgraph,), locations))

    def extend(self, errors: Iterable[CompositionError]) -> None:
        """Add errors that others made."""
        self.errors.extend(errors)
