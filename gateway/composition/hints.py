"""Hints: harmless differences between subgraphs that their owners may want to know of. Each code once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HintCode:
    """A stable code with the sentence that the catalogue prints."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class CompositionHint:
    """A stable upper-case ``code`` and a readable message."""

    code: str
    message: str
    subgraphs: tuple[str, ...] = ()


_catalogue: dict[str, HintCode] = {}


def _hint(name: str, description: str) -> HintCode:
    code = HintCode(name, description)
    _catalogue[name] = code
    return code


INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE = _hint(
    "INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE", "A field has types in different subgraphs that differ but fit together."
)
INCONSISTENT_BUT_COMPATIBLE_ARGUMENT_TYPE = _hint(
    "INCONSISTENT_BUT_COMPATIBLE_ARGUMENT_TYPE",
    "An argument has types in different subgraphs that differ but fit together.",
)
INCONSISTENT_DEFAULT_VALUE_PRESENCE = _hint(
    "INCONSISTENT_DEFAULT_VALUE_PRESENCE",
    "An argument or input field has a default in some subgraphs only, and none in the supergraph.",
)
INCONSISTENT_ENTITY = _hint("INCONSISTENT_ENTITY", "A type is an entity in some of its subgraphs only.")
INCONSISTENT_OBJECT_VALUE_TYPE_FIELD = _hint(
    "INCONSISTENT_OBJECT_VALUE_TYPE_FIELD", "A field of an object that is no entity is in some of its subgraphs only."
)
INCONSISTENT_INTERFACE_VALUE_TYPE_FIELD = _hint(
    "INCONSISTENT_INTERFACE_VALUE_TYPE_FIELD", "A field of an interface is in some of its subgraphs only."
)
INCONSISTENT_INPUT_OBJECT_FIELD = _hint(
    "INCONSISTENT_INPUT_OBJECT_FIELD", "An optional input field is in some of its subgraphs only, and is left out."
)
INCONSISTENT_UNION_MEMBER = _hint("INCONSISTENT_UNION_MEMBER", "A union has a member in some of its subgraphs only.")
INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM = _hint(
    "INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM",
    "A value of an enum used for input is in some of its subgraphs only, and is left out.",
)
INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM = _hint(
    "INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM", "A value of an enum used for output is in some of its subgraphs only."
)
INCONSISTENT_EXECUTABLE_DIRECTIVE_PRESENCE = _hint(
    "INCONSISTENT_EXECUTABLE_DIRECTIVE_PRESENCE",
    "An executable directive is defined in some subgraphs only, and is left out.",
)
NO_EXECUTABLE_DIRECTIVE_INTERSECTION = _hint(
    "NO_EXECUTABLE_DIRECTIVE_INTERSECTION",
    "An executable directive has no location common to all subgraphs, and is left out.",
)
INCONSISTENT_EXECUTABLE_DIRECTIVE_REPEATABLE = _hint(
    "INCONSISTENT_EXECUTABLE_DIRECTIVE_REPEATABLE",
    "An executable directive is repeatable in some subgraphs only, and not in the supergraph.",
)
INCONSISTENT_EXECUTABLE_DIRECTIVE_LOCATIONS = _hint(
    "INCONSISTENT_EXECUTABLE_DIRECTIVE_LOCATIONS",
    "An executable directive has different locations in different subgraphs; the common ones stay.",
)
INCONSISTENT_DESCRIPTION = _hint("INCONSISTENT_DESCRIPTION", "An element is described differently by subgraphs.")
INCONSISTENT_ARGUMENT_PRESENCE = _hint(
    "INCONSISTENT_ARGUMENT_PRESENCE", "An optional argument is in some subgraphs only, and is left out."
)
FROM_SUBGRAPH_DOES_NOT_EXIST = _hint("FROM_SUBGRAPH_DOES_NOT_EXIST", "An @override names a subgraph that is not there.")
OVERRIDDEN_FIELD_CAN_BE_REMOVED = _hint(
    "OVERRIDDEN_FIELD_CAN_BE_REMOVED", "Another subgraph overrides the field, which can therefore be removed here."
)
OVERRIDE_DIRECTIVE_CAN_BE_REMOVED = _hint(
    "OVERRIDE_DIRECTIVE_CAN_BE_REMOVED", "The overridden subgraph does not resolve the field any more."
)
OVERRIDE_MIGRATION_IN_PROGRESS = _hint(
    "OVERRIDE_MIGRATION_IN_PROGRESS", "A field is moving between subgraphs by an @override with label."
)
UNUSED_ENUM_TYPE = _hint("UNUSED_ENUM_TYPE", "No field and no argument uses an enum.")
INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS = _hint(
    "INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS",
    "Subgraphs apply a directive with different arguments; the most frequent ones are taken.",
)
MERGED_NON_REPEATABLE_DIRECTIVE_ARGUMENTS = _hint(
    "MERGED_NON_REPEATABLE_DIRECTIVE_ARGUMENTS",
    "Subgraphs apply a directive with different arguments, which have been merged.",
)
DIRECTIVE_COMPOSITION_INFO = _hint("DIRECTIVE_COMPOSITION_INFO", "Something to know about a composed directive.")
DIRECTIVE_COMPOSITION_WARN = _hint("DIRECTIVE_COMPOSITION_WARN", "Something doubtful about a composed directive.")
INCONSISTENT_RUNTIME_TYPES_FOR_SHAREABLE_RETURN = _hint(
    "INCONSISTENT_RUNTIME_TYPES_FOR_SHAREABLE_RETURN",
    "A shared field can return different sets of types in different subgraphs.",
)
IMPLICITLY_UPGRADED_FEDERATION_VERSION = _hint(
    "IMPLICITLY_UPGRADED_FEDERATION_VERSION", "A linked spec needs a newer federation than the subgraph links."
)
CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS = _hint(
    "CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS",
    "An argument is taken from a context in one subgraph, and so is left out of the supergraph.",
)

CATALOGUE: Mapping[str, HintCode] = _catalogue
"""All codes by name, in the order in which the documentation lists them."""
