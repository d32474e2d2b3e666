"""Every composition error code, once, with what it means; and the error value that rules report.

Codes are those of the reference composer, so that existing documentation and tooling apply.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a subgraph's SDL; line and column count from 1."""

    subgraph: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """A stable code with the sentence that the catalogue prints."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class CompositionError:
    """One problem found; ``subgraphs`` are the names of those involved."""

    code: ErrorCode
    message: str
    subgraphs: tuple[str, ...] = ()
    locations: tuple[Location, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The error as commands print it: code, message, subgraphs, and places as ``{subgraph, line, column}``."""
        return {
            "code": self.code.name,
            "message": self.message,
            "subgraphs": list(self.subgraphs),
            "locations": [asdict(place) for place in self.locations],
        }


_catalogue: dict[str, ErrorCode] = {}


def _code(name: str, description: str) -> ErrorCode:
    code = ErrorCode(name, description)
    _catalogue[name] = code
    return code


# Reading the configuration and the subgraphs
INVALID_CONFIG = _code(
    "INVALID_CONFIG", "The composition config cannot be read, or does not say what a composition config must say."
)
SUBGRAPH_UNREADABLE = _code(
    "SUBGRAPH_UNREADABLE",
    "A subgraph's schema could not be read: the file is missing or is not UTF-8, or introspection of its URL failed.",
)
INVALID_SUBGRAPH_NAME = _code(
    "INVALID_SUBGRAPH_NAME", 'A subgraph\'s name is empty, is the reserved "_", or is used by two subgraphs.'
)
INVALID_GRAPHQL = _code("INVALID_GRAPHQL", "A subgraph's schema breaks a rule of the GraphQL specification.")

# Links and definitions
INVALID_LINK_IDENTIFIER = _code("INVALID_LINK_IDENTIFIER", "The URL of a @link does not name a spec and its version.")
INVALID_LINK_DIRECTIVE_USAGE = _code(
    "INVALID_LINK_DIRECTIVE_USAGE", "A @link is used in a way that its specification does not allow."
)
UNKNOWN_FEDERATION_LINK_VERSION = _code(
    "UNKNOWN_FEDERATION_LINK_VERSION", "A @link names a version of the federation spec that does not exist."
)
UNKNOWN_LINK_VERSION = _code("UNKNOWN_LINK_VERSION", "A @link names a version of the link spec that does not exist.")
LINK_IMPORT_NAME_MISMATCH = _code(
    "LINK_IMPORT_NAME_MISMATCH", "A composed directive is imported under different names in different subgraphs."
)
TYPE_DEFINITION_INVALID = _code(
    "TYPE_DEFINITION_INVALID", "A subgraph defines a type of the federation spec otherwise than the spec does."
)
DIRECTIVE_DEFINITION_INVALID = _code(
    "DIRECTIVE_DEFINITION_INVALID",
    "A subgraph defines a directive of the federation spec otherwise than the spec does.",
)

# Root types
ROOT_QUERY_USED = _code("ROOT_QUERY_USED", 'A type is named "Query" in a subgraph whose query root is another type.')
ROOT_MUTATION_USED = _code(
    "ROOT_MUTATION_USED", 'A type is named "Mutation" in a subgraph whose mutation root is another type.'
)
ROOT_SUBSCRIPTION_USED = _code(
    "ROOT_SUBSCRIPTION_USED", 'A type is named "Subscription" in a subgraph whose subscription root is another type.'
)
NO_QUERIES = _code("NO_QUERIES", "No subgraph offers a query.")

# @key
KEY_INVALID_FIELDS_TYPE = _code("KEY_INVALID_FIELDS_TYPE", "The fields argument of a @key is not a string.")
KEY_INVALID_FIELDS = _code(
    "KEY_INVALID_FIELDS", "The fields argument of a @key is not a selection of fields that the type has."
)
KEY_DIRECTIVE_IN_FIELDS_ARG = _code("KEY_DIRECTIVE_IN_FIELDS_ARG", "The fields argument of a @key applies directives.")
KEY_UNSUPPORTED_ON_INTERFACE = _code(
    "KEY_UNSUPPORTED_ON_INTERFACE",
    "A @key stands on an interface, for which the subgraph must link federation 2.3 or later.",
)
KEY_FIELDS_HAS_ARGS = _code(
    "KEY_FIELDS_HAS_ARGS", "The fields argument of a @key selects a field that takes arguments."
)
KEY_FIELDS_SELECT_INVALID_TYPE = _code(
    "KEY_FIELDS_SELECT_INVALID_TYPE", "A @key selects a field whose type is a list, an interface or a union."
)

