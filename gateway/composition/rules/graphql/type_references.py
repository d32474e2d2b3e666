"""Types referred to exist, and are input types for inputs and output types for fields.

Types of federation's machinery exist for the machinery alone: the supergraph has none of them.

https://spec.graphql.org/draft/#sec-Input-and-Output-Types
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graphql import TypeNode

from gateway.ast_text import base_type_name
from gateway.composition.elements import FieldElement, InputElement, TypeElement
from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.problems import Problems
from gateway.composition.written import BUILT_IN_SCALARS, EXECUTABLE_LOCATIONS, SUBGRAPH_FIELDS, WrittenSubgraph
from gateway.supergraph.model import TypeKind

_Fault = tuple[TypeNode, str]

_INPUT_KINDS = frozenset({TypeKind.SCALAR, TypeKind.ENUM, TypeKind.INPUT})


def check_type_references(written: WrittenSubgraph, problems: Problems) -> None:
    """Report unknown types and types in the wrong position."""
    subgraph = written.subgraph
    references = _References(written)
    for element in subgraph.types.values():
        of_machinery = written.is_machinery_type(element.name)
        faults = [
            fault
            for field in element.fields.values()
            for fault in _field_faults(element, field, references, of_machinery=of_machinery)
        ]
        faults += references.input_faults(element.input_fields, f"{element.name}.{{}}", of_machinery=of_machinery)
        for node, message in faults:
            problems.report(INVALID_GRAPHQL, message, subgraph.name, node)
    for name, directive in subgraph.directives.items():
        of_machinery = EXECUTABLE_LOCATIONS.isdisjoint(directive.locations)
        for node, message in references.input_faults(directive.arguments, f"@{name}({{}}:)", of_machinery=of_machinery):
            problems.report(INVALID_GRAPHQL, message, subgraph.name, node)


def _field_faults(
    element: TypeElement, field: FieldElement, references: _References, *, of_machinery: bool
) -> Iterator[_Fault]:
    of_machinery = of_machinery or (element.name == "Query" and field.name in SUBGRAPH_FIELDS)
    name = base_type_name(field.type)
    if name not in references.outputs:
        message = references.fault(name, f"{element.name}.{field.name}", "an output", of_machinery=of_machinery)
        if message:
            yield field.type, message
    if field.arguments:
        coordinate = f"{element.name}.{field.name}({{}}:)"
        yield from references.input_faults(field.arguments, coordinate, of_machinery=of_machinery)


class _References:
    """``inputs`` and ``outputs`` are the types that anything may refer to in these positions: nearly all."""

    def __init__(self, written: WrittenSubgraph) -> None:
        self._written = written
        own = [element for element in written.subgraph.types.values() if not written.is_machinery_type(element.name)]
        self.outputs = BUILT_IN_SCALARS | {element.name for element in own if element.kind is not TypeKind.INPUT}
        self.inputs = BUILT_IN_SCALARS | {element.name for element in own if element.kind in _INPUT_KINDS}

    def input_faults(
        self, inputs: Mapping[str, InputElement], coordinate: str, *, of_machinery: bool
    ) -> Iterator[_Fault]:
        for item in inputs.values():
            name = base_type_name(item.type)
            if name not in self.inputs:
                message = self.fault(name, coordinate.format(item.name), "an input", of_machinery=of_machinery)
                if message:
                    yield item.type, message

    def fault(self, name: str, coordinate: str, position: str, *, of_machinery: bool) -> str | None:
        """What is wrong with a reference. References that are part of federation's machinery may refer to it."""
        element = self._written.subgraph.types.get(name)
        if element is None:
            return f"unknown type {name} of {coordinate}: define it, or correct its name."
        allowed = element.kind in _INPUT_KINDS if position == "an input" else element.kind is not TypeKind.INPUT
        if not allowed:
            return f"{coordinate} must be of {position} type, but {name} is declared as {element.kind.value}."
        if not of_machinery and self._written.is_machinery_type(name):
            return f"{coordinate} cannot be of type {name}, which is federation's own and no part of the API."
        return None
