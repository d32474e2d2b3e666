"""Access rules that travel between interfaces and their implementations.

Clients reach an object through its interfaces, so an interface needs the rules of all of its implementations; and a
field that an interface object gives to an implementation keeps its rules there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gateway.composition.elements import DirectiveUse, FieldElement, TypeElement
from gateway.composition.field_usage import is_interface_object
from gateway.composition.merge.shape import Shape
from gateway.composition.merge.views import Source, SubgraphView
from gateway.federation.directives import FEDERATION_IDENTITY
from gateway.federation.supergraph_specs import ACCESS_CONTROL
from gateway.supergraph.model import TypeKind


@dataclass(frozen=True, slots=True)
class AccessRules:
    """Rules by the coordinate (``Type`` or ``Type.field``) to which they are to be added."""

    added: Mapping[str, list[Source[DirectiveUse]]] = field(default_factory=dict)

    def at(self, coordinate: str) -> Sequence[Source[DirectiveUse]]:
        """What other elements add to the element of this coordinate."""
        return self.added.get(coordinate, ())


def access_rules(views: Sequence[SubgraphView], shape: Shape) -> AccessRules:
    """Collect the rules of all object types and their fields, by where else they hold."""
    added: dict[str, list[Source[DirectiveUse]]] = {}
    for view in views:
        for element in view.subgraph.types.values():
            if element.kind is not TypeKind.OBJECT:
                continue
            for use in _rules(element):
                if not is_interface_object(element):
                    for interface in shape.implements.get(element.name, ()):
                        added.setdefault(interface, []).append(Source(view, use))
            for own in element.fields.values():
                rules = list(_rules(own))
                if rules and (element.name, own.name) not in view.usage.external:
                    for type_name in _reached_from(element, shape):
                        coordinate = f"{type_name}.{own.name}"
                        added.setdefault(coordinate, []).extend(Source(view, use) for use in rules)
    return AccessRules(added)


def _rules(element: TypeElement | FieldElement) -> Iterator[DirectiveUse]:
    return (use for use in element.directives if use.feature == FEDERATION_IDENTITY and use.name in ACCESS_CONTROL)


def _reached_from(element: TypeElement, shape: Shape) -> Iterator[str]:
    """The types to whose fields the rules of this type's fields are added."""
    if not is_interface_object(element):
        yield from shape.implements.get(element.name, ())
        return
    implementations = shape.implementations.get(element.name, ())
    yield from implementations
    others = dict.fromkeys(
        interface
        for implementation in implementations
        for interface in shape.implements[implementation]
        if interface != element.name
    )
    yield from others
