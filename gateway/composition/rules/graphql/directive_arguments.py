"""Directives get the arguments they define: no others, all that are required, values of the right type.

As with the reference composer, null counts as a value of any type.

https://spec.graphql.org/draft/#sec-Validation.Arguments
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graphql import NonNullTypeNode, NullValueNode

from gateway.ast_text import type_text, value_text
from gateway.composition.elements import DirectiveElement, DirectiveUse, TypeElement
from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.problems import Problems
from gateway.composition.values import fits
from gateway.composition.written import Place, WrittenSubgraph


def check_directive_arguments(written: WrittenSubgraph, places: Sequence[Place], problems: Problems) -> None:
    """Report unknown, missing and mistyped arguments of directives."""
    types = {**written.supplied_inputs, **written.subgraph.types}
    for place in places:
        for use in place.uses:
            definition = written.definitions.get(use.node.name.value)
            if definition is not None:
                for message in _faults(definition, use, types):
                    report = f"@{use.node.name.value} on {place.coordinate} {message}."
                    problems.report(INVALID_GRAPHQL, report, written.subgraph.name, use.node)


def _faults(definition: DirectiveElement, use: DirectiveUse, types: Mapping[str, TypeElement]) -> list[str]:
    faults: list[str] = []
    for name, value in use.arguments.items():
        argument = definition.arguments.get(name)
        if argument is None:
            faults.append(f'has no argument "{name}": remove it')
        elif not isinstance(value, NullValueNode) and not fits(value, argument.type, types):
            faults.append(f'needs a value of type {type_text(argument.type)} for "{name}", not {value_text(value)}')
    for argument in definition.arguments.values():
        required = isinstance(argument.type, NonNullTypeNode) and argument.default is None
        if required and argument.name not in use.arguments:
            faults.append(f'needs the argument "{argument.name}" of type {type_text(argument.type)}')
    return faults
