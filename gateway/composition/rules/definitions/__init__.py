"""Rules on the definitions of federation's own types and directives that a subgraph repeats in its text."""

from gateway.composition.rules.definitions.directive_definitions import check_directive_definitions
from gateway.composition.rules.definitions.legacy import is_legacy_definition
from gateway.composition.rules.definitions.shadowed_imports import check_shadowed_imports
from gateway.composition.rules.definitions.type_definitions import check_type_definitions

__all__ = ["check_directive_definitions", "check_shadowed_imports", "check_type_definitions", "is_legacy_definition"]
