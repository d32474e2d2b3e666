"""What must be given is visible to those who must give it."""

from __future__ import annotations

from gateway.composition.errors import REQUIRED_INACCESSIBLE
from gateway.composition.merge.argument import is_required
from gateway.composition.merged_elements import MergedField, MergedInput, MergedType
from gateway.composition.rules.merged.inaccessible.hidden import Hidden


def check_required(hidden: Hidden) -> None:
    """Report hidden arguments and input fields that are required."""
    implementing: dict[str, list[MergedType]] = {}
    for merged in hidden.schema.types.values():
        for interface in merged.interfaces:
            implementing.setdefault(interface, []).append(merged)
    for merged in hidden.schema.types.values():
        if hidden.hides(merged):
            continue
        for field in merged.fields.values():
            if not hidden.hides(field):
                for argument in field.arguments.values():
                    if hidden.hides(argument):
                        _check_argument(hidden, merged, field, argument, implementing)
        for item in merged.input_fields.values():
            if hidden.hides(item) and is_required(item):
                message = (
                    f'Input field "{merged.name}.{item.name}" is @inaccessible but required: make it optional, '
                    "or leave it visible."
                )
                hidden.error(REQUIRED_INACCESSIBLE, message, merged.name, item.name)


def _check_argument(
    hidden: Hidden,
    merged: MergedType,
    field: MergedField,
    argument: MergedInput,
    implementing: dict[str, list[MergedType]],
) -> None:
    coordinate = f"{merged.name}.{field.name}({argument.name}:)"
    if is_required(argument):
        message = f'Argument "{coordinate}" is @inaccessible but required: make it optional, or leave it visible.'
        hidden.error(REQUIRED_INACCESSIBLE, message, merged.name, field.name, argument.name)
    if merged.name not in implementing:
        return
    for other in implementing[merged.name]:
        own = other.fields.get(field.name)
        same = own.arguments.get(argument.name) if own else None
        if own and same and is_required(same) and not hidden.hides_argument(other, own, same):
            message = (
                f'Argument "{coordinate}" is @inaccessible, but required where "{other.name}" implements it: '
                "make it optional there, or leave it visible."
            )
            hidden.error(REQUIRED_INACCESSIBLE, message, merged.name, field.name, argument.name)
