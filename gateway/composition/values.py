"""Whether a literal may stand where a type is expected (https://spec.graphql.org/draft/#sec-Values-of-Correct-Type).

As lenient as the reference composer, which looks at values and not at how they are written: a whole number goes for
Int however it is written, any whole number for ID, an enum literal for a string and a string for an enum value. An
input object may lack required fields, since defaults are only compared and never coerced during composition.
"""

from __future__ import annotations

import math
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
from gateway.composition.written import BUILT_IN_SCALARS
from gateway.supergraph.model import TypeKind

LONGEST_WHOLE_NUMBER = 1e21
"""From here on JavaScript, and so the reference composer, writes whole numbers with an exponent."""
_NO_STRINGS = frozenset({"Int", "Float", "Boolean"})
_WHOLE_NUMBERS = frozenset({"Int", "ID"})


def fits(value: ValueNode, expected: TypeNode, types: Mapping[str, TypeElement]) -> bool:
    """Whether ``value`` is a literal of the type ``expected``."""
    if isinstance(expected, NonNullTypeNode):
        return not isinstance(value, NullValueNode) and fits(value, expected.type, types)
    if isinstance(value, NullValueNode):
        return True
    if isinstance(expected, ListTypeNode):
        items = value.values if isinstance(value, ListValueNode) else (value,)
        return all(fits(item, expected.type, types) for item in items)
    assert isinstance(expected, NamedTypeNode)
    name = expected.name.value
    if name in BUILT_IN_SCALARS:
        return _fits_scalar(value, name)
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


def _fits_scalar(value: ValueNode, name: str) -> bool:
    match value:
        case BooleanValueNode():
            return name == "Boolean"
        case IntValueNode() | FloatValueNode():
            number = float(value.value)
            if name in _WHOLE_NUMBERS:
                return number.is_integer() and abs(number) < LONGEST_WHOLE_NUMBER
            return name == "Float" and math.isfinite(number)
        case StringValueNode() | EnumValueNode():
            return name not in _NO_STRINGS
        case _:
            return False
