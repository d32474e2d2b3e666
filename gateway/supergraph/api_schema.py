"""The schema that clients see: a supergraph without the machinery of specs and without inaccessible elements."""

from __future__ import annotations

from collections.abc import Iterable

from graphql import (
    ConstDirectiveNode,
    DefinitionNode,
    DirectiveDefinitionNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    GraphQLSchema,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    NamedTypeNode,
    ObjectTypeDefinitionNode,
    OperationTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    SchemaDefinitionNode,
    TypeDefinitionNode,
    UnionTypeDefinitionNode,
    build_ast_schema,
)

from gateway.supergraph.linked_names import LinkedNames, linked_names

KEPT_DIRECTIVES = frozenset({"deprecated", "specifiedBy", "oneOf"})
"""Directives of GraphQL itself, which say something to clients."""


def to_api_schema(schema: GraphQLSchema) -> GraphQLSchema:
    """The executable form of ``api_document`` of the SDL that ``schema`` was built from."""
    return build_ast_schema(api_document(document_of(schema)), assume_valid=True)


def document_of(schema: GraphQLSchema) -> DocumentNode:
    """The definitions that ``schema`` was built from."""
    nodes = (
        schema.ast_node,
        *(directive.ast_node for directive in schema.directives),
        *(graphql_type.ast_node for graphql_type in schema.type_map.values()),
    )
    return DocumentNode(definitions=tuple(node for node in nodes if node is not None))


def api_document(supergraph: DocumentNode) -> DocumentNode:
    """The SDL of what clients see, definitions in the supergraph's order."""
    return _Visible(supergraph).document()


class _Visible:
    """The parts of one supergraph that are left."""

    def __init__(self, supergraph: DocumentNode) -> None:
        self._supergraph = supergraph
        self._names: LinkedNames = linked_names(supergraph)
        self._hidden = {
            node.name.value
            for node in supergraph.definitions
            if isinstance(node, TypeDefinitionNode)
            and (self._names.is_machinery_type(node.name.value) or self._is_marked(node.directives))
        }

    def document(self) -> DocumentNode:
        kept = (self._definition(node) for node in self._supergraph.definitions)
        return DocumentNode(definitions=tuple(node for node in kept if node is not None))

    def _is_marked(self, directives: Iterable[ConstDirectiveNode] | None) -> bool:
        name = self._names.inaccessible
        return name is not None and any(use.name.value == name for use in directives or ())

    def _definition(self, node: DefinitionNode) -> DefinitionNode | None:
        match node:
            case SchemaDefinitionNode():
                return self._schema(node)
            case DirectiveDefinitionNode():
                if self._names.is_machinery_directive(node.name.value):
                    return None
                return DirectiveDefinitionNode(
                    name=node.name,
                    description=node.description,
                    arguments=self._members(node.arguments),
                    repeatable=node.repeatable,
                    locations=node.locations,
                )
            case TypeDefinitionNode():
                return None if node.name.value in self._hidden else self._type(node)
            case _:
                return None

    def _schema(self, node: SchemaDefinitionNode) -> SchemaDefinitionNode:
        operations: tuple[OperationTypeDefinitionNode, ...] = tuple(
            operation for operation in node.operation_types if operation.type.name.value not in self._hidden
        )
        return SchemaDefinitionNode(description=node.description, directives=(), operation_types=operations)

    def _type(self, node: TypeDefinitionNode) -> TypeDefinitionNode:
        directives = self._directives(node.directives)
        match node:
            case ScalarTypeDefinitionNode():
                return ScalarTypeDefinitionNode(name=node.name, description=node.description, directives=directives)
            case ObjectTypeDefinitionNode() | InterfaceTypeDefinitionNode():
                return type(node)(
                    name=node.name,
                    description=node.description,
                    directives=directives,
                    interfaces=self._types(node.interfaces),
                    fields=self._fields(node.fields),
                )
            case UnionTypeDefinitionNode():
                return UnionTypeDefinitionNode(
                    name=node.name, description=node.description, directives=directives, types=self._types(node.types)
                )
            case EnumTypeDefinitionNode():
                return EnumTypeDefinitionNode(
                    name=node.name,
                    description=node.description,
                    directives=directives,
                    values=tuple(
                        EnumValueDefinitionNode(
                            name=value.name,
                            description=value.description,
                            directives=self._directives(value.directives),
                        )
                        for value in node.values or ()
                        if not self._is_marked(value.directives)
                    ),
                )
            case InputObjectTypeDefinitionNode():
                return InputObjectTypeDefinitionNode(
                    name=node.name,
                    description=node.description,
                    directives=directives,
                    fields=self._members(node.fields),
                )
            case _:
                raise TypeError(f"Not a type definition: {node.kind}")

    def _types(self, nodes: Iterable[NamedTypeNode] | None) -> tuple[NamedTypeNode, ...]:
        return tuple(node for node in nodes or () if node.name.value not in self._hidden)

    def _fields(self, nodes: Iterable[FieldDefinitionNode] | None) -> tuple[FieldDefinitionNode, ...]:
        return tuple(
            FieldDefinitionNode(
                name=node.name,
                description=node.description,
                arguments=self._members(node.arguments),
                type=node.type,
                directives=self._directives(node.directives),
            )
            for node in nodes or ()
            if not self._is_marked(node.directives)
        )

    def _members(self, nodes: Iterable[InputValueDefinitionNode] | None) -> tuple[InputValueDefinitionNode, ...]:
        return tuple(
            InputValueDefinitionNode(
                name=node.name,
                description=node.description,
                type=node.type,
                default_value=node.default_value,
                directives=self._directives(node.directives),
            )
            for node in nodes or ()
            if not self._is_marked(node.directives)
        )

    def _directives(self, nodes: Iterable[ConstDirectiveNode] | None) -> tuple[ConstDirectiveNode, ...]:
        return tuple(node for node in nodes or () if node.name.value in KEPT_DIRECTIVES)
