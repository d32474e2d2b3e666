"""All rules on a subgraph by itself, in one list."""

from __future__ import annotations

from gateway.composition.elements import Subgraph
from gateway.composition.problems import Problems
from gateway.composition.rules.subgraph.access_rules_on_interface import check_access_rules_on_interface
from gateway.composition.rules.subgraph.context import check_contexts
from gateway.composition.rules.subgraph.cost import check_cost
from gateway.composition.rules.subgraph.external_on_interface import check_external_on_interface
from gateway.composition.rules.subgraph.external_unused import check_external_unused
from gateway.composition.rules.subgraph.from_context import check_from_context
from gateway.composition.rules.subgraph.interface_keys import check_interface_keys
from gateway.composition.rules.subgraph.interface_object import check_interface_object
from gateway.composition.rules.subgraph.key_fields import check_key_fields
from gateway.composition.rules.subgraph.list_size import check_list_size
from gateway.composition.rules.subgraph.provides_fields import check_provides_fields
from gateway.composition.rules.subgraph.requires_fields import check_requires_fields
from gateway.composition.rules.subgraph.shareable import check_shareable
from gateway.composition.rules.subgraph.view import view_of

_RULES = (
    check_key_fields,
    check_provides_fields,
    check_requires_fields,
    check_contexts,
    check_from_context,
    check_external_on_interface,
    check_external_unused,
    check_interface_keys,
    check_interface_object,
    check_shareable,
    check_cost,
    check_list_size,
    check_access_rules_on_interface,
)


def check_subgraph(subgraph: Subgraph, problems: Problems) -> None:
    """Report everything in a subgraph that federation does not allow."""
    view = view_of(subgraph)
    for rule in _RULES:
        rule(view, problems)
