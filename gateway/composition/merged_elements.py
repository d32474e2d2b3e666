"""The merged schema: what merging hands to the rules on it and to the writer of the supergraph's SDL.

Elements mirror those of ``elements``; instead of a place in a subgraph's text they know, as join directives, which
subgraphs they come from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import TypeNode, ValueNode

from gateway.federation.join import (
    JoinDirective,
    JoinEnumValue,
    JoinField,
    JoinGraph,
    JoinImplements,
    JoinType,
    JoinUnionMember,
)
from gateway.supergraph.model import TypeKind


@dataclass(frozen=True, slots=True)
class AppliedDirective:
    """A directive that the supergraph applies; ``name`` is that of the supergraph."""

    name: str
    arguments: tuple[tuple[str, ValueNode], ...] = ()


@dataclass(frozen=True, slots=True)
class MergedInput:
    """An argument or an input field. ``joins`` is empty for arguments."""

    name: str
    type: TypeNode
    default: ValueNode | None
    description: str | None
    directives: tuple[AppliedDirective, ...] = ()
    joins: tuple[JoinField, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedField:
    """A field of an object or interface."""

    name: str
    type: TypeNode
    arguments: Mapping[str, MergedInput]
    description: str | None
    directives: tuple[AppliedDirective, ...] = ()
    joins: tuple[JoinField, ...] = ()
    join_directives: tuple[JoinDirective, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedEnumValue:
    """A value of an enum."""

    name: str
    description: str | None
    directives: tuple[AppliedDirective, ...] = ()
    joins: tuple[JoinEnumValue, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedType:
    """A named type. Only the members of its kind are filled."""

    kind: TypeKind
    name: str
    description: str | None
    joins: tuple[JoinType, ...]
    directives: tuple[AppliedDirective, ...] = ()
    join_directives: tuple[JoinDirective, ...] = ()
    interfaces: tuple[str, ...] = ()
    join_implements: tuple[JoinImplements, ...] = ()
    fields: Mapping[str, MergedField] = field(default_factory=dict)
    input_fields: Mapping[str, MergedInput] = field(default_factory=dict)
    members: tuple[str, ...] = ()
    join_members: tuple[JoinUnionMember, ...] = ()
    values: Mapping[str, MergedEnumValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MergedDirective:
    """A directive definition of the subgraphs' own."""

    name: str
    arguments: Mapping[str, MergedInput]
    locations: tuple[str, ...]
    repeatable: bool
    description: str | None


@dataclass(frozen=True, slots=True)
class SupergraphLink:
    """A ``@link`` of the supergraph. ``imports`` pairs names of the spec with those used here, directives with ``@``.

    ``namespace`` is None where it is the spec's own name. ``definitions`` is the SDL of what the spec brings along.
    """

    url: str
    purpose: str | None = None
    namespace: str | None = None
    imports: tuple[tuple[str, str], ...] = ()
    definitions: str = ""


@dataclass(frozen=True, slots=True)
class MergedSchema:
    """All of a supergraph. ``graphs`` pairs values of ``join__Graph`` with the subgraphs that they stand for.

    ``carried`` maps directives of federation (``inaccessible``, ``authenticated``, …) to the names under which the
    supergraph applies them; those that it does not apply are missing.
    """

    join_version: tuple[int, int]
    graphs: tuple[tuple[str, JoinGraph], ...]
    links: tuple[SupergraphLink, ...]
    types: Mapping[str, MergedType]
    directives: Mapping[str, MergedDirective]
    root_types: tuple[str, ...]
    description: str | None = None
    applied: tuple[AppliedDirective, ...] = ()
    join_directives: tuple[JoinDirective, ...] = ()
    carried: Mapping[str, str] = field(default_factory=dict)
