"""What a subgraph's federation directives make of its fields: external, provided, shareable, used.

Fields are named by (type, field). Field sets that do not parse, or select what is not there, are passed over: rules
of their own report them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from graphql import DirectiveNode, StringValueNode

from gateway.ast_text import base_type_name
from gateway.composition.elements import (
    DirectiveUse,
    EnumValueElement,
    FieldElement,
    InputElement,
    Subgraph,
    TypeElement,
)
from gateway.federation.directives import FEDERATION_IDENTITY
from gateway.federation.field_set import InvalidFieldSet, parse_field_set
from gateway.selection_set import Field, SelectionSet
from gateway.supergraph.model import TypeKind

FieldCoordinate: TypeAlias = tuple[str, str]

_IGNORED = r"(?:[\s,]|#[^\n\r]*)*"
_CONTEXT = re.compile(rf"{_IGNORED}\${_IGNORED}([A-Za-z_]\w*)(.*)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class FieldUsage:
    """Sets of the fields of one subgraph.

    ``external`` leaves out key fields of extensions, whose ``@external`` says nothing. ``shareable`` holds key fields
    and provided external fields besides those marked. ``used`` are the fields that a key, requires, provides, context
    or interface of the subgraph needs.
    """

    external: frozenset[FieldCoordinate]
    provided: frozenset[FieldCoordinate]
    shareable: frozenset[FieldCoordinate]
    used: frozenset[FieldCoordinate]

    def is_fully_external(self, field: FieldCoordinate) -> bool:
        """The subgraph never resolves the field, not even along a provided path."""
        return field in self.external and field not in self.provided


def federation_uses(
    element: TypeElement | FieldElement | InputElement | EnumValueElement, name: str
) -> tuple[DirectiveUse, ...]:
    """Applications of the federation directive ``name`` on an element."""
    return tuple(use for use in element.directives if use.name == name and use.feature == FEDERATION_IDENTITY)


def has_federation_use(element: TypeElement | FieldElement | InputElement | EnumValueElement, name: str) -> bool:
    """Whether the federation directive ``name`` is applied to an element."""
    if not element.directives:
        return False
    return any(use.name == name and use.feature == FEDERATION_IDENTITY for use in element.directives)


def field_set_of(use: DirectiveUse, argument: str = "fields") -> str | None:
    """The field set that a ``@key``, ``@requires`` or ``@provides`` gives."""
    value = use.arguments.get(argument)
    return value.value if isinstance(value, StringValueNode) else None


def is_interface_object(element: TypeElement) -> bool:
    """Whether a type stands for an interface of other subgraphs."""
    return element.kind is TypeKind.OBJECT and has_federation_use(element, "interfaceObject")


def implementations(subgraph: Subgraph) -> dict[str, list[str]]:
    """Object types of a subgraph by the interfaces that they implement there."""
    found: dict[str, list[str]] = {}
    for element in subgraph.types.values():
        if element.kind is TypeKind.OBJECT:
            for interface in element.interfaces:
                found.setdefault(interface, []).append(element.name)
    return found


def field_usage(subgraph: Subgraph) -> FieldUsage:
    """Collect the sets for one subgraph, in time linear in its size."""
    walk = _Walk(subgraph.types, implementations(subgraph))
    key_fields: set[FieldCoordinate] = set()
    fake_external: set[FieldCoordinate] = set()
    marked_external: set[FieldCoordinate] = set()
    provided: set[FieldCoordinate] = set()
    shareable: set[FieldCoordinate] = set()
    used: set[FieldCoordinate] = set()
    for element in subgraph.types.values():
        if element.kind not in (TypeKind.OBJECT, TypeKind.INTERFACE):
            continue
        for key in federation_uses(element, "key"):
            text = field_set_of(key)
            key_fields.update(walk.targets(element.name, text))
            if key.on_extension or has_federation_use(element, "extends"):
                fake_external.update(walk.targets(element.name, text, through_interfaces=False))
        shareable.update(_shared_by_type(element))
        whole_type = (
            not subgraph.is_fed1 and element.kind is TypeKind.OBJECT and has_federation_use(element, "external")
        )
        for field in element.fields.values():
            if whole_type or has_federation_use(field, "external"):
                marked_external.add((element.name, field.name))
            for use in field.directives:
                if use.feature != FEDERATION_IDENTITY:
                    continue
                if use.name == "shareable" and element.kind is TypeKind.OBJECT:
                    shareable.add((element.name, field.name))
                elif use.name == "provides":
                    provided.update(walk.targets(base_type_name(field.type), field_set_of(use)))
                elif use.name == "requires":
                    used.update(walk.targets(element.name, field_set_of(use)))
    external = marked_external - fake_external
    shareable |= key_fields | (provided & external)
    used |= key_fields | provided | set(_context_fields(subgraph, walk)) | set(walk.constrained_by_interfaces())
    return FieldUsage(frozenset(external), frozenset(provided), frozenset(shareable), frozenset(used))


def selected_fields(types: Mapping[str, TypeElement], type_name: str, text: str | None) -> frozenset[FieldCoordinate]:
    """The fields that a field set on a type selects, at any depth."""
    return frozenset(_Walk(types, {}).targets(type_name, text, through_interfaces=False))


@dataclass(frozen=True, slots=True)
class _Walk:
    """Follows field sets through the types of a subgraph."""

    types: Mapping[str, TypeElement]
    implementations: Mapping[str, list[str]]

    def targets(
        self, type_name: str, text: str | None, *, through_interfaces: bool = True
    ) -> Iterator[FieldCoordinate]:
        """All fields that a field set selects, at any depth; those of an interface in its implementations too."""
        try:
            selections = parse_field_set(text or "")
        except InvalidFieldSet:
            return
        yield from self._selected(type_name, selections, through_interfaces=through_interfaces)

    def _selected(
        self, type_name: str, selections: SelectionSet, *, through_interfaces: bool
    ) -> Iterator[FieldCoordinate]:
        element = self.types.get(type_name)
        for selection in selections:
            if not isinstance(selection, Field):
                condition = selection.type_condition or type_name
                yield from self._selected(condition, selection.selections, through_interfaces=through_interfaces)
                continue
            field = element.fields.get(selection.name) if element else None
            if field is None:
                continue
            yield type_name, selection.name
            if through_interfaces:
                for implementation in self.implementations.get(type_name, ()):
                    if selection.name in self.types[implementation].fields:
                        yield implementation, selection.name
            if selection.selections:
                inner = base_type_name(field.type)
                yield from self._selected(inner, selection.selections, through_interfaces=through_interfaces)

    def constrained_by_interfaces(self) -> Iterator[FieldCoordinate]:
        """Fields that a type must have because an interface of the subgraph has them."""
        for interface, types in self.implementations.items():
            element = self.types.get(interface)
            if element is None:
                continue
            for type_name in types:
                own = self.types[type_name].fields
                yield from ((type_name, name) for name in element.fields if name in own)


def _shared_by_type(element: TypeElement) -> Iterator[FieldCoordinate]:
    """Fields that a ``@shareable`` on their type marks: those of the same definition or extension of the type."""
    if element.kind is not TypeKind.OBJECT:
        return
    for use in federation_uses(element, "shareable"):
        in_same_form = _form_of(element, use)
        yield from ((element.name, field.name) for field in element.fields.values() if in_same_form(field))


def _form_of(element: TypeElement, use: DirectiveUse) -> Callable[[FieldElement], bool]:
    if isinstance(use.node, DirectiveNode):
        for node in element.nodes:
            if any(applied is use.node for applied in getattr(node, "directives", None) or ()):
                names = {field.name.value for field in getattr(node, "fields", None) or ()}
                return lambda field: field.name in names
    return lambda field: field.on_extension == use.on_extension


def _context_fields(subgraph: Subgraph, walk: _Walk) -> Iterator[FieldCoordinate]:
    """Fields that a ``@fromContext`` selects, on every type that sets the context."""
    setters: dict[str, list[str]] = {}
    for element in subgraph.types.values():
        for use in federation_uses(element, "context"):
            setters.setdefault(field_set_of(use, "name") or "", []).append(element.name)
    if not setters:
        return
    for element in subgraph.types.values():
        for field in element.fields.values():
            for argument in field.arguments.values():
                for use in federation_uses(argument, "fromContext"):
                    context, selection = split_context(field_set_of(use, "field") or "")
                    for type_name in setters.get(context, ()):
                        yield from walk.targets(type_name, selection)


def split_context(text: str) -> tuple[str, str]:
    """Context name and selection of ``$name { selection }`` (or ``$name selection``); empty name if it has none."""
    found = _CONTEXT.match(text)
    return (found[1], found[2].strip()) if found else ("", text.strip())
