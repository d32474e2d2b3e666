"""Validation against the schema that clients see (GraphQL specification, section 5)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from graphql import (
    ASTValidationRule,
    DocumentNode,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
    specified_rules,
    validate,
)
from graphql.validation.rules import overlapping_fields_can_be_merged

from gateway.errors import ErrorCode, RequestRefused, ResponseError
from gateway.operation.parse import locations

MAX_VALIDATION_ERRORS = 20
TYPENAME = "__typename"

# Comparisons of fields in one document, in graphql-core's units: a tenth of its default, which costs a second. Fields
# repeated word for word are dropped before, so this is far above what real operations need.
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = 50_000


class TypenameIsTheTypesName(ASTValidationRule):
    """Answers tell the types of their objects under ``__typename``: nothing else may be called so."""

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """Report an alias in the way."""
        if node.alias is not None and node.alias.value == TYPENAME and node.name.value != TYPENAME:
            message = f"The alias '{TYPENAME}' cannot be given to the field '{node.name.value}'."
            self.report_error(GraphQLError(message, node))


@dataclass(frozen=True, slots=True)
class ValidationOptions:
    """``suggestions`` ("Did you mean …") and introspection tell strangers about the schema."""

    introspection: bool = True
    suggestions: bool = False


def validate_document(document: DocumentNode, schema: GraphQLSchema, options: ValidationOptions) -> None:
    """Raises ``RequestRefused`` with up to ``MAX_VALIDATION_ERRORS`` errors."""
    errors = validate(
        schema,
        document,
        _rules(options),
        max_errors=MAX_VALIDATION_ERRORS,
        hide_suggestions=not options.suggestions,
        allow_empty_selection_sets=False,
    )
    if errors:
        raise RequestRefused([_to_response_error(error) for error in errors], well_formed=True)


def _rules(options: ValidationOptions) -> Collection[type[ASTValidationRule]]:
    rules = (*specified_rules, TypenameIsTheTypesName)
    return rules if options.introspection else (*rules, NoSchemaIntrospectionCustomRule)


def _to_response_error(error: GraphQLError) -> ResponseError:
    is_introspection = error.message.startswith("GraphQL introspection has been disabled")
    code = ErrorCode.INTROSPECTION_DISABLED if is_introspection else ErrorCode.GRAPHQL_VALIDATION_FAILED
    return ResponseError(error.message, code, locations=locations(error))
