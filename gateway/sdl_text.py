"""Text of type system documents, written directly: supergraphs are too large for a visitor over each node.

Directives of a type stand on lines of their own, so that a difference between two supergraphs is easy to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graphql import (
    DefinitionNode,
    DirectiveDefinitionNode,
    DirectiveNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    NamedTypeNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    SchemaDefinitionNode,
    StringValueNode,
    UnionTypeDefinitionNode,
    print_ast,
)

from gateway.ast_text import description_text, type_text, value_text

_INDENT = "  "


def print_sdl(document: DocumentNode) -> str:
    """The document's definitions in their order, with a line end at the end."""
    return "\n\n".join(_definition(definition) for definition in document.definitions) + "\n"


def _definition(node: DefinitionNode) -> str:
    match node:
        case SchemaDefinitionNode():
            roots = [f"{_INDENT}{root.operation.value}: {root.type.name.value}" for root in node.operation_types]
            return _head("schema", node.description, node.directives, roots)
        case DirectiveDefinitionNode():
            return _directive_definition(node)
        case ScalarTypeDefinitionNode():
            return _head(f"scalar {node.name.value}", node.description, node.directives, ())
        case ObjectTypeDefinitionNode():
            return _head(f"type {node.name.value}{_implements(node.interfaces)}", *_composite(node))
        case InterfaceTypeDefinitionNode():
            return _head(f"interface {node.name.value}{_implements(node.interfaces)}", *_composite(node))
        case UnionTypeDefinitionNode():
            return _union(node)
        case EnumTypeDefinitionNode():
            values = [_enum_value(value) for value in node.values or ()]
            return _head(f"enum {node.name.value}", node.description, node.directives, values)
        case InputObjectTypeDefinitionNode():
            fields = [
                f"{_description(field.description, _INDENT)}{_INDENT}{_input(field)}" for field in node.fields or ()
            ]
            return _head(f"input {node.name.value}", node.description, node.directives, fields)
        case _:
            return print_ast(node)


def _composite(
    node: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode,
) -> tuple[StringValueNode | None, Sequence[DirectiveNode], list[str]]:
    return node.description, node.directives or (), [_field(field) for field in node.fields or ()]


def _head(
    head: str,
    description: StringValueNode | None,
    directives: Sequence[DirectiveNode] | None,
    members: Sequence[str],
) -> str:
    text = f"{_description(description)}{head}"
    if directives:
        text += "".join(f"\n{_INDENT}{_directive(directive)}" for directive in directives)
    if not members:
        return text
    opening = "\n{" if directives else " {"
    return "\n".join((f"{text}{opening}", *members, "}"))


def _field(node: FieldDefinitionNode) -> str:
    arguments = _arguments(node.arguments or (), _INDENT) if node.arguments else ""
    return (
        f"{_description(node.description, _INDENT)}{_INDENT}{node.name.value}{arguments}: "
        f"{type_text(node.type)}{_directives(node.directives)}"
    )


def _arguments(nodes: Sequence[InputValueDefinitionNode], indentation: str) -> str:
    """On one line, unless an argument is described."""
    if not any(node.description for node in nodes):
        return f"({', '.join(_input(node) for node in nodes)})"
    inner = f"{indentation}{_INDENT}"
    lines = (f"{_description(node.description, inner)}{inner}{_input(node)}" for node in nodes)
    return "\n".join(("(", *lines, f"{indentation})"))


def _input(node: InputValueDefinitionNode) -> str:
    default = f" = {value_text(node.default_value)}" if node.default_value is not None else ""
    return f"{node.name.value}: {type_text(node.type)}{default}{_directives(node.directives)}"


def _enum_value(node: EnumValueDefinitionNode) -> str:
    return f"{_description(node.description, _INDENT)}{_INDENT}{node.name.value}{_directives(node.directives)}"


def _union(node: UnionTypeDefinitionNode) -> str:
    head = _head(f"union {node.name.value}", node.description, node.directives, ())
    if not node.types:
        return head
    members = " | ".join(member.name.value for member in node.types)
    return f"{head}\n{_INDENT}= {members}" if node.directives else f"{head} = {members}"


def _directive_definition(node: DirectiveDefinitionNode) -> str:
    arguments = _arguments(node.arguments, "") if node.arguments else ""
    repeatable = " repeatable" if node.repeatable else ""
    locations = " | ".join(location.value for location in node.locations)
    return f"{_description(node.description)}directive @{node.name.value}{arguments}{repeatable} on {locations}"


def _directives(nodes: Iterable[DirectiveNode] | None) -> str:
    return "".join(f" {_directive(node)}" for node in nodes or ())


def _directive(node: DirectiveNode) -> str:
    if not node.arguments:
        return f"@{node.name.value}"
    arguments = ", ".join(f"{argument.name.value}: {value_text(argument.value)}" for argument in node.arguments)
    return f"@{node.name.value}({arguments})"


def _implements(nodes: Sequence[NamedTypeNode] | None) -> str:
    return f" implements {' & '.join(node.name.value for node in nodes)}" if nodes else ""


def _description(node: StringValueNode | None, indentation: str = "") -> str:
    return description_text(node.value, indentation) if node is not None else ""
