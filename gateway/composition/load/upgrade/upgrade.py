"""The story of the upgrade, pass by pass. The order matters: each pass relies on those before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gateway.composition.elements import Subgraph
from gateway.composition.load.upgrade.external_on_extensions import remove_external_on_extensions
from gateway.composition.load.upgrade.external_tags import remove_tags_on_external
from gateway.composition.load.upgrade.field_set_arguments import fix_field_set_arguments
from gateway.composition.load.upgrade.inactive_field_sets import remove_inactive_field_sets
from gateway.composition.load.upgrade.interfaces import remove_directives_on_interfaces, remove_external_on_types
from gateway.composition.load.upgrade.others import Others, other_subgraphs
from gateway.composition.load.upgrade.shareable import add_shareable
from gateway.composition.load.upgrade.type_extensions import turn_extensions_into_definitions
from gateway.composition.load.upgrade.unused_external import remove_unused_external
from gateway.composition.problems import Problems

_Pass = Callable[[Subgraph, Others], Subgraph]

_PASSES: tuple[_Pass, ...] = (
    fix_field_set_arguments,
    remove_external_on_types,
    remove_external_on_extensions,
    remove_inactive_field_sets,
    turn_extensions_into_definitions,
    remove_directives_on_interfaces,
)


def upgrade_subgraphs(subgraphs: Sequence[Subgraph], problems: Problems) -> tuple[Subgraph, ...]:
    """Upgrade the federation v1 subgraphs among ``subgraphs``; those of v2 come back as they are."""
    if not any(subgraph.is_fed1 for subgraph in subgraphs):
        return tuple(subgraphs)
    others = other_subgraphs(subgraphs)
    return tuple(_upgrade(subgraph, others, problems) if subgraph.is_fed1 else subgraph for subgraph in subgraphs)


def _upgrade(original: Subgraph, others: Others, problems: Problems) -> Subgraph:
    subgraph = original
    for upgrade in _PASSES:
        subgraph = upgrade(subgraph, others)
    subgraph = remove_unused_external(subgraph, problems)
    subgraph = add_shareable(subgraph, original, others)
    return remove_tags_on_external(subgraph, others)
