"""Directives of the linked specs, where the text repeats them, agree with the specs.

A subgraph may leave out optional arguments and locations, may be stricter about types, and may write built-in
scalars for a spec's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graphql import ListTypeNode, NonNullTypeNode, TypeNode

from gateway.ast_text import base_type_name, type_text, value_text
from gateway.composition.elements import DirectiveElement, InputElement
from gateway.composition.errors import DIRECTIVE_DEFINITION_INVALID
from gateway.composition.problems import Problems
from gateway.composition.rules.definitions.legacy import is_legacy_definition
from gateway.composition.written import BUILT_IN_SCALARS, WrittenSubgraph
from gateway.federation.directives import FEDERATION_IDENTITY


def check_directive_definitions(
    written: WrittenSubgraph, supplied: Mapping[str, DirectiveElement], problems: Problems
) -> None:
    """Report definitions that contradict the ``supplied`` ones, which are the specs' by written name."""
    for name, own in written.subgraph.directives.items():
        expected = supplied.get(name)
        if expected is None or (written.subgraph.is_fed1 and not _is_checked_in_v1(own, expected)):
            continue
        for fault in _faults(own, expected, set(written.names.machinery)):
            message = f"the definition of @{name} {fault}: correct it, or remove it, since federation supplies it."
            problems.report(DIRECTIVE_DEFINITION_INVALID, message, written.subgraph.name, own.node)


def _is_checked_in_v1(own: DirectiveElement, expected: DirectiveElement) -> bool:
    return expected.feature == FEDERATION_IDENTITY and not is_legacy_definition(own)


def _faults(own: DirectiveElement, expected: DirectiveElement, spec_types: set[str]) -> Iterator[str]:
    for argument in expected.arguments.values():
        given = own.arguments.get(argument.name)
        if given is None:
            if type_text(argument.type).endswith("!") and argument.default is None:
                yield f'lacks the required argument "{argument.name}"'
            continue
        if not _accepts(argument.type, given.type, spec_types):
            yield f'gives "{argument.name}" the type {type_text(given.type)} instead of {type_text(argument.type)}'
        elif _default(argument) != _default(given):
            wanted, found = _default(argument) or "none", _default(given) or "none"
            yield f'gives "{argument.name}" the default {found} instead of {wanted}'
    for name in own.arguments:
        if name not in expected.arguments:
            yield f'has an argument "{name}" that its specification does not know'
    strange = sorted(set(own.locations) - set(expected.locations))
    if strange:
        yield f"allows it on {', '.join(strange)}, which its specification does not"


def _accepts(expected: TypeNode, found: TypeNode, spec_types: set[str]) -> bool:
    """Whether ``found`` is ``expected``, or stricter, or built-in scalars in place of a scalar of the spec."""
    if isinstance(expected, NonNullTypeNode):
        return isinstance(found, NonNullTypeNode) and _accepts(expected.type, found.type, spec_types)
    if isinstance(found, NonNullTypeNode):
        return _accepts(expected, found.type, spec_types)
    if isinstance(expected, ListTypeNode):
        return isinstance(found, ListTypeNode) and _accepts(expected.type, found.type, spec_types)
    if base_type_name(expected) in spec_types and base_type_name(found) in BUILT_IN_SCALARS:
        return True
    return type_text(expected) == type_text(found)


def _default(argument: InputElement) -> str | None:
    return value_text(argument.default) if argument.default is not None else None
