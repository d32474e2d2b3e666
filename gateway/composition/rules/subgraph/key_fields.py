"""``@key``: fields that the type has, without arguments, directives, interfaces or unions."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.composition.errors import (
    KEY_DIRECTIVE_IN_FIELDS_ARG,
    KEY_FIELDS_HAS_ARGS,
    KEY_FIELDS_SELECT_INVALID_TYPE,
    KEY_INVALID_FIELDS,
    KEY_INVALID_FIELDS_TYPE,
    KEY_UNSUPPORTED_ON_INTERFACE,
    ErrorCode,
)
from gateway.composition.problems import Problems
from gateway.composition.rules.subgraph.field_sets import FaultKind, FieldSetCheck
from gateway.composition.rules.subgraph.view import SubgraphView
from gateway.supergraph.model import TypeKind

_INTERFACE_KEYS_SINCE = (2, 3)
_CODES: Mapping[FaultKind, ErrorCode] = {
    FaultKind.NOT_A_STRING: KEY_INVALID_FIELDS_TYPE,
    FaultKind.INVALID: KEY_INVALID_FIELDS,
    FaultKind.MISSING: KEY_INVALID_FIELDS,
    FaultKind.DIRECTIVE: KEY_DIRECTIVE_IN_FIELDS_ARG,
    FaultKind.ARGUMENTS: KEY_FIELDS_HAS_ARGS,
    FaultKind.ABSTRACT: KEY_FIELDS_SELECT_INVALID_TYPE,
}


def check_key_fields(view: SubgraphView, problems: Problems) -> None:
    """Report keys that cannot be keys."""
    check = FieldSetCheck(view, external_leaves=False, arguments=False, abstract=False)
    for element, use in view.on_types("key"):
        version = view.subgraph.federation_version
        if element.kind is TypeKind.INTERFACE and version < _INTERFACE_KEYS_SINCE and not view.subgraph.is_fed1:
            message = f"@key cannot stand on the interface {element.name}: link federation 2.3 or later for that."
            problems.report(KEY_UNSUPPORTED_ON_INTERFACE, message, view.name, use.node)
        for fault in check.faults(use, element.name):
            problems.report(_CODES[fault.kind], f"@key on {element.name} {fault.sentence}", view.name, use.node)