# @provides
PROVIDES_INVALID_FIELDS_TYPE = _code(
    "PROVIDES_INVALID_FIELDS_TYPE", "The fields argument of a @provides is not a string."
)
PROVIDES_INVALID_FIELDS = _code(
    "PROVIDES_INVALID_FIELDS", "The fields argument of a @provides is not a selection of fields that the type has."
)
PROVIDES_DIRECTIVE_IN_FIELDS_ARG = _code(
    "PROVIDES_DIRECTIVE_IN_FIELDS_ARG", "The fields argument of a @provides applies directives."
)
PROVIDES_UNSUPPORTED_ON_INTERFACE = _code(
    "PROVIDES_UNSUPPORTED_ON_INTERFACE", "A @provides stands on a field of an interface."
)
PROVIDES_FIELDS_HAS_ARGS = _code(
    "PROVIDES_FIELDS_HAS_ARGS", "The fields argument of a @provides selects a field that takes arguments."
)
PROVIDES_FIELDS_MISSING_EXTERNAL = _code(
    "PROVIDES_FIELDS_MISSING_EXTERNAL", "A @provides selects a field that the subgraph does not mark @external."
)
PROVIDES_ON_NON_OBJECT_FIELD = _code(
    "PROVIDES_ON_NON_OBJECT_FIELD", "A @provides stands on a field whose type has no fields."
)

# @requires
REQUIRES_INVALID_FIELDS_TYPE = _code(
    "REQUIRES_INVALID_FIELDS_TYPE", "The fields argument of a @requires is not a string."
)
REQUIRES_INVALID_FIELDS = _code(
    "REQUIRES_INVALID_FIELDS", "The fields argument of a @requires is not a selection of fields that the type has."
)
REQUIRES_DIRECTIVE_IN_FIELDS_ARG = _code(
    "REQUIRES_DIRECTIVE_IN_FIELDS_ARG", "The fields argument of a @requires applies directives."
)
REQUIRES_UNSUPPORTED_ON_INTERFACE = _code(
    "REQUIRES_UNSUPPORTED_ON_INTERFACE", "A @requires stands on a field of an interface."
)
REQUIRES_FIELDS_MISSING_EXTERNAL = _code(
    "REQUIRES_FIELDS_MISSING_EXTERNAL", "A @requires selects a field that the subgraph does not mark @external."
)

# @external
EXTERNAL_UNUSED = _code(
    "EXTERNAL_UNUSED", "An @external field is used by no @key, @provides, @requires or interface of its subgraph."
)
EXTERNAL_ON_INTERFACE = _code(
    "EXTERNAL_ON_INTERFACE",
    "A field of an interface is marked @external, although interface fields are never resolved.",
)
EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE = _code(
    "EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE", "An @external field bears another directive that contradicts it."
)
EXTERNAL_MISSING_ON_BASE = _code(
    "EXTERNAL_MISSING_ON_BASE", "A field is @external wherever it occurs, so that no subgraph resolves it."
)
EXTERNAL_TYPE_MISMATCH = _code(
    "EXTERNAL_TYPE_MISMATCH", "An @external field has another type than the field that it stands for."
)
EXTERNAL_ARGUMENT_MISSING = _code(
    "EXTERNAL_ARGUMENT_MISSING", "An @external field lacks an argument of the field that it stands for."
)
EXTERNAL_ARGUMENT_TYPE_MISMATCH = _code(
    "EXTERNAL_ARGUMENT_TYPE_MISMATCH",
    "An argument of an @external field has another type than in the field that it stands for.",
)
EXTERNAL_ARGUMENT_DEFAULT_MISMATCH = _code(
    "EXTERNAL_ARGUMENT_DEFAULT_MISMATCH",
    "An argument of an @external field has another default than in the field that it stands for.",
)
MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL = _code(
    "MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL",
    "An @external field bears a directive that composition carries into the supergraph.",
)
TYPE_WITH_ONLY_UNUSED_EXTERNAL = _code(
    "TYPE_WITH_ONLY_UNUSED_EXTERNAL",
    "A federation 1 type has nothing but unused @external fields, so that upgrading it leaves it empty.",
)
EXTENSION_WITH_NO_BASE = _code("EXTENSION_WITH_NO_BASE", "A subgraph extends a type that no subgraph defines.")

