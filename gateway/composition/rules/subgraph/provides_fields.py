"""``@provides``: external fields of the field's type, without arguments or directives, on a field that is not."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.ast_text import base_type_name
from gateway.composition.errors import (
    EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE,
    PROVIDES_DIRECTIVE_IN_FIELDS_ARG,
    PROVIDES_FIELDS_HAS_ARGS,
    PROVIDES_FIELDS_MISSING_EXTERNAL,
    PROVIDES_INVALID_FIELDS,
    PROVIDES_INVALID_FIELDS_TYPE,
    PROVIDES_ON_NON_OBJECT_FIELD,
    PROVIDES_UNSUPPORTED_ON_INTERFACE,
    ErrorCode,
)
from gateway.composition.problems import Problems
from gateway.composition.rules.subgraph.field_sets import COMPOSITE, FaultKind, FieldSetCheck
from gateway.composition.rules.subgraph.view import SubgraphView
from gateway.supergraph.model import TypeKind

_CODES: Mapping[FaultKind, ErrorCode] = {
    FaultKind.NOT_A_STRING: PROVIDES_INVALID_FIELDS_TYPE,
    FaultKind.INVALID: PROVIDES_INVALID_FIELDS,
    FaultKind.MISSING: PROVIDES_INVALID_FIELDS,
    FaultKind.DIRECTIVE: PROVIDES_DIRECTIVE_IN_FIELDS_ARG,
    FaultKind.ARGUMENTS: PROVIDES_FIELDS_HAS_ARGS,
    FaultKind.NOT_EXTERNAL: PROVIDES_FIELDS_MISSING_EXTERNAL,
}


def check_provides_fields(view: SubgraphView, problems: Problems) -> None:
    """Report provisions that cannot be made."""
    check = FieldSetCheck(view, external_leaves=True, arguments=False, abstract=True)
    external = {(element.name, field.name) for element, field, _ in view.on_fields("external")}
    for element, field, use in view.on_fields("provides"):
        where = f"@provides on {element.name}.{field.name}"
        target = base_type_name(field.type)
        if (element.name, field.name) in external:
            message = f"{where} provides through a field that is @external itself: remove one of the two."
            problems.report(EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE, message, view.name, use.node)
        if element.kind is TypeKind.INTERFACE:
            message = f"{where} stands on a field of an interface: move it to the implementations."
            problems.report(PROVIDES_UNSUPPORTED_ON_INTERFACE, message, view.name, use.node)
        if target not in view.types or view.types[target].kind not in COMPOSITE:
            message = f"{where} has nothing to provide, since {target} has no fields: remove it."
            problems.report(PROVIDES_ON_NON_OBJECT_FIELD, message, view.name, use.node)
            continue
        for fault in check.faults(use, target):
            problems.report(_CODES[fault.kind], f"{where} {fault.sentence}", view.name, use.node)
