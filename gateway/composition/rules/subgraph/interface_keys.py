"""Who can look up an interface by a key can look up each of its implementations by it."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import BooleanValueNode

from gateway.composition.elements import DirectiveUse, TypeElement
from gateway.composition.errors import INTERFACE_KEY_NOT_ON_IMPLEMENTATION
from gateway.composition.field_usage import federation_uses, field_set_of
from gateway.composition.problems import Problems
from gateway.composition.rules.subgraph.view import SubgraphView
from gateway.federation.field_set import InvalidFieldSet, parse_field_set
from gateway.selection_set import Selection
from gateway.supergraph.model import TypeKind


def check_interface_keys(view: SubgraphView, problems: Problems) -> None:
    """Report implementations that lack a key of their interface, or do not resolve it."""
    for interface, use in view.on_types("key"):
        if interface.kind is not TypeKind.INTERFACE:
            continue
        for name in view.implementations.get(interface.name, ()):
            for fault in _faults(interface, use, view.types[name]):
                problems.report(INTERFACE_KEY_NOT_ON_IMPLEMENTATION, fault, view.name, use.node)


def _faults(interface: TypeElement, use: DirectiveUse, implementation: TypeElement) -> Iterator[str]:
    wanted = _selection(use)
    matching = [key for key in federation_uses(implementation, "key") if _selection(key) == wanted]
    key = f'the key "{field_set_of(use)}" of the interface {interface.name}'
    if not matching:
        yield f"{implementation.name} lacks {key}: add it."
    elif is_resolvable(use) and not any(is_resolvable(key) for key in matching):
        yield f"{implementation.name} declares {key} with resolvable: false: make it resolvable."


def is_resolvable(use: DirectiveUse) -> bool:
    """Whether a ``@key`` can be used to look up its type."""
    value = use.arguments.get("resolvable")
    return not (isinstance(value, BooleanValueNode) and not value.value)


def _selection(use: DirectiveUse) -> frozenset[Selection] | None:
    """The fields of a key without their order; None when they cannot be read."""
    try:
        return frozenset(parse_field_set(field_set_of(use) or ""))
    except InvalidFieldSet:
        return None
