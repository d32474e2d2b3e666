"""``@cost`` weighs what is resolved, which fields of interfaces are not."""

from __future__ import annotations

from gateway.composition.errors import COST_APPLIED_TO_INTERFACE_FIELD
from gateway.composition.problems import Problems
from gateway.composition.rules.subgraph.view import SubgraphView
from gateway.supergraph.model import TypeKind


def check_cost(view: SubgraphView, problems: Problems) -> None:
    """Report ``@cost`` on fields of interfaces."""
    for element, field, use in view.on_fields("cost"):
        if element.kind is TypeKind.INTERFACE:
            message = f"@cost cannot stand on {element.name}.{field.name}, an interface field: move it to the types."
            problems.report(COST_APPLIED_TO_INTERFACE_FIELD, message, view.name, use.node)
