"""No input type requires itself: it could never be given a value. Defaults do not count: they would never end.

https://spec.graphql.org/draft/#sec-Input-Objects.Circular-References
"""

from __future__ import annotations

from collections.abc import Mapping

from graphql import NamedTypeNode, NonNullTypeNode

from gateway.composition.elements import TypeElement
from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.problems import Problems
from gateway.composition.written import WrittenSubgraph
from gateway.supergraph.model import TypeKind


def check_input_cycles(written: WrittenSubgraph, problems: Problems) -> None:
    """Report each cycle of non-null input fields once."""
    types = written.subgraph.types
    required = {
        element.name: _required_inputs(element, types) for element in types.values() if element.kind is TypeKind.INPUT
    }
    settled: set[str] = set()
    for start in required:
        for cycle in _cycles_from(start, required, settled):
            path = " → ".join(cycle)
            message = f"input {cycle[0]} requires itself through {path}: make one of these fields nullable."
            nodes = [types[name].nodes[0] for name in dict.fromkeys(cycle)]
            problems.report(INVALID_GRAPHQL, message, written.subgraph.name, *nodes)


def _required_inputs(element: TypeElement, types: Mapping[str, TypeElement]) -> list[str]:
    names: dict[str, None] = {}
    for item in element.input_fields.values():
        if isinstance(item.type, NonNullTypeNode) and isinstance(item.type.type, NamedTypeNode):
            target = types.get(item.type.type.name.value)
            if target is not None and target.kind is TypeKind.INPUT:
                names[target.name] = None
    return list(names)


def _cycles_from(start: str, required: Mapping[str, list[str]], settled: set[str]) -> list[list[str]]:
    """Depth-first walk with its own stack: chains of inputs may be longer than Python's."""
    cycles: list[list[str]] = []
    if start in settled:
        return cycles
    path, on_path = [start], {start}
    pending = [iter(required[start])]
    while pending:
        following = next(pending[-1], None)
        if following is None:
            pending.pop()
            done = path.pop()
            on_path.discard(done)
            settled.add(done)
        elif following in on_path:
            cycles.append([*path[path.index(following) :], following])
        elif following not in settled:
            path.append(following)
            on_path.add(following)
            pending.append(iter(required[following]))
    return cycles
