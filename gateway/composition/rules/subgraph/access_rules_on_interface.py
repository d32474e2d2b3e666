"""Access rules stand on what is resolved: object types, their fields, scalars and enums."""

from __future__ import annotations

from gateway.composition.errors import AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE
from gateway.composition.field_usage import is_interface_object
from gateway.composition.problems import Problems
from gateway.composition.rules.subgraph.view import SubgraphView
from gateway.supergraph.model import TypeKind

ACCESS_RULES = ("authenticated", "requiresScopes", "policy")


def check_access_rules_on_interface(view: SubgraphView, problems: Problems) -> None:
    """Report access rules on interfaces, on their fields and on ``@interfaceObject`` types."""
    advice = "put it on the types that implement the interface"
    for directive in ACCESS_RULES:
        for element, use in view.on_types(directive):
            if element.kind is TypeKind.INTERFACE or is_interface_object(element):
                message = f"@{directive} cannot stand on the interface {element.name}: {advice}."
                problems.report(AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE, message, view.name, use.node)
        for element, field, use in view.on_fields(directive):
            if element.kind is TypeKind.INTERFACE:
                message = (
                    f"@{directive} cannot stand on {element.name}.{field.name}, which is an interface's: {advice}."
                )
                problems.report(AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE, message, view.name, use.node)
