"""``@requires``: external fields of the field's own type, without directives."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.composition.errors import (
    REQUIRES_DIRECTIVE_IN_FIELDS_ARG,
    REQUIRES_FIELDS_MISSING_EXTERNAL,
    REQUIRES_INVALID_FIELDS,
    REQUIRES_INVALID_FIELDS_TYPE,
    REQUIRES_UNSUPPORTED_ON_INTERFACE,
    ErrorCode,
)
from gateway.composition.problems import Problems
from gateway.composition.rules.subgraph.field_sets import FaultKind, FieldSetCheck
from gateway.composition.rules.subgraph.view import SubgraphView
from gateway.supergraph.model import TypeKind

_CODES: Mapping[FaultKind, ErrorCode] = {
    FaultKind.NOT_A_STRING: REQUIRES_INVALID_FIELDS_TYPE,
    FaultKind.INVALID: REQUIRES_INVALID_FIELDS,
    FaultKind.MISSING: REQUIRES_INVALID_FIELDS,
    FaultKind.DIRECTIVE: REQUIRES_DIRECTIVE_IN_FIELDS_ARG,
    FaultKind.NOT_EXTERNAL: REQUIRES_FIELDS_MISSING_EXTERNAL,
}


def check_requires_fields(view: SubgraphView, problems: Problems) -> None:
    """Report requirements that cannot be met, or need not be."""
    check = FieldSetCheck(view, external_leaves=True, arguments=True, abstract=True)
    for element, field, use in view.on_fields("requires"):
        where = f"@requires on {element.name}.{field.name}"
        if element.kind is TypeKind.INTERFACE:
            message = f"{where} stands on a field of an interface: move it to the implementations."
            problems.report(REQUIRES_UNSUPPORTED_ON_INTERFACE, message, view.name, use.node)
        for fault in check.faults(use, element.name):
            problems.report(_CODES[fault.kind], f"{where} {fault.sentence}", view.name, use.node)
