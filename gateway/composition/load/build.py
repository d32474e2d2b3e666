"""Turns the AST of a subgraph into elements: definitions joined with their extensions, names made canonical.

Reports what elements can no longer show, being mappings: things defined twice. All else is left to the rules.
Types of introspection are passed over, whatever the text says of them; and so are, in federation v1,
``Query._entities`` and ``Query._service``, which federation supplies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graphql import (
    DirectiveDefinitionNode,
    DirectiveNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    EnumTypeExtensionNode,
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputObjectTypeExtensionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    ListTypeNode,
    NamedTypeNode,
    NameNode,
    Node,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    ScalarTypeDefinitionNode,
    ScalarTypeExtensionNode,
    StringValueNode,
    TypeNode,
    UnionTypeDefinitionNode,
    UnionTypeExtensionNode,
    introspection_types,
)

from gateway.composition.elements import (
    DirectiveElement,
    DirectiveUse,
    EnumValueElement,
    FieldElement,
    InputElement,
    TypeElement,
)
from gateway.composition.errors import INVALID_GRAPHQL
from gateway.composition.literals import with_strings
from gateway.composition.problems import Problems
from gateway.composition.written import SUBGRAPH_FIELDS
from gateway.federation.directives import FEDERATION_IDENTITY
from gateway.federation.links import NameTable
from gateway.supergraph.model import TypeKind

TypePart = (
    ScalarTypeDefinitionNode
    | ObjectTypeDefinitionNode
    | InterfaceTypeDefinitionNode
    | UnionTypeDefinitionNode
    | EnumTypeDefinitionNode
    | InputObjectTypeDefinitionNode
    | ScalarTypeExtensionNode
    | ObjectTypeExtensionNode
    | InterfaceTypeExtensionNode
    | UnionTypeExtensionNode
    | EnumTypeExtensionNode
    | InputObjectTypeExtensionNode
)

_DEFINITIONS: Mapping[type[Node], TypeKind] = {
    ScalarTypeDefinitionNode: TypeKind.SCALAR,
    ObjectTypeDefinitionNode: TypeKind.OBJECT,
    InterfaceTypeDefinitionNode: TypeKind.INTERFACE,
    UnionTypeDefinitionNode: TypeKind.UNION,
    EnumTypeDefinitionNode: TypeKind.ENUM,
    InputObjectTypeDefinitionNode: TypeKind.INPUT,
}
_EXTENSIONS: Mapping[type[Node], TypeKind] = {
    ScalarTypeExtensionNode: TypeKind.SCALAR,
    ObjectTypeExtensionNode: TypeKind.OBJECT,
    InterfaceTypeExtensionNode: TypeKind.INTERFACE,
    UnionTypeExtensionNode: TypeKind.UNION,
    EnumTypeExtensionNode: TypeKind.ENUM,
    InputObjectTypeExtensionNode: TypeKind.INPUT,
}
_KEPT_AS_WRITTEN = frozenset({"fields"})
"""Arguments of federation's directives that must be strings; the others read an enum literal as one."""
_WITH_FIELDS = (
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
)


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds the elements of one subgraph.

    ``renamed`` maps root types as written to their default names. In federation v1 (``is_fed1``), ``@extends`` makes
    an extension of a definition.
    """

    subgraph: str
    names: NameTable
    renamed: Mapping[str, str]
    is_fed1: bool
    problems: Problems

    def types(self, document: DocumentNode) -> dict[str, TypeElement]:
        """All types of the document, those of specs included, in the order of their first mention."""
        parts: dict[str, list[TypePart]] = {}
        for definition in document.definitions:
            if type(definition) in _DEFINITIONS or type(definition) in _EXTENSIONS:
                written = definition.name.value  # type: ignore[attr-defined]
                if written in introspection_types:
                    continue
                name = self.renamed.get(written, written)
                parts.setdefault(name, []).append(definition)  # type: ignore[arg-type]
        return {name: self._type(name, found) for name, found in parts.items()}

    def directives(self, document: DocumentNode) -> dict[str, DirectiveElement]:
        """All directive definitions of the document, those of specs included, by the names written."""
        found: dict[str, DirectiveElement] = {}
        for node in document.definitions:
            if not isinstance(node, DirectiveDefinitionNode):
                continue
            name = node.name.value
            if name in found:
                self._invalid(f"directive @{name} is defined twice: keep one definition.", found[name].node, node)
                continue
            canonical, feature = self.names.directive(name)
            found[name] = DirectiveElement(
                name=canonical if feature else name,
                arguments=self._inputs(node.arguments, f"@{name}"),
                locations=tuple(location.value for location in node.locations),
                repeatable=node.repeatable,
                description=_text(node.description),
                feature=feature,
                node=node,
            )
        return found

    def uses(self, nodes: Iterable[DirectiveNode] | None, *, on_extension: bool = False) -> tuple[DirectiveUse, ...]:
        """Applications of directives, with canonical names."""
        if not nodes:
            return ()
        return tuple(self._use(node, on_extension=on_extension) for node in nodes)

    def _use(self, node: DirectiveNode, *, on_extension: bool) -> DirectiveUse:
        name, feature = self.names.directive(node.name.value)
        arguments = {argument.name.value: argument.value for argument in node.arguments or ()}
        if feature == FEDERATION_IDENTITY and arguments:
            arguments = {
                name: value if name in _KEPT_AS_WRITTEN else with_strings(value) for name, value in arguments.items()
            }
        if len(arguments) != len(node.arguments or ()):
            self._invalid(f"@{node.name.value} is given an argument twice: keep one of them.", node)
        return DirectiveUse(name, arguments, feature, node, on_extension)

    def _type(self, name: str, parts: list[TypePart]) -> TypeElement:
        definitions = [part for part in parts if type(part) in _DEFINITIONS]
        main = definitions[0] if definitions else parts[0]
        kind = _DEFINITIONS.get(type(main)) or _EXTENSIONS[type(main)]
        if len(definitions) > 1:
            self._invalid(f"type {name} is defined {len(definitions)} times: keep one definition.", *definitions)
        uses: list[DirectiveUse] = []
        interfaces: dict[str, None] = {}
        fields: dict[str, FieldElement] = {}
        inputs: dict[str, InputElement] = {}
        members: dict[str, None] = {}
        values: dict[str, EnumValueElement] = {}
        for part in parts:
            extends = type(part) in _EXTENSIONS
            if (_DEFINITIONS.get(type(part)) or _EXTENSIONS[type(part)]) is not kind:
                self._invalid(f"{name} is defined as {kind.value} and extended as another kind of type.", part)
                continue
            uses += self.uses(part.directives, on_extension=extends)
            if isinstance(part, _WITH_FIELDS):
                self._names(part.interfaces, interfaces, f"{name} implements", part)
                self._fields(part.fields, fields, name, on_extension=extends)
            elif isinstance(part, (InputObjectTypeDefinitionNode, InputObjectTypeExtensionNode)):
                self._inputs(part.fields, name, inputs)
            elif isinstance(part, (UnionTypeDefinitionNode, UnionTypeExtensionNode)):
                self._names(part.types, members, f"union {name} contains", part)
            elif isinstance(part, (EnumTypeDefinitionNode, EnumTypeExtensionNode)):
                self._values(part.values, values, name)
        extended_by_directive = self.is_fed1 and any(use.name == "extends" and use.feature for use in uses)
        if extended_by_directive:
            uses = [replace(use, on_extension=True) for use in uses]
            fields = {name: replace(field, on_extension=True) for name, field in fields.items()}
        return TypeElement(
            kind=kind,
            name=name,
            description=_text(getattr(main, "description", None)),
            directives=tuple(uses),
            nodes=tuple(parts),
            has_definition=bool(definitions) and not extended_by_directive,
            has_extension=extended_by_directive or len(definitions) < len(parts),
            interfaces=tuple(interfaces),
            fields=fields,
            input_fields=inputs,
            members=tuple(members),
            values=values,
        )

    def _names(self, nodes: Iterable[NamedTypeNode] | None, into: dict[str, None], owner: str, part: Node) -> None:
        for node in nodes or ():
            name = self._name(node)
            if name in into:
                self._invalid(f"{owner} {name} twice: name it once.", part)
            into[name] = None

    def _fields(
        self,
        nodes: Iterable[FieldDefinitionNode] | None,
        into: dict[str, FieldElement],
        owner: str,
        *,
        on_extension: bool,
    ) -> None:
        for node in nodes or ():
            name = node.name.value
            if self.is_fed1 and owner == "Query" and name in SUBGRAPH_FIELDS:
                continue
            if name in into:
                self._invalid(f"field {owner}.{name} is defined twice: keep one definition.", into[name].node, node)
                continue
            into[name] = FieldElement(
                name=name,
                type=self._type_node(node.type),
                arguments=self._inputs(node.arguments, f"{owner}.{name}") if node.arguments else {},
                description=_text(node.description),
                directives=self.uses(node.directives),
                node=node,
                on_extension=on_extension,
            )

    def _inputs(
        self,
        nodes: Iterable[InputValueDefinitionNode] | None,
        owner: str,
        into: dict[str, InputElement] | None = None,
    ) -> dict[str, InputElement]:
        inputs: dict[str, InputElement] = {} if into is None else into
        for node in nodes or ():
            name = node.name.value
            if name in inputs:
                message = f"{owner} defines {name} twice: keep one definition."
                self._invalid(message, inputs[name].node, node)
                continue
            inputs[name] = InputElement(
                name=name,
                type=self._type_node(node.type),
                default=node.default_value,
                description=_text(node.description),
                directives=self.uses(node.directives),
                node=node,
            )
        return inputs

    def _values(
        self, nodes: Iterable[EnumValueDefinitionNode] | None, into: dict[str, EnumValueElement], owner: str
    ) -> None:
        for node in nodes or ():
            name = node.name.value
            if name in into:
                self._invalid(f"enum value {owner}.{name} is defined twice: keep one.", into[name].node, node)
                continue
            into[name] = EnumValueElement(name, _text(node.description), self.uses(node.directives), node)

    def _type_node(self, node: TypeNode) -> TypeNode:
        """The type reference, with a renamed root type's new name."""
        if not self.renamed:
            return node
        if isinstance(node, NamedTypeNode):
            name = self._name(node)
            if name == node.name.value:
                return node
            return NamedTypeNode(name=NameNode(value=name, loc=node.name.loc), loc=node.loc)
        assert isinstance(node, (ListTypeNode, NonNullTypeNode))
        inner = self._type_node(node.type)
        if inner is node.type:
            return node
        if isinstance(node, ListTypeNode):
            return ListTypeNode(type=inner, loc=node.loc)
        assert isinstance(inner, (NamedTypeNode, ListTypeNode))
        return NonNullTypeNode(type=inner, loc=node.loc)

    def _name(self, node: NamedTypeNode) -> str:
        """What a type referred to is called: roots are known by the names written, not by their default names."""
        written = node.name.value
        if written in self.renamed:
            return self.renamed[written]
        if written in self.renamed.values():
            self._invalid(f"unknown type {written}: the root type bears another name here.", node)
        return written

    def _invalid(self, message: str, *nodes: Node) -> None:
        self.problems.report(INVALID_GRAPHQL, message, self.subgraph, *nodes)


def _text(node: StringValueNode | None) -> str | None:
    return node.value if node is not None else None
