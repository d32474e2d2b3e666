"""A subgraph with what several rules ask about it, computed once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gateway.composition.elements import DirectiveUse, FieldElement, Subgraph, TypeElement
from gateway.composition.field_usage import FieldUsage, field_usage, implementations
from gateway.federation.directives import FEDERATION_IDENTITY


@dataclass(frozen=True, slots=True)
class SubgraphView:
    """``type_uses`` and ``field_uses`` list applications of federation's directives by the directive's name.

    ``implementations`` maps interfaces to the object types of the subgraph that implement them.
    """

    subgraph: Subgraph
    usage: FieldUsage
    implementations: Mapping[str, list[str]]
    type_uses: Mapping[str, list[tuple[TypeElement, DirectiveUse]]]
    field_uses: Mapping[str, list[tuple[TypeElement, FieldElement, DirectiveUse]]]

    @property
    def name(self) -> str:
        """The subgraph's name."""
        return self.subgraph.name

    @property
    def types(self) -> Mapping[str, TypeElement]:
        """The subgraph's types."""
        return self.subgraph.types

    def on_types(self, directive: str) -> list[tuple[TypeElement, DirectiveUse]]:
        """Applications of a federation directive to types."""
        return self.type_uses.get(directive, [])

    def on_fields(self, directive: str) -> list[tuple[TypeElement, FieldElement, DirectiveUse]]:
        """Applications of a federation directive to fields of objects and interfaces."""
        return self.field_uses.get(directive, [])


def view_of(subgraph: Subgraph) -> SubgraphView:
    """Gather what the rules ask about, in time linear in the subgraph's size."""
    type_uses: dict[str, list[tuple[TypeElement, DirectiveUse]]] = {}
    field_uses: dict[str, list[tuple[TypeElement, FieldElement, DirectiveUse]]] = {}
    for element in subgraph.types.values():
        for use in _federation(element.directives):
            type_uses.setdefault(use.name, []).append((element, use))
        for field in element.fields.values():
            for use in _federation(field.directives):
                field_uses.setdefault(use.name, []).append((element, field, use))
    return SubgraphView(subgraph, field_usage(subgraph), implementations(subgraph), type_uses, field_uses)


def _federation(uses: tuple[DirectiveUse, ...]) -> Iterator[DirectiveUse]:
    return (use for use in uses if use.feature == FEDERATION_IDENTITY)
