"""The story of the upgrade, pass by pass. The order matters: each pass relies on those before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gateway.composition.elements import Subgraph
from gateway.composition.problems import Problems

from .external_on_extensions import remove_external_on_extensions
from .external_tags import remove_tags_on_external
from .field_set_arguments import fix_field_set_arguments
from .inactive_field_sets import remove_inactive_field_sets
from .interfaces import remove_directives_on_interfaces, remove_external_on_types
from .others import Others, other_subgraphs
from .shareable import add_shareable
from .type_extensions import turn_extensions_into_definitions
from .unused_external import remove_unused_external

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
