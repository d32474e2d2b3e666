"""What a subgraph declares ``@external``, it declares for some use."""

from __future__ import annotations

from gateway.composition.errors import EXTERNAL_UNUSED
from gateway.composition.problems import Problems
from gateway.composition.rules.subgraph.view import SubgraphView


def check_external_unused(view: SubgraphView, problems: Problems) -> None:
    """Report external fields that no field set and no interface of the subgraph needs."""
    for owner, name in sorted(view.usage.external - view.usage.used):
        message = (
            f"{owner}.{name} is @external, but no @key, @provides, @requires or interface of the subgraph uses "
            f"it: remove the field, or unmark it."
        )
        problems.report(EXTERNAL_UNUSED, message, view.name, view.types[owner].fields[name].node)
