"""What types the supergraph has, of which kinds, and which belong to which interface or union.

Merging fields needs this of all types: whether one type may stand for another depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gateway.composition.elements import TypeElement
from gateway.composition.errors import INTERFACE_OBJECT_USAGE_ERROR, TYPE_KIND_MISMATCH
from gateway.composition.field_usage import is_interface_object
from gateway.composition.merge.report import Report, each_with_subgraphs, in_subgraphs, views_of
from gateway.composition.merge.views import Source, SubgraphView, TypeSources
from gateway.supergraph.model import TypeKind

ROOT_TYPES = ("Query", "Mutation", "Subscription")
BUILT_IN_SCALARS = frozenset({"Int", "Float", "String", "Boolean", "ID"})


@dataclass(frozen=True, slots=True)
class Shape:
    """The supergraph's types by name. ``implementations`` holds object types only, ``implements`` objects too.

    ``sources`` are those that have the supergraph's kind; an ``@interfaceObject`` counts as an interface.
    ``abstracting`` are, for each interface, the subgraphs in which an ``@interfaceObject`` stands for it.
    """

    kinds: Mapping[str, TypeKind]
    sources: Mapping[str, TypeSources]
    implements: Mapping[str, tuple[str, ...]]
    implementations: Mapping[str, tuple[str, ...]]
    members: Mapping[str, tuple[str, ...]]
    abstracting: Mapping[str, TypeSources]

    def is_subtype(self, super_type: str, super_kind: TypeKind | None, sub_type: str) -> bool:
        """Whether ``sub_type`` is a member of that union, or implements that interface, in the supergraph."""
        if super_kind is TypeKind.UNION:
            return sub_type in self.members.get(super_type, ())
        return super_kind is TypeKind.INTERFACE and super_type in self.implements.get(sub_type, ())


def merged_shape(views: Sequence[SubgraphView], report: Report) -> Shape:
    """Collect the types of all subgraphs; report those whose kinds do not agree."""
    everywhere = _types_by_name(views)
    kinds: dict[str, TypeKind] = {}
    sources: dict[str, TypeSources] = {}
    for name, found in everywhere.items():
        kind = _merged_kind(found[0].element)
        alike = [source for source in found if _merged_kind(source.element) is kind]
        if len(alike) < len(found):
            _report_kinds(name, found, report)
        elif kind is TypeKind.INTERFACE and all(is_interface_object(source.element) for source in found):
            _report_no_interface(name, found, report)
        kinds[name], sources[name] = kind, alike
    implements = {
        name: _union(source.element.interfaces for source in found)
        for name, found in sources.items()
        if kinds[name] in (TypeKind.OBJECT, TypeKind.INTERFACE)
    }
    return Shape(
        kinds=kinds,
        sources=sources,
        implements=implements,
        implementations=_implementations(implements, kinds),
        members={
            name: _union(source.element.members for source in found)
            for name, found in sources.items()
            if kinds[name] is TypeKind.UNION
        },
        abstracting={
            name: [source for source in found if is_interface_object(source.element)]
            for name, found in sources.items()
            if kinds[name] is TypeKind.INTERFACE
        },
    )


def _types_by_name(views: Sequence[SubgraphView]) -> dict[str, list[Source[TypeElement]]]:
    """Every subgraph has a query type, be it for its entities alone."""
    found: dict[str, list[Source[TypeElement]]] = {}
    for view in views:
        for name, element in view.subgraph.types.items():
            if name not in BUILT_IN_SCALARS:
                found.setdefault(name, []).append(Source(view, element))
        if "Query" not in view.subgraph.types:
            found.setdefault("Query", []).append(Source(view, _EMPTY_QUERY))
    return found


_EMPTY_QUERY = TypeElement(
    kind=TypeKind.OBJECT,
    name="Query",
    description=None,
    directives=(),
    nodes=(),
    has_definition=True,
    has_extension=False,
)


def _merged_kind(element: TypeElement) -> TypeKind:
    return TypeKind.INTERFACE if is_interface_object(element) else element.kind


def _union(names: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in names for name in group))


def _implementations(
    implements: Mapping[str, tuple[str, ...]], kinds: Mapping[str, TypeKind]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, interfaces in implements.items():
        if kinds[name] is TypeKind.OBJECT:
            for interface in interfaces:
                found.setdefault(interface, []).append(name)
    return {interface: tuple(names) for interface, names in found.items()}


def _report_kinds(name: str, found: TypeSources, report: Report) -> None:
    report.error(
        TYPE_KIND_MISMATCH,
        f'Type "{name}" is of different kinds: it is {each_with_subgraphs(found, _kind_words)}. '
        "Make it the same kind everywhere, or rename one of them.",
        views_of(found),
        [(source.view, node) for source in found for node in source.element.nodes[:1]],
    )


def _kind_words(element: TypeElement) -> str:
    if is_interface_object(element):
        return "an object with @interfaceObject"
    return {
        TypeKind.SCALAR: "a scalar",
        TypeKind.OBJECT: "an object",
        TypeKind.INTERFACE: "an interface",
        TypeKind.UNION: "a union",
        TypeKind.ENUM: "an enum",
        TypeKind.INPUT: "an input object",
    }[element.kind]


def _report_no_interface(name: str, found: TypeSources, report: Report) -> None:
    report.error(
        INTERFACE_OBJECT_USAGE_ERROR,
        f'Type "{name}" is an @interfaceObject wherever it is defined ({in_subgraphs(views_of(found))}): '
        "define it as an interface in at least one subgraph.",
        views_of(found),
        [(source.view, node) for source in found for node in source.element.nodes[:1]],
    )
