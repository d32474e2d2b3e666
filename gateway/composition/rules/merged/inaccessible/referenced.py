"""Visible fields and arguments are of visible types; the query root is visible."""

from __future__ import annotations

from gateway.ast_text import base_type_name
from gateway.composition.errors import QUERY_ROOT_TYPE_INACCESSIBLE, REFERENCED_INACCESSIBLE
from gateway.composition.rules.merged.inaccessible.hidden import Hidden


def check_referenced(hidden: Hidden) -> None:
    """Report hidden types that something visible needs."""
    types = hidden.schema.types
    names = {merged.name for merged in types.values() if hidden.hides(merged)}
    if "Query" in names:
        message = 'The query root type "Query" is @inaccessible: clients need it; hide its fields instead.'
        hidden.error(QUERY_ROOT_TYPE_INACCESSIBLE, message, "Query")
    for merged in types.values():
        if merged.name in names:
            continue
        for field in merged.fields.values():
            if hidden.hides(field):
                continue
            if base_type_name(field.type) in names:
                _report(hidden, base_type_name(field.type), f"{merged.name}.{field.name}")
            for argument in field.arguments.values():
                if base_type_name(argument.type) in names and not hidden.hides(argument):
                    _report(hidden, base_type_name(argument.type), f"{merged.name}.{field.name}({argument.name}:)")
        for item in merged.input_fields.values():
            if base_type_name(item.type) in names and not hidden.hides(item):
                _report(hidden, base_type_name(item.type), f"{merged.name}.{item.name}")
    for directive in hidden.schema.directives.values():
        for argument in directive.arguments.values():
            if base_type_name(argument.type) in names and not hidden.hides(argument):
                _report(hidden, base_type_name(argument.type), f"@{directive.name}({argument.name}:)")


def _report(hidden: Hidden, name: str, coordinate: str) -> None:
    message = f'Type "{name}" is @inaccessible, but "{coordinate}", which clients see, is of that type: hide it too.'
    hidden.error(REFERENCED_INACCESSIBLE, message, name)
