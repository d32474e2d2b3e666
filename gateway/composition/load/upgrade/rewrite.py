"""Frozen subgraphs with some of their types, fields or directives changed; unchanged parts are kept as they are."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import replace

from graphql import DirectiveNode, NameNode

from gateway.composition.elements import DirectiveUse, FieldElement, Subgraph, TypeElement
from gateway.federation.directives import FEDERATION_IDENTITY
from gateway.supergraph.model import TypeKind

WITH_FIELDS = (TypeKind.OBJECT, TypeKind.INTERFACE)
ROOT_TYPES = frozenset({"Query", "Mutation", "Subscription"})


def is_use(use: DirectiveUse, name: str) -> bool:
    """Whether a directive is federation's ``name``."""
    return use.name == name and use.feature == FEDERATION_IDENTITY


def without(uses: tuple[DirectiveUse, ...], *names: str) -> tuple[DirectiveUse, ...]:
    """Directives without those of federation that are named; ``uses`` itself when there are none."""
    return change_uses(uses, lambda use: None if use.name in names and use.feature == FEDERATION_IDENTITY else use)


def implied(name: str) -> DirectiveUse:
    """A federation directive without arguments that no text stands for."""
    return DirectiveUse(name, {}, FEDERATION_IDENTITY, DirectiveNode(name=NameNode(value=name)))


def change_types(subgraph: Subgraph, change: Callable[[TypeElement], TypeElement | None]) -> Subgraph:
    """The subgraph with each type changed, or removed where ``change`` gives None."""
    types = {name: changed for name, element in subgraph.types.items() if (changed := change(element)) is not None}
    return replace(subgraph, types=types)


def change_fields(element: TypeElement, change: Callable[[FieldElement], FieldElement | None]) -> TypeElement:
    """The type with each field changed, or removed where ``change`` gives None; itself when nothing changes."""
    if element.kind not in WITH_FIELDS:
        return element
    fields = {name: changed for name, field in element.fields.items() if (changed := change(field)) is not None}
    same = len(fields) == len(element.fields) and all(fields[name] is field for name, field in element.fields.items())
    return element if same else replace(element, fields=fields)


def change_uses(
    uses: tuple[DirectiveUse, ...], change: Callable[[DirectiveUse], DirectiveUse | None]
) -> tuple[DirectiveUse, ...]:
    """Each directive changed, or removed where ``change`` gives None; ``uses`` itself when nothing changes."""
    changed = tuple(new for use in uses if (new := change(use)) is not None)
    return uses if len(changed) == len(uses) and all(map(operator.is_, changed, uses)) else changed


def with_uses(field: FieldElement, uses: tuple[DirectiveUse, ...]) -> FieldElement:
    """The field with these directives; itself when it has them."""
    return field if uses is field.directives else replace(field, directives=uses)
