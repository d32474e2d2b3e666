"""The shapes of the join spec: what a supergraph's SDL says of its subgraphs.

Composition writes these values (``arguments``), loading a supergraph reads them (``read``). Nothing else knows what a
``join__`` directive or argument is called. Written: v0.3 to v0.5; read: v0.1 to v0.5, whose arguments only grew.
Spec: https://specs.apollo.dev/join/v0.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias, assert_never, cast

from graphql import (
    BooleanValueNode,
    ConstArgumentNode,
    ConstDirectiveNode,
    ConstValueNode,
    EnumValueNode,
    ListValueNode,
    NameNode,
    ObjectFieldNode,
    ObjectValueNode,
    StringValueNode,
    ValueNode,
)

JOIN_IDENTITY = "https://specs.apollo.dev/join"
JOIN_V0_3 = (0, 3)
JOIN_V0_4 = (0, 4)
JOIN_V0_5 = (0, 5)

GRAPH_ENUM = "join__Graph"
FIELD_SET_SCALAR = "join__FieldSet"
DIRECTIVE_ARGUMENTS_SCALAR = "join__DirectiveArguments"
FIELD_VALUE_SCALAR = "join__FieldValue"

GRAPH = "join__graph"
TYPE = "join__type"
FIELD = "join__field"
IMPLEMENTS = "join__implements"
UNION_MEMBER = "join__unionMember"
ENUM_VALUE = "join__enumValue"
DIRECTIVE = "join__directive"
OWNER = "join__owner"

NodeArguments: TypeAlias = Mapping[str, ValueNode]


@dataclass(frozen=True, slots=True)
class GraphName:
    """A value of ``join__Graph``, written without quotes."""

    value: str


ArgumentValue: TypeAlias = "str | bool | GraphName | tuple[ArgumentValue, ...] | dict[str, ArgumentValue] | ValueNode"
WrittenArguments: TypeAlias = tuple[tuple[str, ArgumentValue], ...]


class Written(Protocol):
    """A shape that can be written."""

    def arguments(self) -> WrittenArguments:
        """In the order in which they are written."""


@dataclass(frozen=True, slots=True)
class JoinGraph:
    """``@join__graph`` on a value of ``join__Graph``: the subgraph's own name and its URL."""

    name: str
    url: str

    def arguments(self) -> WrittenArguments:
        """In the order in which they are written."""
        return (("name", self.name), ("url", self.url))

    @classmethod
    def read(cls, arguments: NodeArguments) -> JoinGraph:
        """From the arguments of a directive node."""
        return cls(_text(arguments, "name") or "", _text(arguments, "url") or "")


@dataclass(frozen=True, slots=True)
class JoinType:
    """``@join__type``: ``graph`` defines the type; one for each of its keys there, or a single one without key."""

    graph: str
    key: str | None = None
    extension: bool = False
    resolvable: bool = True
    is_interface_object: bool = False

    def arguments(self) -> WrittenArguments:
        """In the order in which they are written; defaults are left out."""
        return (
            ("graph", GraphName(self.graph)),
            *_given("key", self.key),
            *_given("extension", self.extension),
            *((("resolvable", False),) if not self.resolvable else ()),
            *_given("isInterfaceObject", self.is_interface_object),
        )

    @classmethod
    def read(cls, arguments: NodeArguments) -> JoinType:
        """From the arguments of a directive node."""
        return cls(
            _text(arguments, "graph") or "",
            _text(arguments, "key"),
            extension=_flag(arguments, "extension"),
            resolvable=_flag(arguments, "resolvable", default=True),
            is_interface_object=_flag(arguments, "isInterfaceObject"),
        )


@dataclass(frozen=True, slots=True)
class JoinContextArgument:
    """An argument that ``graph`` takes from a context: ``selection`` is read where ``context`` was set."""

    name: str
    type: str
    context: str
    selection: str


@dataclass(frozen=True, slots=True)
class JoinField:
    """``@join__field``: how ``graph`` has the field.

    Without any ``@join__field`` a field is in all subgraphs of its type. ``graph`` None says that no subgraph defines
    the field on this type: it comes from interface objects. ``type`` is given where the types differ. A field that
    another subgraph overrides is left out, unless it is still used there (``used_overridden``) or the override bears
    a label.
    """

    graph: str | None = None
    requires: str | None = None
    provides: str | None = None
    type: str | None = None
    external: bool = False
    override: str | None = None
    used_overridden: bool = False
    override_label: str | None = None
    context_arguments: tuple[JoinContextArgument, ...] = ()

    def arguments(self) -> WrittenArguments:
        """In the order in which they are written; defaults are left out."""
        contexts: tuple[ArgumentValue, ...] = tuple(
            {"context": item.context, "name": item.name, "type": item.type, "selection": item.selection}
            for item in self.context_arguments
        )
        return (
            *((("graph", GraphName(self.graph)),) if self.graph is not None else ()),
            *_given("requires", self.requires),
            *_given("provides", self.provides),
            *_given("type", self.type),
            *_given("external", self.external),
            *_given("override", self.override),
            *_given("usedOverridden", self.used_overridden),
            *_given("overrideLabel", self.override_label),
            *((("contextArguments", contexts),) if contexts else ()),
        )

    @classmethod
    def read(cls, arguments: NodeArguments) -> JoinField:
        """From the arguments of a directive node."""
        return cls(
            _text(arguments, "graph"),
            _text(arguments, "requires"),
            _text(arguments, "provides"),
            _text(arguments, "type"),
            external=_flag(arguments, "external"),
            override=_text(arguments, "override"),
            used_overridden=_flag(arguments, "usedOverridden"),
            override_label=_text(arguments, "overrideLabel"),
            context_arguments=tuple(_context_arguments(arguments.get("contextArguments"))),
        )


