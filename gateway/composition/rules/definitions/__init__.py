"""Rules on the definitions of federation's own types and directives that a subgraph repeats in its text."""

from .directive_definitions import check_directive_definitions
from .legacy import is_legacy_definition
from .type_definitions import check_type_definitions

__all__ = ["check_directive_definitions", "check_type_definitions", "is_legacy_definition"]
