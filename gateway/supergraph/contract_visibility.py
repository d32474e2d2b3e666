"""What is left of a schema when parts of it are hidden: nothing may refer to what is gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, TypeVar

from graphql import DocumentNode
from graphql.language import ast

from gateway.ast_text import base_type_name

_Fielded: TypeAlias = ast.ObjectTypeDefinitionNode | ast.InterfaceTypeDefinitionNode


NodeT = TypeVar("NodeT", bound=ast.Node)


class Visibility:
    """The definitions of a schema, and the coordinates (``Type``, ``Type.member``, ``Type.field(arg:)``) hidden."""

    def __init__(self, document: DocumentNode) -> None:
        self._document = document
        self.types = {
            node.name.value: node for node in document.definitions if isinstance(node, ast.TypeDefinitionNode)
        }
        self._hidden: set[str] = set()

    def hide(self, coordinate: str) -> bool:
        """Hide an element; whether it was visible before."""
        if coordinate in self._hidden:
            return False
        self._hidden.add(coordinate)
        return True

    def is_hidden(self, coordinate: str) -> bool:
        """Whether the element itself was hidden."""
        return coordinate in self._hidden

    def visible_types(self) -> list[ast.TypeDefinitionNode]:
        """In the document's order."""
        return [node for name, node in self.types.items() if name not in self._hidden]

    def fields(self, node: _Fielded) -> list[ast.FieldDefinitionNode]:
        """The visible fields."""
        return [each for each in node.fields or () if f"{node.name.value}.{each.name.value}" not in self._hidden]

    def arguments(self, type_name: str, field: ast.FieldDefinitionNode) -> list[ast.InputValueDefinitionNode]:
        """The visible arguments."""
        coordinate = f"{type_name}.{field.name.value}"
        return [each for each in field.arguments or () if f"{coordinate}({each.name.value}:)" not in self._hidden]

    def members(self, node: ast.InputObjectTypeDefinitionNode | ast.EnumTypeDefinitionNode) -> list[str]:
        """Names of the visible input fields or values."""
        all_members = node.fields if isinstance(node, ast.InputObjectTypeDefinitionNode) else node.values
        names = [each.name.value for each in all_members or ()]
        return [name for name in names if f"{node.name.value}.{name}" not in self._hidden]

    def visible_document(self) -> DocumentNode:
        """The definitions without what is hidden."""
        definitions = (self._definition(node) for node in self._document.definitions)
        return DocumentNode(definitions=tuple(node for node in definitions if node is not None))

    def _definition(self, node: ast.DefinitionNode) -> ast.DefinitionNode | None:
        match node:
            case ast.SchemaDefinitionNode():
                kept = tuple(each for each in node.operation_types if each.type.name.value not in self._hidden)
                return _with(node, operation_types=kept)
            case ast.TypeDefinitionNode() if node.name.value in self._hidden:
                return None
            case ast.ObjectTypeDefinitionNode() | ast.InterfaceTypeDefinitionNode():
                fields = tuple(
                    _with(each, arguments=tuple(self.arguments(node.name.value, each))) for each in self.fields(node)
                )
                return _with(node, interfaces=self._named(node.interfaces), fields=fields)
            case ast.UnionTypeDefinitionNode():
                return _with(node, types=self._named(node.types))
            case ast.InputObjectTypeDefinitionNode():
                visible = self.members(node)
                return _with(node, fields=tuple(each for each in node.fields or () if each.name.value in visible))
            case ast.EnumTypeDefinitionNode():
                visible = self.members(node)
                return _with(node, values=tuple(each for each in node.values or () if each.name.value in visible))
            case _:
                return node

    def _named(self, nodes: tuple[ast.NamedTypeNode, ...] | None) -> tuple[ast.NamedTypeNode, ...]:
        return tuple(each for each in nodes or () if each.name.value not in self._hidden)


def _with(node: NodeT, **changes: object) -> NodeT:
    return type(node)(**{**{key: getattr(node, key) for key in node.keys}, **changes})


def hide_dependents(visibility: Visibility) -> None:
    """Hide all that cannot stand without something hidden, until nothing is left to hide."""
    changed = True
    while changed:
        changed = False
        for node in visibility.visible_types():
            for coordinate in _lost(node, visibility):
                changed |= visibility.hide(coordinate)


