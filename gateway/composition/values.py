"""Whether a literal may stand where a type is expected (https://spec.graphql.org/draft/#sec-Values-of-Correct-Type).

As lenient as the reference composer: any number goes for ID, a string goes for an enum value, and an input object
may lack required fields, since defaults are only compared and never coerced during composition.
"""

from __future__ import annotations

from collections.abc import Mapping

from graphql import (
    BooleanValueNode,
    EnumValueNode,
    FloatValueNode,
    IntValueNode,
    ListTypeNode,
    ListValueNode,
    NamedTypeNode,
    NonNullTypeNode,
    NullValueNode,
    ObjectValueNode,
    StringValueNode,
    TypeNode,
    ValueNode,
)

from gateway.composition.elements import TypeElement
from gateway.supergraph.model import TypeKind

_SCALAR_LITERALS: Mapping[str, tuple[type[ValueNode], ...]] = {
    "Int": (IntValueNode,),
    "Float": (IntValueNode, FloatValueNode),
    "String": (StringValueNode,),
    "Boolean": (BooleanValueNode,),
    "ID": (StringValueNode, IntValueNode),
}


def fits(value: ValueNode, expected: TypeNode, types: Mapping[str, TypeElement]) -> bool:
    """Whether ``value`` is a literal of the type ``expected``."""
    if isinstance(expected, NonNullTypeNode):
        return not isinstance(value, NullValueNode) and fits(value, expected.type, types)
    if isinstance(value, NullValueNode):
        return True
    if isinstance(expected, ListTypeNode):
        if isinstance(value, ListValueNode):
            return all(fits(item, expected.type, types) for item in value.values)
        return fits(value, expected.type, types)
    assert isinstance(expected, NamedTypeNode)
    name = expected.name.value
    literals = _SCALAR_LITERALS.get(name)
    if literals is not None:
        return isinstance(value, literals)
    element = types.get(name)
    if element is None:
        return True
    if element.kind is TypeKind.ENUM:
        return isinstance(value, (EnumValueNode, StringValueNode)) and value.value in element.values
    if element.kind is TypeKind.INPUT:
        return isinstance(value, ObjectValueNode) and all(
            field.name.value in element.input_fields
            and fits(field.value, element.input_fields[field.name.value].type, types)
            for field in value.fields
        )
    return True
