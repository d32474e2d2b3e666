"""What there is to see on the way from an operation to its plan, each stage as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gateway.compiled.show import compiled_source
from gateway.operation.normalized import NormalizedOperation
from gateway.planner.fetch_group import FetchGroup
from gateway.planner.path_tree import Choice, Part
from gateway.planner.planner import Planner
from gateway.query_plan_printer import path_text
from gateway.selection_text import pretty

STAGES: dict[str, Callable[[Planner, NormalizedOperation], str]] = {
    "graph": lambda planner, _: "\n".join(_graph_lines(planner)),
    "normalized-operation": lambda _, operation: normalized_text(operation),
    "path-tree": lambda planner, operation: "\n".join(_choice_lines(planner.path_tree(operation), "")),
    "fetch-graph": lambda planner, operation: "\n".join(_group_lines(planner.fetch_graph(operation))),
    "compiled-plan": lambda planner, operation: compiled_source(planner.supergraph, operation, planner.plan(operation)),
}
"""Stages by name."""


def normalized_text(operation: NormalizedOperation) -> str:
    """The operation as a document."""
    variables = ", ".join(
        f"${item.name}: {item.type_text}" + (f" = {item.default_text}" if item.default_text is not None else "")
        for item in operation.variables
    )
    head = f"{operation.kind.value} {operation.name or ''}{f'({variables})' if variables else ''}".strip()
    return f"{head} {pretty(operation.selections)}"


def _graph_lines(planner: Planner) -> Iterator[str]:
    """Per object type, which keys lead into which subgraph."""
    graph = planner.graph()
    for type_name, possible in sorted(planner.supergraph.possible_types.items()):
        if possible != (type_name,):
            continue
        for subgraph, edges in graph.edges(type_name).items():
            for edge in edges:
                entry = f" as {edge.entry_type}" if edge.entry_type != type_name else ""
                yield f"{type_name} -> {subgraph}{entry} by {' '.join(pretty(edge.key).split())}"


def _choice_lines(choice: Choice, indentation: str) -> Iterator[str]:
    for door in choice.doors:
        entered = ", ".join(sorted(door.entrances))
        yield f"{indentation}enter {door.standing.subgraph.name} in wave {door.wave} for {entered}"
    for part in choice.parts:
        yield f"{indentation}{part.entry.response_key}: {_answered_by(choice, part)}"
        if part.requirement is not None and part.requirement.requires is not None:
            yield f"{indentation}  requires"
            yield from _choice_lines(part.requirement.requires, indentation + "    ")
        if part.child is not None:
            yield from _choice_lines(part.child, indentation + "  ")


def _answered_by(choice: Choice, part: Part) -> str:
    if part.requirement is not None:
        return f"{part.requirement.standing.subgraph.name}, after what it requires"
    return " or ".join(dict.fromkeys(choice.standing(number).subgraph.name for number in part.able))


def _group_lines(groups: list[FetchGroup]) -> Iterator[str]:
    numbers = {group: number for number, group in enumerate(groups)}
    for group, number in numbers.items():
        after = sorted(numbers[item] for item in group.depends_on if item in numbers)
        place = f' at "{path_text(group.path)}"' if group.path else ""
        yield f"{number}: wave {group.wave}, {group.subgraph}{place}" + (f", after {after}" if after else "")
        if not group.requires.is_empty:
            yield f"  needs {pretty(group.requires.selections(), '  ')}"
        yield f"  asks {pretty(group.selections.selections(), '  ')}"
