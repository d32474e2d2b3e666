"""What must be given cannot be deprecated.

https://spec.graphql.org/draft/#sec--deprecated
"""

from __future__ import annotations

from collections.abc import Sequence

from graphql import NonNullTypeNode

from gateway.composition.elements import InputElement
from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.problems import Problems
from gateway.composition.written import WrittenSubgraph


def check_required_deprecated(written: WrittenSubgraph, problems: Problems) -> None:
    """Report required arguments and input fields marked ``@deprecated``."""
    for element in written.subgraph.types.values():
        for field in element.fields.values():
            if field.arguments:
                coordinate = f"{element.name}.{field.name}({{}}:)"
                _check(written, coordinate, tuple(field.arguments.values()), problems)
        _check(written, f"{element.name}.{{}}", tuple(element.input_fields.values()), problems)


def _check(written: WrittenSubgraph, coordinate: str, items: Sequence[InputElement], problems: Problems) -> None:
    for item in items:
        required = isinstance(item.type, NonNullTypeNode) and item.default is None
        if required and any(use.name == "deprecated" and use.feature is None for use in item.directives):
            message = f"{coordinate.format(item.name)} is required and so cannot be deprecated: make it optional."
            problems.report(INVALID_GRAPHQL, message, written.subgraph.name, item.node)
