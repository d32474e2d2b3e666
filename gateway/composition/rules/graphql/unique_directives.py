"""A directive that is not repeatable is applied once in a place.

https://spec.graphql.org/draft/#sec-Directives-Are-Unique-per-Location
"""

from __future__ import annotations

from collections.abc import Sequence

from gateway.composition.elements import DirectiveUse
from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.problems import Problems
from gateway.composition.written import Place, WrittenSubgraph


def check_unique_directives(written: WrittenSubgraph, places: Sequence[Place], problems: Problems) -> None:
    """Report repeated directives; a type and its extensions are one place."""
    for place in places:
        if len(place.uses) == 1:
            continue
        first: dict[str, DirectiveUse] = {}
        for use in place.uses:
            used = use.node.name.value
            definition = written.definitions.get(used)
            if definition is None or definition.repeatable:
                continue
            earlier = first.setdefault(used, use)
            if earlier is not use:
                message = f"@{used} is not repeatable, but is applied more than once to {place.coordinate}."
                problems.report(INVALID_GRAPHQL, message, written.subgraph.name, earlier.node, use.node)