def _lost(node: ast.TypeDefinitionNode, visibility: Visibility) -> Iterator[str]:
    """Coordinates of ``node`` that have to go; the type itself when it is empty."""
    name = node.name.value
    match node:
        case ast.ObjectTypeDefinitionNode() | ast.InterfaceTypeDefinitionNode():
            for each in visibility.fields(node):
                yield from _lost_of_field(name, each, visibility)
            yield from _lost_in_interfaces(node, visibility)
            is_empty = not visibility.fields(node)
        case ast.InputObjectTypeDefinitionNode():
            yield from _lost_input_fields(node, visibility)
            is_empty = not visibility.members(node)
        case ast.EnumTypeDefinitionNode():
            is_empty = not visibility.members(node)
        case ast.UnionTypeDefinitionNode():
            is_empty = all(visibility.is_hidden(each.name.value) for each in node.types or ())
        case _:
            is_empty = False
    if is_empty:
        yield name


def _lost_of_field(type_name: str, field: ast.FieldDefinitionNode, visibility: Visibility) -> Iterator[str]:
    coordinate = f"{type_name}.{field.name.value}"
    if visibility.is_hidden(base_type_name(field.type)):
        yield coordinate
    for argument in field.arguments or ():
        own = f"{coordinate}({argument.name.value}:)"
        if visibility.is_hidden(own) or visibility.is_hidden(base_type_name(argument.type)):
            yield own
            if isinstance(argument.type, ast.NonNullTypeNode) and argument.default_value is None:
                yield coordinate


def _lost_in_interfaces(node: _Fielded, visibility: Visibility) -> Iterator[str]:
    """An interface cannot promise a field that one of its types does not show."""
    visible = {each.name.value for each in visibility.fields(node)}
    for interface in node.interfaces or ():
        promised = visibility.types.get(interface.name.value)
        if isinstance(promised, ast.InterfaceTypeDefinitionNode) and not visibility.is_hidden(interface.name.value):
            for each in visibility.fields(promised):
                if each.name.value not in visible:
                    yield f"{interface.name.value}.{each.name.value}"


def _lost_input_fields(node: ast.InputObjectTypeDefinitionNode, visibility: Visibility) -> Iterator[str]:
    for each in node.fields or ():
        coordinate = f"{node.name.value}.{each.name.value}"
        if visibility.is_hidden(coordinate) or visibility.is_hidden(base_type_name(each.type)):
            yield coordinate
            if isinstance(each.type, ast.NonNullTypeNode) and each.default_value is None:
                yield node.name.value


def hide_unreachable(visibility: Visibility) -> None:
    """Hide types that no root leads to."""
    reached: set[str] = set()
    pending = [name for name in _roots(visibility) if not visibility.is_hidden(name)]
    while pending:
        name = pending.pop()
        if name in reached or visibility.is_hidden(name):
            continue
        reached.add(name)
        pending.extend(_referenced(name, visibility))
    for node in visibility.visible_types():
        if node.name.value not in reached:
            visibility.hide(node.name.value)


def _roots(visibility: Visibility) -> list[str]:
    document = visibility.visible_document()
    schemas = [node for node in document.definitions if isinstance(node, ast.SchemaDefinitionNode)]
    directives = [node for node in document.definitions if isinstance(node, ast.DirectiveDefinitionNode)]
    named = [each.type.name.value for node in schemas for each in node.operation_types]
    named += [] if schemas else ["Query", "Mutation", "Subscription"]
    return named + [base_type_name(each.type) for node in directives for each in node.arguments or ()]


def _referenced(name: str, visibility: Visibility) -> Iterator[str]:
    node = visibility.types.get(name)
    match node:
        case ast.ObjectTypeDefinitionNode() | ast.InterfaceTypeDefinitionNode():
            for each in visibility.fields(node):
                yield base_type_name(each.type)
                yield from (base_type_name(argument.type) for argument in visibility.arguments(name, each))
            yield from (each.name.value for each in node.interfaces or ())
            if isinstance(node, ast.InterfaceTypeDefinitionNode):
                yield from _implementations(name, visibility)
        case ast.UnionTypeDefinitionNode():
            yield from (each.name.value for each in node.types or ())
        case ast.InputObjectTypeDefinitionNode():
            visible = visibility.members(node)
            yield from (base_type_name(each.type) for each in node.fields or () if each.name.value in visible)


def _implementations(interface: str, visibility: Visibility) -> Iterator[str]:
    for node in visibility.visible_types():
        if isinstance(node, (ast.ObjectTypeDefinitionNode, ast.InterfaceTypeDefinitionNode)) and any(
            each.name.value == interface for each in node.interfaces or ()
        ):
            yield node.name.value
