"""Introspection, answered by the gateway itself from the schema that clients see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    execute_sync,
)
from graphql.language import REMOVE, Visitor, visit

from gateway.errors import ErrorCode, RequestRefused, ResponseError
from gateway.projection.build_shape import INTROSPECTION_FIELDS


def introspection_document(document: DocumentNode, operation: OperationDefinitionNode) -> DocumentNode | None:
    """An executable document of the root's ``__schema`` and ``__type`` fields alone; None when there are none."""
    if operation.operation is not OperationType.QUERY:
        return None
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    selections = _meta_selections(operation.selection_set, fragments)
    if not selections:
        return None
    only_meta = OperationDefinitionNode(
        operation=OperationType.QUERY,
        name=operation.name,
        variable_definitions=operation.variable_definitions,
        directives=(),
        selection_set=SelectionSetNode(selections=tuple(selections)),
    )
    return _undeferred(DocumentNode(definitions=(only_meta, *fragments.values())))


def introspect(schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the document's root fields by response key, complete as clients get them."""
    result = execute_sync(schema, document, variable_values=dict(variables))
    if result.errors or result.data is None:
        raise RequestRefused([ResponseError(error.message, ErrorCode.BAD_USER_INPUT) for error in result.errors or ()])
    return result.data


def _undeferred(document: DocumentNode) -> DocumentNode:
    """The answer is at hand: what is deferred is delivered later, and computed at once."""

    class Undefer(Visitor):
        def leave_directive(self, node: DirectiveNode, *_: object) -> Any:
            return REMOVE if node.name.value == "defer" else None

    undeferred: DocumentNode = visit(document, Undefer())
    return undeferred


def _meta_selections(
    selection_set: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> list[SelectionNode]:
    """Root fields inside fragments keep the conditions of the fragment around them."""
    found: list[SelectionNode] = []
    for selection in selection_set.selections:
        match selection:
            case FieldNode() if selection.name.value in INTROSPECTION_FIELDS:
                found.append(selection)
            case InlineFragmentNode():
                found.extend(_wrapped(selection, selection.selection_set, fragments))
            case FragmentSpreadNode():
                found.extend(_wrapped(selection, fragments[selection.name.value].selection_set, fragments))
    return found


def _wrapped(
    around: InlineFragmentNode | FragmentSpreadNode,
    selection_set: SelectionSetNode,
    fragments: Mapping[str, FragmentDefinitionNode],
) -> list[SelectionNode]:
    inner = _meta_selections(selection_set, fragments)
    if not inner:
        return []
    return [InlineFragmentNode(directives=around.directives, selection_set=SelectionSetNode(selections=tuple(inner)))]
