"""Defaults are values of their types.

https://spec.graphql.org/draft/#sec-Values-of-Correct-Type
"""

from __future__ import annotations

from collections.abc import Iterator

from gateway.ast_text import type_text, value_text
from gateway.composition.elements import InputElement, Subgraph
from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.problems import Problems
from gateway.composition.values import fits
from gateway.composition.written import WrittenSubgraph


def check_default_values(written: WrittenSubgraph, problems: Problems) -> None:
    """Report defaults that do not fit."""
    for coordinate, item in _inputs(written.subgraph):
        if item.default is not None and not fits(item.default, item.type, written.subgraph.types):
            message = f"the default {value_text(item.default)} of {coordinate} is no {type_text(item.type)}."
            problems.report(INVALID_GRAPHQL, message, written.subgraph.name, item.node)


def _inputs(subgraph: Subgraph) -> Iterator[tuple[str, InputElement]]:
    for element in subgraph.types.values():
        for field in element.fields.values():
            for argument in field.arguments.values():
                yield f"{element.name}.{field.name}({argument.name}:)", argument
        for item in element.input_fields.values():
            yield f"{element.name}.{item.name}", item
    for name, directive in subgraph.directives.items():
        for argument in directive.arguments.values():
            yield f"@{name}({argument.name}:)", argument