# @shareable
INVALID_FIELD_SHARING = _code(
    "INVALID_FIELD_SHARING", "Several subgraphs resolve a field that not all of them mark @shareable."
)
INVALID_SHAREABLE_USAGE = _code("INVALID_SHAREABLE_USAGE", "A @shareable stands where it has no meaning.")
SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES = _code(
    "SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES", "A shared field's possible types have nothing in common across subgraphs."
)

# @override
OVERRIDE_FROM_SELF_ERROR = _code("OVERRIDE_FROM_SELF_ERROR", "An @override names its own subgraph as the source.")
OVERRIDE_SOURCE_HAS_OVERRIDE = _code(
    "OVERRIDE_SOURCE_HAS_OVERRIDE", "The field that an @override takes over is itself an @override."
)
OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE = _code(
    "OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE",
    "An @override meets @external, @provides or @requires on its field or on the overridden one.",
)
OVERRIDE_ON_INTERFACE = _code(
    "OVERRIDE_ON_INTERFACE", "An @override stands on a field of an interface or on an @interfaceObject type."
)
OVERRIDE_LABEL_INVALID = _code(
    "OVERRIDE_LABEL_INVALID", 'The label of an @override is neither a name nor "percent(N)" with N from 0 to 100.'
)

# @interfaceObject and @key on interfaces
INTERFACE_OBJECT_USAGE_ERROR = _code(
    "INTERFACE_OBJECT_USAGE_ERROR", "An @interfaceObject is used in a way that its specification does not allow."
)
INTERFACE_KEY_NOT_ON_IMPLEMENTATION = _code(
    "INTERFACE_KEY_NOT_ON_IMPLEMENTATION", "An implementation lacks, or cannot resolve, a @key of its interface."
)
INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE = _code(
    "INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE",
    "A subgraph with a @key on an interface lacks one of the interface's implementations.",
)

# @composeDirective
DIRECTIVE_COMPOSITION_ERROR = _code(
    "DIRECTIVE_COMPOSITION_ERROR", "A directive cannot be composed as @composeDirective asks."
)

# @context and @fromContext
CONTEXT_NAME_INVALID = _code("CONTEXT_NAME_INVALID", "The name of a @context is no name, or contains an underscore.")
CONTEXT_NOT_SET = _code("CONTEXT_NOT_SET", "A @fromContext uses a context that no @context sets.")
NO_CONTEXT_IN_SELECTION = _code(
    "NO_CONTEXT_IN_SELECTION", "The field argument of a @fromContext does not begin with a context."
)
CONTEXT_INVALID_SELECTION = _code(
    "CONTEXT_INVALID_SELECTION",
    "The selection of a @fromContext does not come to exactly one value of the argument's type.",
)
CONTEXT_NO_RESOLVABLE_KEY = _code("CONTEXT_NO_RESOLVABLE_KEY", "A type with a @fromContext has no resolvable @key.")
CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS = _code(
    "CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS",
    "An argument is contextual in one subgraph and required of clients in another.",
)

# @cost and @listSize
COST_APPLIED_TO_INTERFACE_FIELD = _code("COST_APPLIED_TO_INTERFACE_FIELD", "A @cost stands on a field of an interface.")
LIST_SIZE_APPLIED_TO_NON_LIST = _code(
    "LIST_SIZE_APPLIED_TO_NON_LIST", "A @listSize without sizedFields stands on a field that is not a list."
)
LIST_SIZE_INVALID_ASSUMED_SIZE = _code("LIST_SIZE_INVALID_ASSUMED_SIZE", "The assumedSize of a @listSize is negative.")
LIST_SIZE_INVALID_SIZED_FIELD = _code(
    "LIST_SIZE_INVALID_SIZED_FIELD", "A sizedFields entry of a @listSize is not a list field of the field's type."
)
LIST_SIZE_INVALID_SLICING_ARGUMENT = _code(
    "LIST_SIZE_INVALID_SLICING_ARGUMENT", "A slicingArguments entry of a @listSize is not an Int argument of the field."
)

