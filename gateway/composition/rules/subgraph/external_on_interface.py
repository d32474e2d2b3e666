"""Fields of interfaces are not resolved, so that they cannot be resolved elsewhere either."""

from __future__ import annotations

from gateway.composition.errors import EXTERNAL_ON_INTERFACE
from gateway.composition.problems import Problems
from gateway.composition.rules.subgraph.view import SubgraphView
from gateway.supergraph.model import TypeKind


def check_external_on_interface(view: SubgraphView, problems: Problems) -> None:
    """Report ``@external`` on fields of interfaces."""
    for element, field, use in view.on_fields("external"):
        if element.kind is TypeKind.INTERFACE:
            message = f"{element.name}.{field.name} is a field of an interface and cannot be @external: unmark it."
            problems.report(EXTERNAL_ON_INTERFACE, message, view.name, use.node)
