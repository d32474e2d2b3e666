"""Visible defaults use visible enum values and input fields."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    EnumValueNode,
    ListTypeNode,
    ListValueNode,
    NonNullTypeNode,
    ObjectValueNode,
    StringValueNode,
    TypeNode,
    ValueNode,
)

from gateway.ast_text import base_type_name
from gateway.composition.errors import DEFAULT_VALUE_USES_INACCESSIBLE
from gateway.composition.merged_elements import MergedInput
from gateway.composition.rules.merged.inaccessible.hidden import Hidden


def check_default_values(hidden: Hidden) -> None:
    """Report hidden elements that the defaults of visible arguments and input fields use."""
    for coordinate, item in _visible_inputs(hidden):
        if item.default is None:
            continue
        for path in _hidden_parts(item.default, item.type, hidden):
            message = (
                f'"{".".join(path)}" is @inaccessible, but used in the default of "{coordinate}", which clients see: '
                "change the default, or hide both."
            )
            hidden.error(DEFAULT_VALUE_USES_INACCESSIBLE, message, *path)


def _visible_inputs(hidden: Hidden) -> Iterator[tuple[str, MergedInput]]:
    for merged in hidden.schema.types.values():
        if hidden.hides(merged):
            continue
        for field in merged.fields.values():
            if not hidden.hides(field):
                for argument in field.arguments.values():
                    if not hidden.hides(argument):
                        yield f"{merged.name}.{field.name}({argument.name}:)", argument
        for item in merged.input_fields.values():
            if not hidden.hides(item):
                yield f"{merged.name}.{item.name}", item
    for directive in hidden.schema.directives.values():
        for argument in directive.arguments.values():
            if not hidden.hides(argument):
                yield f"@{directive.name}({argument.name}:)", argument


def _hidden_parts(value: ValueNode, expected: TypeNode, hidden: Hidden) -> Iterator[tuple[str, str]]:
    """Type and name of each hidden enum value and input field in a value; those of hidden types are reported there."""
    if isinstance(expected, NonNullTypeNode):
        expected = expected.type
    if isinstance(expected, ListTypeNode):
        for item in value.values if isinstance(value, ListValueNode) else (value,):
            yield from _hidden_parts(item, expected.type, hidden)
        return
    merged = hidden.schema.types.get(base_type_name(expected))
    if merged is None or hidden.hides(merged):
        return
    if isinstance(value, ObjectValueNode):
        for given in value.fields:
            field = merged.input_fields.get(given.name.value)
            if field is not None:
                if hidden.hides(field):
                    yield merged.name, field.name
                yield from _hidden_parts(given.value, field.type, hidden)
    elif isinstance(value, (EnumValueNode, StringValueNode)):
        enum_value = merged.values.get(value.value)
        if enum_value is not None and hidden.hides(enum_value):
            yield merged.name, enum_value.name
