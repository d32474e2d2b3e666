"""``@shareable`` stands on object types and their fields, once on each declaration."""

from __future__ import annotations

from collections import Counter

from graphql import Node

from gateway.composition.elements import DirectiveUse, TypeElement
from gateway.composition.errors import INVALID_SHAREABLE_USAGE
from gateway.composition.field_usage import federation_uses
from gateway.composition.problems import Problems
from gateway.composition.rules.subgraph.view import SubgraphView
from gateway.supergraph.model import TypeKind


def check_shareable(view: SubgraphView, problems: Problems) -> None:
    """Report misplaced and repeated ``@shareable``."""
    for element, field, use in view.on_fields("shareable"):
        coordinate = f"{element.name}.{field.name}"
        if element.kind is TypeKind.INTERFACE:
            message = f"{coordinate} is a field of an interface: mark the fields of implementations @shareable instead."
            problems.report(INVALID_SHAREABLE_USAGE, message, view.name, use.node)
        elif use is not (uses := federation_uses(field, "shareable"))[0] and use is uses[-1]:
            message = f"{coordinate} is marked @shareable {len(uses)} times: once is enough."
            problems.report(INVALID_SHAREABLE_USAGE, message, view.name, *(each.node for each in uses))
    seen: set[str] = set()
    for element, _ in view.on_types("shareable"):
        if element.name not in seen:
            seen.add(element.name)
            _check_type(view, element, problems)


def _check_type(view: SubgraphView, element: TypeElement, problems: Problems) -> None:
    """A definition and each extension of a type may bear the directive once."""
    uses = federation_uses(element, "shareable")
    owners = Counter(_declaration(element, use) for use in uses)
    for position, count in owners.items():
        if position is not None and count > 1:
            nodes: list[Node] = [use.node for use in uses if _declaration(element, use) == position]
            message = f"{element.name} is marked @shareable {count} times in one declaration: once is enough."
            problems.report(INVALID_SHAREABLE_USAGE, message, view.name, *nodes)


def _declaration(element: TypeElement, use: DirectiveUse) -> int | None:
    """Which of the type's declarations bears the directive; None for one that no text stands for."""
    for position, node in enumerate(element.nodes):
        if any(applied is use.node for applied in getattr(node, "directives", None) or ()):
            return position
    return None
