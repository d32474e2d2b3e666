"""Types referred to exist, and are input types for inputs and output types for fields.

Types of federation's machinery exist for the machinery alone: the supergraph has none of them.

https://spec.graphql.org/draft/#sec-Input-and-Output-Types
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import TypeNode

from gateway.ast_text import base_type_name
from gateway.composition.elements import InputElement
from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.problems import Problems
from gateway.composition.written import SUBGRAPH_FIELDS, WrittenSubgraph
from gateway.supergraph.model import TypeKind

_INPUT_KINDS = frozenset({TypeKind.SCALAR, TypeKind.ENUM, TypeKind.INPUT})


def check_type_references(written: WrittenSubgraph, problems: Problems) -> None:
    """Report unknown types and types in the wrong position."""
    subgraph = written.subgraph
    for element in subgraph.types.values():
        of_machinery = written.is_machinery_type(element.name)
        for field in element.fields.values():
            supplied = of_machinery or (element.name == "Query" and field.name in SUBGRAPH_FIELDS)
            checker = _Checker(written, problems, supplied)
            checker.check(field.type, f"{element.name}.{field.name}", "an output")
            if field.arguments:
                checker.check_inputs(field.arguments, f"{element.name}.{field.name}({{}}:)")
        if element.input_fields:
            _Checker(written, problems, of_machinery).check_inputs(element.input_fields, f"{element.name}.{{}}")
    for name, directive in subgraph.directives.items():
        checker = _Checker(written, problems, directive.feature is not None or "SCHEMA" in directive.locations)
        checker.check_inputs(directive.arguments, f"@{name}({{}}:)")


@dataclass(frozen=True, slots=True)
class _Checker:
    """``of_machinery`` tells that the references to check are themselves part of federation's machinery."""

    written: WrittenSubgraph
    problems: Problems
    of_machinery: bool

    def check_inputs(self, inputs: Mapping[str, InputElement], coordinate: str) -> None:
        for item in inputs.values():
            self.check(item.type, coordinate.format(item.name), "an input")

    def check(self, reference: TypeNode, coordinate: str, position: str) -> None:
        fault = self._fault(base_type_name(reference), coordinate, position)
        if fault:
            self.problems.report(INVALID_GRAPHQL, fault, self.written.subgraph.name, reference)

    def _fault(self, name: str, coordinate: str, position: str) -> str | None:
        element = self.written.subgraph.types.get(name)
        if element is None:
            if self.written.is_known_type(name):
                return None
            return f"unknown type {name} of {coordinate}: define it, or correct its name."
        allowed = element.kind in _INPUT_KINDS if position == "an input" else element.kind is not TypeKind.INPUT
        if not allowed:
            return f"{coordinate} must be of {position} type, but {name} is declared as {element.kind.value}."
        if not self.of_machinery and self.written.is_machinery_type(name):
            return f"{coordinate} cannot be of type {name}, which is federation's own and no part of the API."
        return None
