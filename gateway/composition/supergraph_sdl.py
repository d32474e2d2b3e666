"""Writes a merged schema as a supergraph's SDL. The order is that of names, so that equal input gives equal text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never, cast

from graphql import (
    ConstArgumentNode,
    ConstDirectiveNode,
    ConstValueNode,
    DefinitionNode,
    DirectiveDefinitionNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    EnumValueDefinitionNode,
    EnumValueNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ListValueNode,
    NamedTypeNode,
    NameNode,
    ObjectFieldNode,
    ObjectTypeDefinitionNode,
    ObjectValueNode,
    OperationType,
    OperationTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    SchemaDefinitionNode,
    StringValueNode,
    TypeDefinitionNode,
    UnionTypeDefinitionNode,
    ValueNode,
    parse,
)

from gateway.composition.merged_elements import (
    AppliedDirective,
    MergedDirective,
    MergedEnumValue,
    MergedField,
    MergedInput,
    MergedSchema,
    MergedType,
    SupergraphLink,
)
from gateway.federation import join, join_definitions
from gateway.sdl_text import print_sdl
from gateway.supergraph.model import TypeKind

_OPERATIONS = {
    "Query": OperationType.QUERY,
    "Mutation": OperationType.MUTATION,
    "Subscription": OperationType.SUBSCRIPTION,
}


def print_supergraph(document: DocumentNode) -> str:
    """The supergraph's text."""
    return print_sdl(document)


def supergraph_document(schema: MergedSchema) -> DocumentNode:
    """The schema definition, then directive definitions by name, then types by name."""
    machinery = list(_machinery(schema))
    directives = [node for node in machinery if isinstance(node, DirectiveDefinitionNode)]
    directives += (_directive_definition(directive) for directive in schema.directives.values())
    types = [node for node in machinery if isinstance(node, TypeDefinitionNode)]
    types += (_type(merged) for merged in schema.types.values())
    return DocumentNode(
        definitions=(
            _schema_definition(schema),
            *sorted(directives, key=lambda node: _name_order(node.name.value)),
            *sorted(types, key=lambda node: _name_order(node.name.value)),
        )
    )


def _name_order(name: str) -> tuple[str, str]:
    """Alphabetical for readers: case matters last, ``_`` comes first."""
    return name.lower().replace("_", " "), name


def _machinery(schema: MergedSchema) -> Iterable[DefinitionNode]:
    for link in schema.links:
        if link.definitions:
            yield from parse(link.definitions, no_location=True).definitions
    yield from parse(join_definitions.definitions(schema.join_version, schema.graphs), no_location=True).definitions


def _schema_definition(schema: MergedSchema) -> SchemaDefinitionNode:
    return SchemaDefinitionNode(
        description=_description(schema.description),
        directives=(
            *(_link(link) for link in schema.links),
            *(join.directive_node(join.DIRECTIVE, each) for each in schema.join_directives),
            *_applied(schema.applied),
        ),
        operation_types=tuple(
            OperationTypeDefinitionNode(operation=_OPERATIONS[name], type=_named(name)) for name in schema.root_types
        ),
    )


def _link(link: SupergraphLink) -> ConstDirectiveNode:
    arguments: list[tuple[str, ValueNode]] = [("url", StringValueNode(value=link.url))]
    if link.namespace is not None:
        arguments.append(("as", StringValueNode(value=link.namespace)))
    if link.imports:
        imports = tuple(_import(original, name) for original, name in link.imports)
        arguments.append(("import", ListValueNode(values=imports)))
    if link.purpose is not None:
        arguments.append(("for", EnumValueNode(value=link.purpose)))
    return _directive(AppliedDirective("link", tuple(arguments)))


def _import(original: str, name: str) -> ValueNode:
    if original == name:
        return StringValueNode(value=name)
    return ObjectValueNode(
        fields=(
            ObjectFieldNode(name=NameNode(value="name"), value=StringValueNode(value=original)),
            ObjectFieldNode(name=NameNode(value="as"), value=StringValueNode(value=name)),
        )
    )


