"""How the supergraph writes a value: equal values look the same, however the subgraphs write them.

The forms are those of the reference composer, so that supergraphs of both can be compared: numbers as JavaScript
writes them, enum values bare where the type is an enum and quoted elsewhere, whole numbers bare where it is ID.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

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
    MergedField,
    MergedInput,
    MergedSchema,
    MergedType,
)
from gateway.composition.values import LONGEST_WHOLE_NUMBER

_WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_SMALLEST_POSITIONAL_EXPONENT = -6


def canonical_value(value: ValueNode, expected: TypeNode | None, types: Mapping[str, MergedType]) -> ValueNode:
    """``value`` in its canonical form; ``expected`` is None where the type of the value is not known."""
    if isinstance(expected, NonNullTypeNode):
        expected = expected.type
    match value:
        case ListValueNode():
            inner = expected.type if isinstance(expected, ListTypeNode) else None
            return ListValueNode(values=tuple(canonical_value(item, inner, types) for item in value.values))
        case _ if isinstance(expected, ListTypeNode):
            return canonical_value(value, expected.type, types)
        case ObjectValueNode():
            return ObjectValueNode(
                fields=tuple(_field(field, _merged(expected, types), types) for field in value.fields)
            )
        case StringValueNode() | EnumValueNode():
            return _text(value.value, expected, types)
        case IntValueNode() | FloatValueNode():
            return _number(value)
        case _:
            return value


def _merged(expected: TypeNode | None, types: Mapping[str, MergedType]) -> MergedType | None:
    return types.get(expected.name.value) if isinstance(expected, NamedTypeNode) else None


def _field(field: ObjectFieldNode, owner: MergedType | None, types: Mapping[str, MergedType]) -> ObjectFieldNode:
    known = owner.input_fields.get(field.name.value) if owner else None
    return ObjectFieldNode(name=field.name, value=canonical_value(field.value, known.type if known else None, types))


def _text(text: str, expected: TypeNode | None, types: Mapping[str, MergedType]) -> ValueNode:
    merged = _merged(expected, types)
    if merged is not None and text in merged.values:
        return EnumValueNode(value=text)
    if isinstance(expected, NamedTypeNode) and expected.name.value == "ID" and _WHOLE_NUMBER.fullmatch(text):
        return IntValueNode(value=text)
    return StringValueNode(value=text)


def _number(value: IntValueNode | FloatValueNode) -> ValueNode:
    number = float(value.value)
    if not math.isfinite(number):
        return value
    text = number_text(number)
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
    """The schema with all defaults, and all arguments of applied directives, in their canonical form."""
    writer = _Writer(schema)
    return replace(
        schema,
        types={name: writer.type(merged) for name, merged in schema.types.items()},
        directives={
            name: replace(merged, arguments=writer.inputs(merged.arguments))
            for name, merged in schema.directives.items()
        },
        applied=writer.applied(schema.applied),
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    schema: MergedSchema

    def type(self, merged: MergedType) -> MergedType:
        return replace(
            merged,
            directives=self.applied(merged.directives),
            fields={name: self._field(field) for name, field in merged.fields.items()},
            input_fields=self.inputs(merged.input_fields),
            values={
                name: replace(value, directives=self.applied(value.directives)) if value.directives else value
                for name, value in merged.values.items()
            },
        )

    def _field(self, merged: MergedField) -> MergedField:
        if not merged.arguments and not merged.directives:
            return merged
        return replace(merged, arguments=self.inputs(merged.arguments), directives=self.applied(merged.directives))

    def inputs(self, merged: Mapping[str, MergedInput]) -> Mapping[str, MergedInput]:
        return {name: self._input(item) for name, item in merged.items()} if merged else merged

    def _input(self, merged: MergedInput) -> MergedInput:
        if merged.default is None and not merged.directives:
            return merged
        default = canonical_value(merged.default, merged.type, self.schema.types) if merged.default else None
        return replace(merged, default=default, directives=self.applied(merged.directives))

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
