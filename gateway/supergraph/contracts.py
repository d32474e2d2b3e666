"""Contracts: the part of a supergraph that one group of clients sees, chosen by ``@tag``.

Only the schema that clients see gets smaller; plans are made on the whole supergraph, so keys and requirements work
whatever their tags. Spec of the tags: https://specs.apollo.dev/tag/v0.3.
"""

from __future__ import annotations

from dataclasses import dataclass

from graphql import DocumentNode, GraphQLSchema, StringValueNode, build_ast_schema
from graphql.language import ast

from gateway.supergraph.api_schema import api_document, document_of
from gateway.supergraph.contract_visibility import Visibility, hide_dependents, hide_unreachable
from gateway.supergraph.errors import InvalidSupergraph, SupergraphErrorCode
from gateway.supergraph.linked_names import linked_names


@dataclass(frozen=True, slots=True)
class Contract:
    """Elements with a tag of ``exclude_tags`` are left out, whatever else they bear.

    With ``include_tags``, fields of objects and interfaces are left out unless they or their type bear one of them.
    """

    include_tags: frozenset[str] = frozenset()
    exclude_tags: frozenset[str] = frozenset()
    hide_unreachable_types: bool = True


def contract_schema(schema: GraphQLSchema, contract: Contract) -> GraphQLSchema:
    """What clients of ``contract`` see of the supergraph ``schema``.

    :raises InvalidSupergraph: nothing of the query type is left.
    """
    document = document_of(schema)
    visibility = Visibility(api_document(document))
    _hide_by_tags(document, visibility, contract)
    hide_dependents(visibility)
    if contract.hide_unreachable_types:
        hide_unreachable(visibility)
    if schema.query_type is None or visibility.is_hidden(schema.query_type.name):
        raise InvalidSupergraph(SupergraphErrorCode.INVALID_SUPERGRAPH, "the contract leaves nothing to query")
    return build_ast_schema(visibility.visible_document(), assume_valid=True)


def _hide_by_tags(document: DocumentNode, visibility: Visibility, contract: Contract) -> None:
    tag = linked_names(document).tag
    for node in document.definitions:
        if not isinstance(node, ast.TypeDefinitionNode):
            continue
        type_name, of_type = node.name.value, _tags(node, tag)
        if of_type & contract.exclude_tags:
            visibility.hide(type_name)
        for member in _members(node):
            coordinate = f"{type_name}.{member.name.value}"
            own = _tags(member, tag)
            is_output = isinstance(member, ast.FieldDefinitionNode)
            is_left_out = is_output and contract.include_tags and not (own | of_type) & contract.include_tags
            if own & contract.exclude_tags or is_left_out:
                visibility.hide(coordinate)
            for argument in getattr(member, "arguments", None) or ():
                if _tags(argument, tag) & contract.exclude_tags:
                    visibility.hide(f"{coordinate}({argument.name.value}:)")


def _members(
    node: ast.TypeDefinitionNode,
) -> tuple[ast.FieldDefinitionNode | ast.InputValueDefinitionNode | ast.EnumValueDefinitionNode, ...]:
    match node:
        case ast.ObjectTypeDefinitionNode() | ast.InterfaceTypeDefinitionNode() | ast.InputObjectTypeDefinitionNode():
            return tuple(node.fields or ())
        case ast.EnumTypeDefinitionNode():
            return tuple(node.values or ())
        case _:
            return ()


def _tags(
    node: ast.TypeDefinitionNode | ast.FieldDefinitionNode | ast.InputValueDefinitionNode | ast.EnumValueDefinitionNode,
    tag: str | None,
) -> frozenset[str]:
    return frozenset(
        argument.value.value
        for directive in node.directives or ()
        if directive.name.value == tag
        for argument in directive.arguments or ()
        if argument.name.value == "name" and isinstance(argument.value, StringValueNode)
    )
