"""How the supergraph writes a value: equal values look the same, however the subgraphs write them.

The forms are those of the reference composer, so that supergraphs of both can be compared: numbers as JavaScript
writes them, enum values bare where the type is an enum and quoted elsewhere, whole numbers bare where it is ID.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from graphql import (
    EnumValueNode,
    FloatValueNode,
    IntValueNode,
    ListTypeNode,
    ListValueNode,
    NamedTypeNode,
    NonNullTypeNode,
    ObjectFieldNode,
    ObjectValueNode,
    StringValueNode,
    TypeNode,
    ValueNode,
)

from gateway.composition.merged_elements import (
    AppliedDirective,
    MergedDirective,
    MergedEnumValue,
    MergedField,
    MergedInput,
    MergedSchema,
    MergedType,
)
from gateway.composition.values import LONGEST_WHOLE_NUMBER

ElementT = TypeVar("ElementT")

_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_SMALLEST_POSITIONAL_EXPONENT = -6


def canonical_value(value: ValueNode, expected: TypeNode | None, types: Mapping[str, MergedType]) -> ValueNode:
    """``value`` in its canonical form, which most values have; ``expected`` is None where its type is not known."""
    if isinstance(expected, NonNullTypeNode):
        expected = expected.type
    match value:
        case ListValueNode():
            inner = expected.type if isinstance(expected, ListTypeNode) else None
            return ListValueNode(values=tuple(canonical_value(item, inner, types) for item in value.values))
        case _ if isinstance(expected, ListTypeNode):
            return canonical_value(value, expected.type, types)
        case ObjectValueNode():
            owner = _merged(expected, types)
            return ObjectValueNode(fields=tuple(_field(field, owner, types) for field in value.fields))
        case StringValueNode() | EnumValueNode():
            return _text(value, expected, types)
        case IntValueNode() | FloatValueNode():
            return _number(value)
        case _:
            return value


def _merged(expected: TypeNode | None, types: Mapping[str, MergedType]) -> MergedType | None:
    return types.get(expected.name.value) if isinstance(expected, NamedTypeNode) else None


def _field(field: ObjectFieldNode, owner: MergedType | None, types: Mapping[str, MergedType]) -> ObjectFieldNode:
    known = owner.input_fields.get(field.name.value) if owner else None
    return ObjectFieldNode(name=field.name, value=canonical_value(field.value, known.type if known else None, types))


def _text(
    value: StringValueNode | EnumValueNode, expected: TypeNode | None, types: Mapping[str, MergedType]
) -> ValueNode:
    text, merged = value.value, _merged(expected, types)
    if merged is not None and text in merged.values:
        return value if isinstance(value, EnumValueNode) else EnumValueNode(value=text)
    if isinstance(expected, NamedTypeNode) and expected.name.value == "ID" and _WHOLE_NUMBER.fullmatch(text):
        return IntValueNode(value=text)
    return value if isinstance(value, StringValueNode) and not value.block else StringValueNode(value=text)


def _number(value: IntValueNode | FloatValueNode) -> ValueNode:
    number = float(value.value)
    text = number_text(number) if math.isfinite(number) else value.value
    if text == value.value:
        return value
    return IntValueNode(value=text) if _WHOLE_NUMBER.fullmatch(text) else FloatValueNode(value=text)


def number_text(number: float) -> str:
    """A finite number as ECMAScript writes it (https://tc39.es/ecma262/#sec-numeric-types-number-tostring)."""
    if number.is_integer() and abs(number) < LONGEST_WHOLE_NUMBER:
        return str(int(number))
    text = repr(number)
    mantissa, _, exponent = text.partition("e")
    if not exponent:
        return text
    if _SMALLEST_POSITIONAL_EXPONENT <= int(exponent) < 0:
        return f"{Decimal(text):f}"
    return f"{mantissa}e{int(exponent):+d}"


def with_canonical_values(schema: MergedSchema) -> MergedSchema:
    """The schema with all defaults, and all arguments of applied directives, in their canonical form.

    What has that form already is kept, rather than made anew: nearly all of a large schema has.
    """
    writer = _Writer(schema)
    return replace(
        schema,
        types=_changed(schema.types, writer.type),
        directives=_changed(schema.directives, writer.definition),
        applied=writer.applied(schema.applied),
    )


def _changed(elements: Mapping[str, ElementT], change: Callable[[ElementT], ElementT]) -> Mapping[str, ElementT]:
    """The elements, each changed; the mapping itself if none is."""
    changes = {name: new for name, old in elements.items() if (new := change(old)) is not old}
    return {**elements, **changes} if changes else elements


@dataclass(frozen=True, slots=True)
class _Writer:
    schema: MergedSchema

    def type(self, merged: MergedType) -> MergedType:
        directives = self.applied(merged.directives)
        fields = _changed(merged.fields, self._field)
        inputs = _changed(merged.input_fields, self._input)
        values = _changed(merged.values, self._enum_value)
        kept = directives is merged.directives and fields is merged.fields
        if kept and inputs is merged.input_fields and values is merged.values:
            return merged
        return replace(merged, directives=directives, fields=fields, input_fields=inputs, values=values)

    def definition(self, merged: MergedDirective) -> MergedDirective:
        return replace(merged, arguments=_changed(merged.arguments, self._input))

    def _field(self, merged: MergedField) -> MergedField:
        directives, arguments = self.applied(merged.directives), _changed(merged.arguments, self._input)
        if directives is merged.directives and arguments is merged.arguments:
            return merged
        return replace(merged, arguments=arguments, directives=directives)

    def _enum_value(self, merged: MergedEnumValue) -> MergedEnumValue:
        directives = self.applied(merged.directives)
        return merged if directives is merged.directives else replace(merged, directives=directives)

    def _input(self, merged: MergedInput) -> MergedInput:
        default, directives = merged.default, self.applied(merged.directives)
        if default is not None:
            default = canonical_value(default, merged.type, self.schema.types)
        if default is merged.default and directives is merged.directives:
            return merged
        return replace(merged, default=default, directives=directives)

    def applied(self, directives: tuple[AppliedDirective, ...]) -> tuple[AppliedDirective, ...]:
        return tuple(self._applied(directive) for directive in directives) if directives else directives

    def _applied(self, directive: AppliedDirective) -> AppliedDirective:
        definition = self.schema.directives.get(directive.name)
        expected = {name: item.type for name, item in definition.arguments.items()} if definition else {}
        return AppliedDirective(
            directive.name,
            tuple(
                (name, canonical_value(value, expected.get(name), self.schema.types))
                for name, value in directive.arguments
            ),
        )