@dataclass(frozen=True, slots=True)
class JoinImplements:
    """``@join__implements``: in ``graph`` the type implements ``interface``."""

    graph: str
    interface: str

    def arguments(self) -> WrittenArguments:
        """In the order in which they are written."""
        return (("graph", GraphName(self.graph)), ("interface", self.interface))

    @classmethod
    def read(cls, arguments: NodeArguments) -> JoinImplements:
        """From the arguments of a directive node."""
        return cls(_text(arguments, "graph") or "", _text(arguments, "interface") or "")


@dataclass(frozen=True, slots=True)
class JoinUnionMember:
    """``@join__unionMember``: in ``graph`` the union has ``member``."""

    graph: str
    member: str

    def arguments(self) -> WrittenArguments:
        """In the order in which they are written."""
        return (("graph", GraphName(self.graph)), ("member", self.member))

    @classmethod
    def read(cls, arguments: NodeArguments) -> JoinUnionMember:
        """From the arguments of a directive node."""
        return cls(_text(arguments, "graph") or "", _text(arguments, "member") or "")


@dataclass(frozen=True, slots=True)
class JoinEnumValue:
    """``@join__enumValue``: ``graph`` has the value."""

    graph: str

    def arguments(self) -> WrittenArguments:
        """In the order in which they are written."""
        return (("graph", GraphName(self.graph)),)

    @classmethod
    def read(cls, arguments: NodeArguments) -> JoinEnumValue:
        """From the arguments of a directive node."""
        return cls(_text(arguments, "graph") or "")


@dataclass(frozen=True, slots=True)
class JoinDirective:
    """``@join__directive``: ``graphs`` apply the directive ``name`` here; it has no meaning to the supergraph."""

    graphs: tuple[str, ...]
    name: str
    args: tuple[tuple[str, ValueNode], ...] = ()

    def arguments(self) -> WrittenArguments:
        """In the order in which they are written."""
        graphs = tuple(GraphName(graph) for graph in self.graphs)
        return (("graphs", graphs), ("name", self.name), ("args", dict(self.args)))

    @classmethod
    def read(cls, arguments: NodeArguments) -> JoinDirective:
        """From the arguments of a directive node."""
        graphs, given = arguments.get("graphs"), arguments.get("args")
        return cls(
            tuple(node.value for node in graphs.values if isinstance(node, EnumValueNode))
            if isinstance(graphs, ListValueNode)
            else (),
            _text(arguments, "name") or "",
            tuple((field.name.value, field.value) for field in given.fields)
            if isinstance(given, ObjectValueNode)
            else (),
        )


def read_owner(arguments: NodeArguments) -> str:
    """The graph of a v0.1 ``@join__owner``: there, fields without ``@join__field`` belong to the owner alone."""
    return _text(arguments, "graph") or ""


def directive_node(name: str, shape: Written) -> ConstDirectiveNode:
    """The AST node that applies a shape under the name of its directive."""
    return ConstDirectiveNode(
        name=NameNode(value=name),
        arguments=tuple(
            ConstArgumentNode(name=NameNode(value=argument), value=cast("ConstValueNode", _value_node(value)))
            for argument, value in shape.arguments()
        ),
    )


def _value_node(value: ArgumentValue) -> ValueNode:
    match value:
        case bool():
            return BooleanValueNode(value=value)
        case str():
            return StringValueNode(value=value)
        case GraphName():
            return EnumValueNode(value=value.value)
        case tuple():
            return ListValueNode(values=tuple(_value_node(item) for item in value))
        case dict():
            return ObjectValueNode(
                fields=tuple(
                    ObjectFieldNode(name=NameNode(value=name), value=_value_node(item)) for name, item in value.items()
                )
            )
        case ValueNode():
            return value
        case _:
            assert_never(value)


def _given(name: str, value: str | bool | None) -> WrittenArguments:
    """The argument, unless its value is the default (absent or false)."""
    return ((name, value),) if value is not None and value is not False else ()


def _text(arguments: NodeArguments, name: str) -> str | None:
    value = arguments.get(name)
    return value.value if isinstance(value, (StringValueNode, EnumValueNode)) else None


def _flag(arguments: NodeArguments, name: str, *, default: bool = False) -> bool:
    value = arguments.get(name)
    return value.value if isinstance(value, BooleanValueNode) else default


def _context_arguments(value: ValueNode | None) -> Iterable[JoinContextArgument]:
    if not isinstance(value, ListValueNode):
        return
    for item in value.values:
        if isinstance(item, ObjectValueNode):
            given = {field.name.value: field.value for field in item.fields}
            yield JoinContextArgument(
                *(_text(given, name) or "" for name in ("name", "type", "context", "selection")),
            )