# @authenticated, @requiresScopes and @policy
AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE = _code(
    "AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE",
    "An access rule stands on an interface, a field of one, or an @interfaceObject type.",
)
MISSING_TRANSITIVE_AUTH_REQUIREMENTS = _code(
    "MISSING_TRANSITIVE_AUTH_REQUIREMENTS", "A field needs data whose access rules it does not itself ask for."
)

# @inaccessible
REFERENCED_INACCESSIBLE = _code("REFERENCED_INACCESSIBLE", "A visible element refers to an @inaccessible type.")
DEFAULT_VALUE_USES_INACCESSIBLE = _code(
    "DEFAULT_VALUE_USES_INACCESSIBLE", "A visible default value uses an @inaccessible element."
)
QUERY_ROOT_TYPE_INACCESSIBLE = _code("QUERY_ROOT_TYPE_INACCESSIBLE", "The query root type is @inaccessible.")
REQUIRED_INACCESSIBLE = _code("REQUIRED_INACCESSIBLE", "An @inaccessible argument or input field is required.")
DISALLOWED_INACCESSIBLE = _code("DISALLOWED_INACCESSIBLE", "An element that must stay visible is @inaccessible.")
IMPLEMENTED_BY_INACCESSIBLE = _code(
    "IMPLEMENTED_BY_INACCESSIBLE", "An @inaccessible field implements a visible field of an interface."
)
ONLY_INACCESSIBLE_CHILDREN = _code(
    "ONLY_INACCESSIBLE_CHILDREN", "A visible type has nothing but @inaccessible members."
)

# Merging
TYPE_KIND_MISMATCH = _code("TYPE_KIND_MISMATCH", "A type is of different kinds in different subgraphs.")
FIELD_TYPE_MISMATCH = _code("FIELD_TYPE_MISMATCH", "A field has incompatible types in different subgraphs.")
FIELD_ARGUMENT_TYPE_MISMATCH = _code(
    "FIELD_ARGUMENT_TYPE_MISMATCH", "An argument has incompatible types in different subgraphs."
)
FIELD_ARGUMENT_DEFAULT_MISMATCH = _code(
    "FIELD_ARGUMENT_DEFAULT_MISMATCH", "An argument has different defaults in different subgraphs."
)
INPUT_FIELD_DEFAULT_MISMATCH = _code(
    "INPUT_FIELD_DEFAULT_MISMATCH", "An input field has different defaults in different subgraphs."
)
REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH = _code(
    "REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH", "An argument that one subgraph requires is missing in another."
)
REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH = _code(
    "REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH", "An input field that one subgraph requires is missing in another."
)
EMPTY_MERGED_INPUT_TYPE = _code(
    "EMPTY_MERGED_INPUT_TYPE", "An input type has no field that all of its subgraphs share."
)
EMPTY_MERGED_ENUM_TYPE = _code("EMPTY_MERGED_ENUM_TYPE", "An enum has no value that all of its subgraphs share.")
ENUM_VALUE_MISMATCH = _code(
    "ENUM_VALUE_MISMATCH",
    "An enum used for input and for output does not have the same values in all of its subgraphs.",
)
INTERFACE_FIELD_NO_IMPLEM = _code(
    "INTERFACE_FIELD_NO_IMPLEM", "After merging, a type lacks a field of an interface that it implements."
)

# The supergraph
SATISFIABILITY_ERROR = _code(
    "SATISFIABILITY_ERROR", "A query of the supergraph cannot be answered by any sequence of subgraph fetches."
)

CATALOGUE: Mapping[str, ErrorCode] = _catalogue
"""All codes by name, in the order in which the documentation lists them."""
