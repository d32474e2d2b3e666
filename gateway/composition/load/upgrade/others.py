"""What a subgraph's upgrade needs to know of the other subgraphs, gathered once for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gateway.composition.elements import Subgraph, TypeElement
from gateway.composition.field_usage import FieldUsage, field_usage
from gateway.supergraph.model import TypeKind


@dataclass(frozen=True, slots=True)
class Others:
    """``holders`` maps each type name to the subgraphs that have it; ``usage`` is by subgraph name."""

    holders: Mapping[str, tuple[Subgraph, ...]]
    usage: Mapping[str, FieldUsage]

    def with_type(self, name: str, besides: str) -> Iterator[tuple[Subgraph, TypeElement]]:
        """The subgraphs other than ``besides`` that have a type, with their view of it."""
        for subgraph in self.holders.get(name, ()):
            if subgraph.name != besides:
                yield subgraph, subgraph.types[name]

    def resolve_field(self, type_name: str, field: str, besides: str) -> bool:
        """Whether another subgraph than ``besides`` resolves a field of an object type, fully or where provided."""
        return any(
            element.kind is TypeKind.OBJECT
            and field in element.fields
            and not self.usage[subgraph.name].is_fully_external((type_name, field))
            for subgraph, element in self.with_type(type_name, besides)
        )


def other_subgraphs(subgraphs: Sequence[Subgraph]) -> Others:
    """Index the subgraphs as they are before any upgrade."""
    holders: dict[str, list[Subgraph]] = {}
    for subgraph in subgraphs:
        for name in subgraph.types:
            holders.setdefault(name, []).append(subgraph)
    usage = {subgraph.name: field_usage(subgraph) for subgraph in subgraphs}
    return Others({name: tuple(found) for name, found in holders.items()}, usage)
