"""What merging looks at: each subgraph with its place in the supergraph, and each element with its subgraph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from gateway.composition.elements import Subgraph, TypeElement
from gateway.composition.field_usage import FieldUsage, field_usage
from gateway.supergraph.model import TypeKind

Element_co = TypeVar("Element_co", covariant=True)


@dataclass(frozen=True, slots=True)
class SubgraphView:
    """A subgraph, the ``join__Graph`` value that stands for it, and what its directives make of its fields."""

    subgraph: Subgraph
    graph: str
    usage: FieldUsage

    @property
    def name(self) -> str:
        """The subgraph's own name."""
        return self.subgraph.name

    def kind_of(self, type_name: str) -> TypeKind | None:
        """The kind that a type has in this subgraph."""
        element = self.subgraph.types.get(type_name)
        return element.kind if element else None


@dataclass(frozen=True, slots=True)
class Source(Generic[Element_co]):
    """An element as one subgraph defines it."""

    view: SubgraphView
    element: Element_co


TypeSources = Sequence[Source[TypeElement]]


def views(subgraphs: Iterable[Subgraph]) -> tuple[SubgraphView, ...]:
    """The subgraphs in order of their names, which decides every order in the supergraph."""
    ordered = sorted(subgraphs, key=lambda subgraph: subgraph.name)
    graphs = _graph_names([subgraph.name for subgraph in ordered])
    return tuple(
        SubgraphView(subgraph, graph, field_usage(subgraph)) for subgraph, graph in zip(ordered, graphs, strict=True)
    )


def _graph_names(names: Sequence[str]) -> Iterator[str]:
    """Enum values for subgraph names; names that come to the same value are numbered."""
    values = [_enum_value(name) for name in names]
    seen: dict[str, int] = {}
    for value in values:
        if values.count(value) == 1:
            yield value
        else:
            seen[value] = seen.get(value, 0) + 1
            yield f"{value}_{seen[value]}"


def _enum_value(name: str) -> str:
    """Only word characters, no leading digit, no ending that could be mistaken for a number added later."""
    value = re.sub(r"[^A-Za-z0-9_]", "_", name)
    if value[:1].isdigit():
        value = f"_{value}"
    if re.search(r"_\d+$", value):
        value = f"{value}_"
    return value.upper()
