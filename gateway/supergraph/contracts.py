"""Contracts: a supergraph of which clients see a part, chosen by ``@tag``.

A contract is again a supergraph. What it leaves out is marked ``@inaccessible``, so that the router can still use it
for keys and requirements while clients do not see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from graphql import (
    ConstDirectiveNode,
    DefinitionNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    StringValueNode,
    TypeDefinitionNode,
    UnionTypeDefinitionNode,
)

from gateway.ast_text import base_type_name
from gateway.supergraph.contract_marks import with_marks
from gateway.supergraph.linked_names import linked_names

Member = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode
ROOTS = ("Query", "Mutation", "Subscription")


class EmptyContract(ValueError):
    """Nothing is left that a client could query."""


@dataclass(frozen=True, slots=True)
class ContractFilter:
    """``include`` keeps what bears one of these tags, and if empty everything; ``exclude`` then takes away.

    A tag on a type counts for all of its fields. Scalars, enums and input objects need no tag to be kept: they go by
    what uses them. ``hide_unreachable`` leaves out types that nothing visible leads to.
    """

    include: frozenset[str] = frozenset()
    exclude: frozenset[str] = frozenset()
    hide_unreachable: bool = True


@dataclass(slots=True)
class Hidden:
    """Paths of hidden elements: ``(type,)``, ``(type, member)``, ``(type, field, argument)``."""

    paths: set[tuple[str, ...]] = field(default_factory=set)

    def __contains__(self, path: tuple[str, ...]) -> bool:
        return path in self.paths


def contract(supergraph: DocumentNode, chosen: ContractFilter) -> DocumentNode:
    """The supergraph of a contract.

    A field goes with the type that it returns, an optional argument or input field with its type; a field goes with
    an argument that it requires, and a type with the last of its fields.

    :raises EmptyContract: no query is left.
    """
    maker = _Maker(supergraph, chosen)
    hidden = maker.hidden()
    if ("Query",) in hidden:
        raise EmptyContract("the contract leaves no query: include a tag that a query field bears")
    return with_marks(supergraph, hidden.paths, maker.names)


class _Maker:
    """Finds what one contract hides."""

    def __init__(self, supergraph: DocumentNode, chosen: ContractFilter) -> None:
        self.names = linked_names(supergraph)
        self._chosen = chosen
        self._types = {
            node.name.value: node
            for node in supergraph.definitions
            if isinstance(node, TypeDefinitionNode) and not self.names.is_machinery_type(node.name.value)
        }

    def hidden(self) -> Hidden:
        """All that clients do not see: already inaccessible, not chosen, or of no use without what is not chosen."""
        hidden = Hidden()
        for name, node in self._types.items():
            hidden.paths.update(self._not_chosen(name, node))
        while self._spread(hidden):
            pass
        if self._chosen.hide_unreachable:
            reached = self._reached(hidden)
            hidden.paths.update((name,) for name in self._types if name not in reached)
        return hidden

    # --- by tag

    def _not_chosen(self, name: str, node: TypeDefinitionNode) -> Iterator[tuple[str, ...]]:
        tags = self._tags(node.directives)
        follows_use = not isinstance(
            node, (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode, UnionTypeDefinitionNode)
        )
        included = follows_use or not self._chosen.include or bool(tags & self._chosen.include)
        members = list(_members(node))
        chosen_members = [
            member
            for member in members
            if self._is_kept(member.directives, included) and not self._is_marked(member.directives)
        ]
        kept_by_members = bool(chosen_members) and not tags & self._chosen.exclude
        if self._is_marked(node.directives) or tags & self._chosen.exclude or not (included or kept_by_members):
            yield (name,)
        for member in members:
            if member not in chosen_members:
                yield (name, member.name.value)
            for argument in getattr(member, "arguments", None) or ():
                if self._is_marked(argument.directives) or self._tags(argument.directives) & self._chosen.exclude:
                    yield (name, member.name.value, argument.name.value)

    def _is_kept(self, directives: Iterable[ConstDirectiveNode] | None, owner_included: bool) -> bool:
        tags = self._tags(directives)
        return (owner_included or bool(tags & self._chosen.include)) and not tags & self._chosen.exclude

    def _is_marked(self, directives: Iterable[ConstDirectiveNode] | None) -> bool:
        return any(use.name.value == self.names.inaccessible for use in directives or ())

    def _tags(self, directives: Iterable[ConstDirectiveNode] | None) -> set[str]:
        return {
            argument.value.value
            for use in directives or ()
            if use.name.value == self.names.tag
            for argument in use.arguments or ()
            if argument.name.value == "name" and isinstance(argument.value, StringValueNode)
        }

    # --- consequences

    def _spread(self, hidden: Hidden) -> bool:
        """Hide what cannot stay without what is hidden; whether there was any."""
        before = len(hidden.paths)
        for name, node in self._types.items():
            if (name,) in hidden:
                continue
            match node:
                case ObjectTypeDefinitionNode() | InterfaceTypeDefinitionNode():
                    self._spread_to_fields(name, node, hidden)
                case InputObjectTypeDefinitionNode():
                    for item in node.fields or ():
                        if (base_type_name(item.type),) in hidden:
                            hidden.paths.add((name, item.name.value) if not _is_required(item) else (name,))
                case UnionTypeDefinitionNode() if all((member.name.value,) in hidden for member in node.types or ()):
                    hidden.paths.add((name,))
                case _:
                    pass
            members = list(_members(node))
            if members and all((name, member.name.value) in hidden for member in members):
                hidden.paths.add((name,))
        return len(hidden.paths) > before

    def _spread_to_fields(
        self, name: str, node: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode, hidden: Hidden
    ) -> None:
        promised = [interface.name.value for interface in node.interfaces or ()]
        for item in node.fields or ():
            path = (name, item.name.value)
            if path not in hidden and (base_type_name(item.type),) in hidden:
                hidden.paths.add(path)
            for argument in item.arguments or ():
                if (base_type_name(argument.type),) in hidden or (*path, argument.name.value) in hidden:
                    hidden.paths.add(path if _is_required(argument) else (*path, argument.name.value))
            if path in hidden:
                # An interface cannot promise a field that an implementation hides.
                hidden.paths.update(
                    (interface, item.name.value)
                    for interface in promised
                    if self._has_field(interface, item.name.value)
                )

    def _has_field(self, interface: str, name: str) -> bool:
        node = self._types.get(interface)
        return isinstance(node, InterfaceTypeDefinitionNode) and any(
            item.name.value == name for item in node.fields or ()
        )

    # --- reach

    def _reached(self, hidden: Hidden) -> set[str]:
        """Types that visible fields and arguments lead to, from the root types on."""
        pending: list[str] = [name for name in ROOTS if name in self._types and (name,) not in hidden]
        implementations: dict[str, list[str]] = {}
        for name, node in self._types.items():
            for interface in getattr(node, "interfaces", None) or ():
                implementations.setdefault(interface.name.value, []).append(name)
        reached: set[str] = set()
        while pending:
            name = pending.pop()
            if name in reached or name not in self._types or (name,) in hidden:
                continue
            reached.add(name)
            pending += implementations.get(name, ())
            pending += self._mentioned(name, self._types[name], hidden)
        return reached

    def _mentioned(self, name: str, node: DefinitionNode, hidden: Hidden) -> Iterator[str]:
        if isinstance(node, UnionTypeDefinitionNode):
            yield from (member.name.value for member in node.types or ())
        if isinstance(node, (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode)):
            yield from (interface.name.value for interface in node.interfaces or ())
        if isinstance(node, (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode, InputObjectTypeDefinitionNode)):
            for item in node.fields or ():
                path = (name, item.name.value)
                if path not in hidden:
                    yield base_type_name(item.type)
                    for argument in getattr(item, "arguments", None) or ():
                        if (*path, argument.name.value) not in hidden:
                            yield base_type_name(argument.type)


def _members(node: TypeDefinitionNode) -> Iterable[Member]:
    if isinstance(node, EnumTypeDefinitionNode):
        return node.values or ()
    if isinstance(node, (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode, InputObjectTypeDefinitionNode)):
        return node.fields or ()
    return ()


def _is_required(item: InputValueDefinitionNode) -> bool:
    return isinstance(item.type, NonNullTypeNode) and item.default_value is None
