"""What is extended is defined somewhere."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.composition.elements import Subgraph
from gateway.composition.errors import EXTENSION_WITH_NO_BASE
from gateway.composition.problems import Problems

_ROOT_TYPES = frozenset({"Query", "Mutation", "Subscription"})


def check_bases(subgraphs: Sequence[Subgraph], problems: Problems) -> None:
    """Report types that are only ever extended. Root types need no definition."""
    defined = {element.name for subgraph in subgraphs for element in subgraph.types.values() if element.has_definition}
    for subgraph in subgraphs:
        for element in subgraph.types.values():
            if element.name not in defined and element.name not in _ROOT_TYPES:
                message = f"{element.name} is extended, but no subgraph defines it: define it in one of them."
                problems.report(EXTENSION_WITH_NO_BASE, message, subgraph.name, *element.nodes)
