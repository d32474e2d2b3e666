"""All rules of the GraphQL specification, in two lists: what makes a text unclear, and what is only forbidden."""

from __future__ import annotations

from gateway.composition.problems import Problems
from gateway.composition.written import WrittenSubgraph, places

from .built_in_scalars import check_built_in_scalars
from .default_values import check_default_values
from .directive_arguments import check_directive_arguments
from .empty_types import check_empty_types
from .implementations import check_implementations
from .input_cycles import check_input_cycles
from .known_directives import check_known_directives
from .required_deprecated import check_required_deprecated
from .reserved_names import check_reserved_names
from .root_types import check_root_types
from .type_references import check_type_references
from .union_members import check_union_members
from .unique_directives import check_unique_directives

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


def check_text(written: WrittenSubgraph, problems: Problems) -> None:
    """Report what leaves it unclear what a subgraph's text means: unknown types and directives, and the like."""
    for rule in _ON_NAMES:
        rule(written, problems)
    applied = tuple(places(written.subgraph))
    for directive_rule in _ON_DIRECTIVES:
        directive_rule(written, applied, problems)


def check_schema(written: WrittenSubgraph, problems: Problems) -> None:
    """Report what GraphQL does not allow although its meaning is clear."""
    for rule in _ON_SCHEMA:
        rule(written, problems)