def _type(merged: MergedType) -> TypeDefinitionNode:
    name, description = NameNode(value=merged.name), _description(merged.description)
    directives = (
        *(join.directive_node(join.IMPLEMENTS, each) for each in merged.join_implements),
        *(join.directive_node(join.TYPE, each) for each in merged.joins),
        *(join.directive_node(join.UNION_MEMBER, each) for each in merged.join_members),
        *(join.directive_node(join.DIRECTIVE, each) for each in merged.join_directives),
        *_applied(merged.directives),
    )
    match merged.kind:
        case TypeKind.SCALAR:
            return ScalarTypeDefinitionNode(name=name, description=description, directives=directives)
        case TypeKind.OBJECT | TypeKind.INTERFACE:
            node = ObjectTypeDefinitionNode if merged.kind is TypeKind.OBJECT else InterfaceTypeDefinitionNode
            return node(
                name=name,
                description=description,
                directives=directives,
                interfaces=tuple(_named(interface) for interface in merged.interfaces),
                fields=tuple(_field(field) for field in merged.fields.values()),
            )
        case TypeKind.UNION:
            members = tuple(_named(member) for member in merged.members)
            return UnionTypeDefinitionNode(name=name, description=description, directives=directives, types=members)
        case TypeKind.ENUM:
            values = tuple(_enum_value(value) for value in merged.values.values())
            return EnumTypeDefinitionNode(name=name, description=description, directives=directives, values=values)
        case TypeKind.INPUT:
            fields = _inputs(merged.input_fields)
            return InputObjectTypeDefinitionNode(
                name=name, description=description, directives=directives, fields=fields
            )
        case _:
            assert_never(merged.kind)


def _field(merged: MergedField) -> FieldDefinitionNode:
    return FieldDefinitionNode(
        name=NameNode(value=merged.name),
        description=_description(merged.description),
        arguments=_inputs(merged.arguments) if merged.arguments else (),
        type=merged.type,
        directives=(
            *(join.directive_node(join.FIELD, each) for each in merged.joins),
            *(join.directive_node(join.DIRECTIVE, each) for each in merged.join_directives),
            *_applied(merged.directives),
        ),
    )


def _inputs(merged: Mapping[str, MergedInput]) -> tuple[InputValueDefinitionNode, ...]:
    return tuple(
        InputValueDefinitionNode(
            name=NameNode(value=each.name),
            description=_description(each.description),
            type=each.type,
            default_value=cast("ConstValueNode | None", each.default),
            directives=(*(join.directive_node(join.FIELD, shape) for shape in each.joins), *_applied(each.directives)),
        )
        for each in merged.values()
    )


def _enum_value(merged: MergedEnumValue) -> EnumValueDefinitionNode:
    return EnumValueDefinitionNode(
        name=NameNode(value=merged.name),
        description=_description(merged.description),
        directives=(
            *(join.directive_node(join.ENUM_VALUE, each) for each in merged.joins),
            *_applied(merged.directives),
        ),
    )


def _directive_definition(merged: MergedDirective) -> DirectiveDefinitionNode:
    return DirectiveDefinitionNode(
        name=NameNode(value=merged.name),
        description=_description(merged.description),
        arguments=_inputs(merged.arguments),
        repeatable=merged.repeatable,
        locations=tuple(NameNode(value=location) for location in merged.locations),
    )


def _applied(directives: Iterable[AppliedDirective]) -> Iterable[ConstDirectiveNode]:
    return (_directive(directive) for directive in directives)


def _directive(directive: AppliedDirective) -> ConstDirectiveNode:
    return ConstDirectiveNode(
        name=NameNode(value=directive.name),
        arguments=tuple(
            ConstArgumentNode(name=NameNode(value=name), value=cast("ConstValueNode", value))
            for name, value in directive.arguments
        ),
    )


def _named(name: str) -> NamedTypeNode:
    return NamedTypeNode(name=NameNode(value=name))


def _description(text: str | None) -> StringValueNode | None:
    return StringValueNode(value=text, block=True) if text is not None else None
