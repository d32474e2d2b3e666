"""A path through the supergraph, kept as a chain so that longer paths share what they begin with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import NonNullTypeNode

from gateway.ast_text import type_text
from gateway.composition.merged_elements import MergedField


@dataclass(frozen=True, slots=True)
class Path:
    """``step`` is an operation keyword, a field with its required arguments, or a type condition."""

    step: str
    before: Path | None = None

    def by_field(self, merged: MergedField) -> Path:
        """The path to a field of this path's end."""
        arguments = ", ".join(
            f"{argument.name}: <any {type_text(argument.type)}>"
            for argument in merged.arguments.values()
            if isinstance(argument.type, NonNullTypeNode) and argument.default is None
        )
        return Path(f"{merged.name}({arguments})" if arguments else merged.name, self)

    def on_type(self, name: str) -> Path:
        """The path to those objects of this path's end that are of a type."""
        return Path(f"... on {name}", self)

    def example(self, *, is_leaf: bool) -> str:
        """The operation that follows this path, indented for reading."""
        steps = list(self._steps())[::-1]
        lines = [f"{'  ' * depth}{step} {{" for depth, step in enumerate(steps)]
        inner = "  " * len(steps)
        if is_leaf:
            lines[-1] = lines[-1].removesuffix(" {")
            closing = range(len(steps) - 2, -1, -1)
        else:
            lines.append(f"{inner}...")
            closing = range(len(steps) - 1, -1, -1)
        return "\n".join([*lines, *(f"{'  ' * depth}}}" for depth in closing)])

    def _steps(self) -> Iterator[str]:
        path: Path | None = self
        while path is not None:
            yield path.step
            path = path.before
