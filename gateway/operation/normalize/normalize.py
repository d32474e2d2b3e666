"""Normalization: one operation of a valid document in the form that is planned, cached and projected."""

from __future__ import annotations

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableDefinitionNode,
)

from gateway.ast_text import type_text, value_text
from gateway.operation.normalize.decide import decide
from gateway.operation.normalize.expand import expand
from gateway.operation.normalize.merge import merge
from gateway.operation.normalize.unfold import unfold
from gateway.operation.normalized import NormalizedOperation
from gateway.query_plan import OperationKind, VariableDefinition
from gateway.selection_ast import directives
from gateway.selection_set import Directive, SelectionSet


def normalize_operation(
    document: DocumentNode, operation_name: str | None, schema: GraphQLSchema
) -> NormalizedOperation:
    """Expand fragments, fold and decide conditions, unfold needless fragments, merge repetitions.

    ``document`` is valid against ``schema``, which may be the API schema or the whole merged schema.

    :raises LookupError: the document has no operation of that name, or several and no name is given.
    """
    operation = _operation(document, operation_name)
    fragments = {item.name.value: item for item in document.definitions if isinstance(item, FragmentDefinitionNode)}
    kind = OperationKind(operation.operation.value)
    root = schema.get_root_type(operation.operation)
    expanded = expand(operation.selection_set, fragments)
    selections = merge(unfold(decide(expanded), root, schema))
    own_directives = directives(operation.directives)
    return NormalizedOperation(
        kind=kind,
        name=operation.name.value if operation.name else None,
        variables=_used_variables(operation.variable_definitions or (), selections, own_directives),
        selections=selections,
        directives=own_directives,
    )


def _operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    operations = [item for item in document.definitions if isinstance(item, OperationDefinitionNode)]
    if name is None:
        if len(operations) != 1:
            raise LookupError("the document has several operations: name one" if operations else "no operation")
        return operations[0]
    for operation in operations:
        if operation.name is not None and operation.name.value == name:
            return operation
    raise LookupError(f'the document has no operation "{name}"')


def _used_variables(
    definitions: tuple[VariableDefinitionNode, ...], selections: SelectionSet, own_directives: tuple[Directive, ...]
) -> tuple[VariableDefinition, ...]:
    used = variables_of(selections)
    used.update(name for directive in own_directives for item in directive.arguments for name in item.variables)
    return tuple(
        VariableDefinition(
            item.variable.name.value,
            type_text(item.type),
            value_text(item.default_value) if item.default_value is not None else None,
        )
        for item in definitions
        if item.variable.name.value in used
    )


def variables_of(selections: SelectionSet) -> set[str]:
    """Names of all variables in the selections."""
    used: set[str] = set()
    for selection in selections:
        used.update(condition.variable for condition in selection.conditions)
        used.update(
            name for directive in selection.directives for item in directive.arguments for name in item.variables
        )
        used.update(name for item in getattr(selection, "arguments", ()) for name in item.variables)
        defer = getattr(selection, "defer", None)
        if defer is not None and defer.variable is not None:
            used.add(defer.variable)
        if selection.selections:
            used |= variables_of(selection.selections)
    return used
