"""All rules of the GraphQL specification, in two lists: what makes a text unclear, and what is only forbidden."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.composition.problems import Problems
from gateway.composition.rules.graphql.built_in_scalars import check_built_in_scalars
from gateway.composition.rules.graphql.default_values import check_default_values
from gateway.composition.rules.graphql.directive_arguments import check_directive_arguments
from gateway.composition.rules.graphql.empty_types import check_empty_types
from gateway.composition.rules.graphql.implementations import check_implementations
from gateway.composition.rules.graphql.input_cycles import check_input_cycles
from gateway.composition.rules.graphql.known_directives import check_known_directives
from gateway.composition.rules.graphql.required_deprecated import check_required_deprecated
from gateway.composition.rules.graphql.reserved_names import check_reserved_names
from gateway.composition.rules.graphql.root_types import check_root_types
from gateway.composition.rules.graphql.type_references import check_type_references
from gateway.composition.rules.graphql.union_members import check_union_members
from gateway.composition.rules.graphql.unique_directives import check_unique_directives
from gateway.composition.written import Place, WrittenSubgraph

_ON_NAMES = (
    check_reserved_names,
    check_built_in_scalars,
    check_root_types,
    check_type_references,
    check_union_members,
)
_ON_DIRECTIVES = (check_known_directives, check_unique_directives, check_directive_arguments)
_ON_SCHEMA = (
    check_empty_types,
    check_implementations,
    check_input_cycles,
    check_default_values,
    check_required_deprecated,
)


def check_text(written: WrittenSubgraph, applied: Sequence[Place], problems: Problems) -> None:
    """Report what leaves it unclear what a subgraph's text means: unknown types and directives, and the like.

    ``applied`` are all places with directives.
    """
    for rule in _ON_NAMES:
        rule(written, problems)
    for directive_rule in _ON_DIRECTIVES:
        directive_rule(written, applied, problems)


def check_schema(written: WrittenSubgraph, problems: Problems) -> None:
    """Report what GraphQL does not allow although its meaning is clear."""
    for rule in _ON_SCHEMA:
        rule(written, problems)
