"""Types referred to exist, and are input types for inputs and output types for fields.

https://spec.graphql.org/draft/#sec-Input-and-Output-Types
"""

from __future__ import annotations

from collections.abc import Mapping

from graphql import TypeNode

from gateway.ast_text import base_type_name
from gateway.composition.elements import InputElement
from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.problems import Problems
from gateway.composition.written import WrittenSubgraph
from gateway.supergraph.model import TypeKind

_INPUT_KINDS = frozenset({TypeKind.SCALAR, TypeKind.ENUM, TypeKind.INPUT})


def check_type_references(written: WrittenSubgraph, problems: Problems) -> None:
    """Report unknown types and types in the wrong position."""
    subgraph = written.subgraph
    for element in subgraph.types.values():
        for field in element.fields.values():
            _check(written, field.type, f"{element.name}.{field.name}", "an output", problems)
            if field.arguments:
                _check_inputs(written, field.arguments, f"{element.name}.{field.name}({{}}:)", problems)
        if element.input_fields:
            _check_inputs(written, element.input_fields, f"{element.name}.{{}}", problems)
    for name, directive in subgraph.directives.items():
        _check_inputs(written, directive.arguments, f"@{name}({{}}:)", problems)


def _check_inputs(
    written: WrittenSubgraph, inputs: Mapping[str, InputElement], coordinate: str, problems: Problems
) -> None:
    for item in inputs.values():
        _check(written, item.type, coordinate.format(item.name), "an input", problems)


def _check(written: WrittenSubgraph, reference: TypeNode, coordinate: str, position: str, problems: Problems) -> None:
    name = base_type_name(reference)
    element = written.subgraph.types.get(name)
    if element is None:
        if not written.is_known_type(name):
            message = f"unknown type {name} of {coordinate}: define it, or correct its name."
            problems.report(INVALID_GRAPHQL, message, written.subgraph.name, reference)
        return
    allowed = element.kind in _INPUT_KINDS if position == "an input" else element.kind is not TypeKind.INPUT
    if not allowed:
        message = f"{coordinate} must be of {position} type, but {name} is declared as {element.kind.value}."
        problems.report(INVALID_GRAPHQL, message, written.subgraph.name, reference)
