"""Every directive applied is defined, and may stand where it stands.

https://spec.graphql.org/draft/#sec-Directives-Are-Defined
"""

from __future__ import annotations

from collections.abc import Sequence

from gateway.composition.elements import DirectiveUse
from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.problems import Problems
from gateway.composition.written import Place, WrittenSubgraph
from gateway.federation.directives import NEWEST_FEDERATION, federation_directives


def check_known_directives(written: WrittenSubgraph, places: Sequence[Place], problems: Problems) -> None:
    """Report unknown and misplaced directives."""
    name = written.subgraph.name
    for place in places:
        for use in place.uses:
            used = use.node.name.value
            definition = written.definitions.get(used)
            if definition is None:
                message = f"unknown directive @{used} on {place.coordinate}: {_advice(written, use)}."
                problems.report(INVALID_GRAPHQL, message, name, use.node)
            elif place.location not in definition.locations:
                allowed = ", ".join(sorted(definition.locations))
                message = f"@{used} may not stand on {place.coordinate}: it is for {allowed}, not {place.location}."
                problems.report(INVALID_GRAPHQL, message, name, use.node)


def _advice(written: WrittenSubgraph, use: DirectiveUse) -> str:
    used = use.node.name.value
    federation = None if written.subgraph.is_fed1 else written.subgraph.federation_version
    spec = federation_directives(NEWEST_FEDERATION).get(used)
    if spec is None:
        return "define it, or remove it"
    if federation is None:
        return "it is a directive of federation 2, to which this subgraph does not @link"
    if spec.since > federation:
        return (
            f"it is a directive of federation {spec.since[0]}.{spec.since[1]}, and the subgraph links an older version"
        )
    return f'add "@{used}" to the import of the @link to federation, or write @{written.names.written.get(used, used)}'
