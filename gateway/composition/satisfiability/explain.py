"""Says, step by step, why no subgraph goes on from where a path has come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gateway.composition.satisfiability.own_fields import Labels
from gateway.composition.satisfiability.position import Position, Positions
from gateway.composition.satisfiability.reachability import Reachability
from gateway.composition.satisfiability.subgraph_graph import Vertex
from gateway.selection_set import Field, SelectionSet


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons for one step that cannot be taken, as indented lines."""

    reachability: Reachability

    def of_field(
        self, type_name: str, name: str, positions: Positions, labels: Labels, *, is_root: bool
    ) -> Iterator[str]:
        """Why a field of an object type is out of reach."""
        for position in _one_for_each_subgraph(positions):
            reached = () if is_root else tuple(self.reachability.reach(position.vertex).values())
            yield f'- from subgraph "{position.vertex.subgraph.name}":'
            for vertex in (position.vertex, *reached):
                reason = self._field_reason(
                    vertex, type_name, name, position, labels, is_here=vertex is position.vertex
                )
                yield f'  - in subgraph "{vertex.subgraph.name}", {reason}.'
            if not is_root:
                yield from self._unreached(type_name, name, position.vertex, reached)

    def of_type(self, type_name: str, positions: Positions) -> Iterator[str]:
        """Why objects of a type cannot be told apart from others."""
        for position in _one_for_each_subgraph(positions):
            vertex = position.vertex
            yield f'- from subgraph "{vertex.subgraph.name}":'
            yield (
                f'  - "{vertex.type}" is an @interfaceObject there, and no subgraph that knows its implementations, '
                f'such as "{type_name}", can be reached by a key of "{vertex.type}".'
            )

    def _field_reason(
        self, vertex: Vertex, type_name: str, name: str, position: Position, labels: Labels, *, is_here: bool
    ) -> str:
        typed = self.reachability.typed(vertex, type_name)
        if typed is None:
            return f'"{vertex.type}" cannot be a "{type_name}"'
        own = typed.own.fields.get(name)
        if own is None:
            return f'there is no field "{typed.type}.{name}"'
        refusal = self.reachability.refusal(
            typed, own, labels, dict(position.contexts), entered_by_key=typed is vertex and not is_here
        )
        return refusal or f'field "{typed.type}.{name}" does not lead on'

    def _unreached(self, type_name: str, name: str, start: Vertex, reached: tuple[Vertex, ...]) -> Iterator[str]:
        """Subgraphs that have the field, and why there is no way to them."""
        graph = self.reachability.graph
        known = {start.subgraph.graph, *(vertex.subgraph.graph for vertex in reached)}
        for other in graph.subgraphs.values():
            if other.graph in known:
                continue
            own = other.types.get(start.type) or other.types.get(type_name)
            holder = other.types.get(type_name) or own
            if own is None or holder is None or name not in holder.fields:
                continue
            keys = [key for key in own.keys if key.resolvable]
            if not own.keys:
                yield f'  - cannot move to subgraph "{other.name}", where "{own.name}" has no @key.'
            elif not keys:
                yield f'  - cannot move to subgraph "{other.name}", where no @key of "{own.name}" is resolvable.'
            for key in keys:
                yield (
                    f'  - cannot move to subgraph "{other.name}" by @key(fields: "{selection_text(key.fields)}") of '
                    f'"{own.name}", whose fields cannot all be resolved from here.'
                )


def _one_for_each_subgraph(positions: Positions) -> list[Position]:
    return list({position.vertex.subgraph.graph: position for position in reversed(positions)}.values())[::-1]


def selection_text(selections: SelectionSet) -> str:
    """A field set on one line."""
    parts: list[str] = []
    for selection in selections:
        if isinstance(selection, Field):
            inner = f" {{ {selection_text(selection.selections)} }}" if selection.selections else ""
            parts.append(f"{selection.name}{inner}")
        else:
            condition = f" on {selection.type_condition}" if selection.type_condition else ""
            parts.append(f"...{condition} {{ {selection_text(selection.selections)} }}")
    return " ".join(parts)
