"""The definitions that federation supplies to a subgraph whose text leaves them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from graphql import DirectiveDefinitionNode, parse, parse_type

from gateway.composition.elements import DirectiveElement, InputElement, TypeElement
from gateway.composition.written import directive_element
from gateway.federation.directives import (
    CONNECT_DIRECTIVES,
    CONNECT_IDENTITY,
    CONNECT_INPUTS,
    CORE_DIRECTIVE,
    CORE_IDENTITY,
    FEDERATION_1_DIRECTIVES,
    FEDERATION_IDENTITY,
    LINK_DIRECTIVE,
    LINK_IDENTITY,
    NEWEST_FEDERATION,
    ArgumentSpec,
    DirectiveSpec,
    Version,
    federation_directives,
)
from gateway.federation.links import NameTable
from gateway.supergraph.model import TypeKind


def spec_of(canonical: str, feature: str | None, federation: Version | None) -> DirectiveSpec | None:
    """The spec's definition of a directive, for a subgraph of that federation version (None: v1)."""
    if feature == LINK_IDENTITY:
        return LINK_DIRECTIVE
    if feature == CORE_IDENTITY:
        return CORE_DIRECTIVE
    if feature == CONNECT_IDENTITY:
        return CONNECT_DIRECTIVES.get(canonical)
    if feature != FEDERATION_IDENTITY:
        return None
    if federation is None:
        return FEDERATION_1_DIRECTIVES.get(canonical) or federation_directives(NEWEST_FEDERATION).get(canonical)
    return federation_directives(federation).get(canonical) or federation_directives(NEWEST_FEDERATION).get(canonical)


def supplied_directives(names: NameTable, federation: Version | None) -> dict[str, DirectiveElement]:
    """Definitions of all directives that the linked specs offer, by written name."""
    found: dict[str, DirectiveElement] = {}
    type_names = tuple(sorted((canonical, written) for written, canonical in names.machinery.items()))
    for written, (canonical, feature) in names.directives.items():
        spec = spec_of(canonical, feature, federation)
        if spec is not None:
            found[written] = _element(spec, feature, type_names)
    return found


def supplied_inputs(names: NameTable) -> dict[str, TypeElement]:
    """Input types of the linked specs, by written name."""
    type_names = {canonical: written for written, canonical in names.machinery.items()}
    return {
        written: _input(written, CONNECT_INPUTS[canonical], type_names)
        for written, canonical in names.machinery.items()
        if canonical in CONNECT_INPUTS
    }


def _input(name: str, fields: Sequence[ArgumentSpec], type_names: Mapping[str, str]) -> TypeElement:
    elements: dict[str, InputElement] = {}
    for field in fields:
        node = parse_type(written_type(field.type, type_names), no_location=True)
        elements[field.name] = InputElement(field.name, node, None, None, (), node)
    return TypeElement(
        TypeKind.INPUT, name, None, (), (), has_definition=True, has_extension=False, input_fields=elements
    )


@cache
def _element(spec: DirectiveSpec, feature: str, type_names: tuple[tuple[str, str], ...]) -> DirectiveElement:
    node = parse(spec_text(spec, dict(type_names)), no_location=True).definitions[0]
    assert isinstance(node, DirectiveDefinitionNode)
    return directive_element(node, spec.name, feature)


def spec_text(spec: DirectiveSpec, type_names: Mapping[str, str]) -> str:
    """The SDL of a directive; ``type_names`` maps the spec's own types to the names written for them."""
    arguments = ", ".join(
        f"{argument.name}: {written_type(argument.type, type_names)}"
        + (f" = {argument.default}" if argument.default else "")
        for argument in spec.arguments
    )
    listed = f"({arguments})" if arguments else ""
    repeatable = " repeatable" if spec.repeatable else ""
    return f"directive @{spec.name}{listed}{repeatable} on {' | '.join(sorted(spec.locations))}"


def written_type(text: str, type_names: Mapping[str, str]) -> str:
    """A type reference with the name of its base type as the subgraph writes it."""
    base = text.strip("[]!")
    return text.replace(base, type_names.get(base, base))
