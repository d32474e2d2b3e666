"""``@interfaceObject`` stands on entities: their keys are what other subgraphs find the interface by."""

from __future__ import annotations

from gateway.composition.errors import INTERFACE_OBJECT_USAGE_ERROR
from gateway.composition.field_usage import has_federation_use
from gateway.composition.problems import Problems
from gateway.composition.rules.subgraph.view import SubgraphView


def check_interface_object(view: SubgraphView, problems: Problems) -> None:
    """Report interface objects without a key."""
    for element, use in view.on_types("interfaceObject"):
        if not has_federation_use(element, "key"):
            message = f"{element.name} is an @interfaceObject and so needs a @key: add the key of the interface."
            problems.report(INTERFACE_OBJECT_USAGE_ERROR, message, view.name, use.node)
