"""Gathers, for each field of a merged object or interface, who has it and who does not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gateway.composition.elements import FieldElement
from gateway.composition.field_usage import has_federation_use
from gateway.composition.merge.shape import Shape
from gateway.composition.merge.views import Source, SubgraphView, TypeSources
from gateway.supergraph.model import TypeKind


@dataclass(frozen=True, slots=True)
class AbstractedField:
    """The field of an ``@interfaceObject`` that gives a field to the implementations of ``interface``."""

    interface: str
    field: FieldElement


@dataclass(frozen=True, slots=True)
class FieldSources:
    """``present`` have the field, ``absent`` have its type without it, ``abstracted`` give it by interface objects."""

    type_name: str
    name: str
    present: tuple[Source[FieldElement], ...]
    absent: tuple[SubgraphView, ...]
    abstracted: tuple[Source[AbstractedField], ...] = ()

    @property
    def coordinate(self) -> str:
        """``Type.field``."""
        return f"{self.type_name}.{self.name}"

    def is_external(self, view: SubgraphView) -> bool:
        """Whether a subgraph that has the field marks it external."""
        return (self.type_name, self.name) in view.usage.external

    def resolving(self) -> tuple[Source[FieldElement], ...]:
        """Those that have the field and do not mark it external."""
        return tuple(source for source in self.present if not self.is_external(source.view))


def field_sources(type_name: str, sources: TypeSources, shape: Shape) -> Iterator[FieldSources]:
    """The fields of a type, in the order in which the subgraphs, one after the other, name them."""
    found: dict[str, list[Source[FieldElement]]] = {}
    for source in sources:
        for name, element in source.element.fields.items():
            found.setdefault(name, []).append(Source(source.view, element))
    abstracting = abstracting_types(type_name, shape)
    for name, present in found.items():
        absent: tuple[SubgraphView, ...] = ()
        if len(present) < len(sources):
            having = {id(source.view) for source in present}
            absent = tuple(source.view for source in sources if id(source.view) not in having)
        yield FieldSources(type_name, name, tuple(present), absent, abstracted_fields(name, abstracting))


def abstracting_types(type_name: str, shape: Shape) -> TypeSources:
    """The interface objects of the interfaces of an object type, in subgraphs that do not know the type itself."""
    if shape.kinds[type_name] is not TypeKind.OBJECT:
        return ()
    return [
        source
        for interface in shape.implements[type_name]
        for source in shape.abstracting.get(interface, ())
        if type_name not in source.view.subgraph.types
    ]


def abstracted_fields(name: str, abstracting: TypeSources) -> tuple[Source[AbstractedField], ...]:
    """The fields of that name of interface objects."""
    return tuple(
        Source(source.view, AbstractedField(source.element.name, source.element.fields[name]))
        for source in abstracting
        if name in source.element.fields
    )


def is_shareable(source: Source[FieldElement], type_name: str) -> bool:
    """Whether a subgraph allows others to resolve the field too."""
    return (type_name, source.element.name) in source.view.usage.shareable


def has_context_argument(sources: Sequence[Source[FieldElement]]) -> bool:
    """Whether any subgraph takes an argument of the field from a context."""
    return any(
        has_federation_use(argument, "fromContext")
        for source in sources
        for argument in source.element.arguments.values()
    )
