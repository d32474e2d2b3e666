"""A subgraph's schema as composition sees it: definitions and extensions joined, names made canonical.

``load`` makes these values from SDL; rules and merging read them and never look at the text again. Directives of
federation and of the specs it links bear their canonical names (``key``, ``requires``, ``tag``) whatever the
subgraph called them; ``DirectiveUse.feature`` tells them from a custom directive of the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import DirectiveNode, Node, TypeNode, ValueNode

from gateway.supergraph.model import TypeKind


@dataclass(frozen=True, slots=True)
class SubgraphSource:
    """A subgraph as it was handed in: its name, its routing URL, and its SDL text."""

    name: str
    url: str
    sdl: str


@dataclass(frozen=True, slots=True)
class DirectiveUse:
    """One application of a directive.

    ``name`` is canonical when ``feature`` is the identity URL of a linked spec (``https://specs.apollo.dev/federation``
    for all that federation itself defines, whichever spec it was imported from); ``feature`` is None for
    directives of the subgraph's own. ``on_extension`` is True when it stood on an ``extend`` form.
    """

    name: str
    arguments: Mapping[str, ValueNode]
    feature: str | None
    node: DirectiveNode
    on_extension: bool = False


@dataclass(frozen=True, slots=True)
class InputElement:
    """An argument or an input field."""

    name: str
    type: TypeNode
    default: ValueNode | None
    description: str | None
    directives: tuple[DirectiveUse, ...]
    node: Node


@dataclass(frozen=True, slots=True)
class FieldElement:
    """A field of an object or interface."""

    name: str
    type: TypeNode
    arguments: Mapping[str, InputElement]
    description: str | None
    directives: tuple[DirectiveUse, ...]
    node: Node
    on_extension: bool = False


@dataclass(frozen=True, slots=True)
class EnumValueElement:
    """A value of an enum."""

    name: str
    description: str | None
    directives: tuple[DirectiveUse, ...]
    node: Node


@dataclass(frozen=True, slots=True)
class TypeElement:
    """A named type with all of its extensions. Only the mappings of its kind are filled.

    ``has_definition`` and ``has_extension`` say which forms were present; a federation v1 ``@extends`` counts as
    an extension. ``nodes`` are the AST nodes of all of them, for locations.
    """

    kind: TypeKind
    name: str
    description: str | None
    directives: tuple[DirectiveUse, ...]
    nodes: tuple[Node, ...]
    has_definition: bool
    has_extension: bool
    interfaces: tuple[str, ...] = ()
    fields: Mapping[str, FieldElement] = field(default_factory=dict)
    input_fields: Mapping[str, InputElement] = field(default_factory=dict)
    members: tuple[str, ...] = ()
    values: Mapping[str, EnumValueElement] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DirectiveElement:
    """A directive definition of the subgraph's own or imported (``feature`` then names the spec)."""

    name: str
    arguments: Mapping[str, InputElement]
    locations: tuple[str, ...]
    repeatable: bool
    description: str | None
    feature: str | None
    node: Node


@dataclass(frozen=True, slots=True)
class Link:
    """One ``@link`` (or ``@core``) of a subgraph.

    ``identity`` is the URL without its version; ``imports`` maps the spec's element names (directives with ``@``)
    to the names used in the subgraph.
    """

    identity: str
    name: str
    version: tuple[int, int]
    namespace: str
    imports: Mapping[str, str]
    purpose: str | None
    node: Node


@dataclass(frozen=True, slots=True)
class Subgraph:
    """A loaded subgraph, valid by itself, upgraded to federation v2.

    ``types`` holds every type of the subgraph's own, without federation machinery (``_Entity``, ``_Any``,
    ``_Service``, ``Query._entities``, ``Query._service``, ``federation__*``, ``link__*``). Root types already bear
    their default names. ``is_fed1`` tells that it was written for federation v1 (it links no federation v2).
    ``composed_directives`` are the names (without ``@``) given to ``@composeDirective``.
    """

    name: str
    url: str
    types: Mapping[str, TypeElement]
    directives: Mapping[str, DirectiveElement]
    links: tuple[Link, ...]
    federation_version: tuple[int, int]
    is_fed1: bool
    composed_directives: tuple[str, ...] = ()
    schema_description: str | None = None
    schema_directives: tuple[DirectiveUse, ...] = ()
