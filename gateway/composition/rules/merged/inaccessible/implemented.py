"""A field or argument that implements a visible one of an interface is visible."""

from __future__ import annotations

from gateway.composition.errors import IMPLEMENTED_BY_INACCESSIBLE
from gateway.composition.merged_elements import MergedField, MergedType
from gateway.composition.rules.merged.inaccessible.hidden import Hidden


def check_implemented(hidden: Hidden) -> None:
    """Report hidden parts of visible implementations of what is visible in their interfaces."""
    for merged in hidden.schema.types.values():
        if not merged.interfaces or hidden.hides(merged):
            continue
        for field in merged.fields.values():
            for name in merged.interfaces:
                interface = hidden.schema.types[name]
                promised = interface.fields.get(field.name)
                if promised is not None and not hidden.hides_field(interface, promised):
                    _check_field(hidden, merged, field, interface, promised)


def _check_field(
    hidden: Hidden, merged: MergedType, field: MergedField, interface: MergedType, promised: MergedField
) -> None:
    coordinate, theirs = f"{merged.name}.{field.name}", f"{interface.name}.{field.name}"
    if hidden.hides(field):
        message = f'Field "{coordinate}" is @inaccessible, but implements "{theirs}", which clients see: hide both.'
        hidden.error(IMPLEMENTED_BY_INACCESSIBLE, message, merged.name, field.name)
        return
    for argument in field.arguments.values():
        wanted = promised.arguments.get(argument.name)
        if wanted is not None and hidden.hides(argument) and not hidden.hides(wanted):
            message = (
                f'Argument "{coordinate}({argument.name}:)" is @inaccessible, but implements '
                f'"{theirs}({argument.name}:)", which clients see: hide both.'
            )
            hidden.error(IMPLEMENTED_BY_INACCESSIBLE, message, merged.name, field.name, argument.name)
