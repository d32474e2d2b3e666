"""Specs and type-system directives are visible: tools rely on them."""

from __future__ import annotations

from gateway.composition.errors import DISALLOWED_INACCESSIBLE, REQUIRED_INACCESSIBLE
from gateway.composition.merge.argument import is_required
from gateway.composition.merged_elements import MergedType
from gateway.composition.rules.merged.inaccessible.hidden import Hidden
from gateway.composition.written import EXECUTABLE_LOCATIONS


def check_disallowed(hidden: Hidden) -> None:
    """Report ``@inaccessible`` within a linked spec's types, or on arguments of directives where it cannot stand."""
    for merged in hidden.schema.types.values():
        if _belongs_to_spec(merged.name, hidden) and _hides_any(merged, hidden):
            message = f'Type "{merged.name}" belongs to a linked spec, and nothing of it can be @inaccessible.'
            hidden.error(DISALLOWED_INACCESSIBLE, message, merged.name)
    for directive in hidden.schema.directives.values():
        for argument in directive.arguments.values():
            if not hidden.hides(argument):
                continue
            coordinate = f"@{directive.name}({argument.name}:)"
            if not EXECUTABLE_LOCATIONS.issuperset(directive.locations):
                message = (
                    f'Argument "{coordinate}" cannot be @inaccessible, because the directive is applied in schemas.'
                )
                hidden.error(DISALLOWED_INACCESSIBLE, message, directive.name)
            elif is_required(argument):
                message = f'Argument "{coordinate}" is @inaccessible but required: make it optional.'
                hidden.error(REQUIRED_INACCESSIBLE, message, directive.name)


def _belongs_to_spec(name: str, hidden: Hidden) -> bool:
    namespace, separator, _ = name.partition("__")
    return bool(separator) and any(
        namespace == (link.namespace or link.url.rsplit("/", 2)[-2]) for link in hidden.schema.links
    )


def _hides_any(merged: MergedType, hidden: Hidden) -> bool:
    return (
        hidden.hides(merged)
        or any(hidden.hides(item) for item in merged.input_fields.values())
        or any(hidden.hides(value) for value in merged.values.values())
        or any(
            hidden.hides(field) or any(hidden.hides(argument) for argument in field.arguments.values())
            for field in merged.fields.values()
        )
    )
