"""Directives of the linked specs, where the text repeats them, agree with the specs.

A subgraph may leave out optional arguments, locations and ``repeatable``, and may be stricter about types. In place of
a spec's own scalar it may write any type that is no scalar of its own. The default of an argument that is never null
is its own affair.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from graphql import ListTypeNode, NonNullTypeNode, TypeNode

from gateway.ast_text import type_text, value_text
from gateway.composition.elements import DirectiveElement, InputElement
from gateway.composition.errors import DIRECTIVE_DEFINITION_INVALID
from gateway.composition.literals import same_value
from gateway.composition.problems import Problems
from gateway.composition.rules.definitions.legacy import is_legacy_definition
from gateway.composition.rules.definitions.type_definitions import spec_type_kind
from gateway.composition.written import BUILT_IN_SCALARS, WrittenSubgraph, built_in_directives
from gateway.federation.directives import FEDERATION_IDENTITY
from gateway.supergraph.model import TypeKind


def check_directive_definitions(
    written: WrittenSubgraph, supplied: Mapping[str, DirectiveElement], problems: Problems
) -> None:
    """Report definitions that contradict the ``supplied`` ones, which are the specs' by written name."""
    custom_scalars = _custom_scalars(written)
    defined = {**_built_in(supplied), **written.subgraph.directives}
    for name, own in defined.items():
        expected = supplied.get(name)
        if expected is None or (written.subgraph.is_fed1 and not _is_checked_in_v1(own, expected)):
            continue
        for fault in _faults(own, expected, custom_scalars):
            message = f"the definition of @{name} {fault}: correct it, or remove it, since federation supplies it."
            problems.report(DIRECTIVE_DEFINITION_INVALID, message, written.subgraph.name, own.node)


def _built_in(supplied: Mapping[str, DirectiveElement]) -> dict[str, DirectiveElement]:
    """GraphQL's own directives under whose names something is imported: their definitions are there already."""
    return {name: element for name, element in built_in_directives().items() if name in supplied}


def _custom_scalars(written: WrittenSubgraph) -> set[str]:
    own = {name for name, element in written.subgraph.types.items() if element.kind is TypeKind.SCALAR}
    specs = {
        name for name, canonical in written.names.machinery.items() if spec_type_kind(canonical) is TypeKind.SCALAR
    }
    return (own | specs) - BUILT_IN_SCALARS


def _is_checked_in_v1(own: DirectiveElement, expected: DirectiveElement) -> bool:
    return expected.feature == FEDERATION_IDENTITY and not is_legacy_definition(own)


def _faults(own: DirectiveElement, expected: DirectiveElement, custom_scalars: Container[str]) -> Iterator[str]:
    for argument in expected.arguments.values():
        given = own.arguments.get(argument.name)
        if given is None:
            if isinstance(argument.type, NonNullTypeNode) and argument.default is None:
                yield f'lacks the required argument "{argument.name}"'
        elif not _accepts_stricter(argument.type, given.type, custom_scalars):
            yield f'gives "{argument.name}" the type {type_text(given.type)} instead of {type_text(argument.type)}'
        elif not isinstance(given.type, NonNullTypeNode) and not same_value(argument.default, given.default):
            yield f'gives "{argument.name}" the default {_default(given)} instead of {_default(argument)}'
    for name in own.arguments:
        if name not in expected.arguments:
            yield f'has an argument "{name}" that its specification does not know'
    if own.repeatable and not expected.repeatable:
        yield "makes it repeatable, which it is not"
    strange = sorted(set(own.locations) - set(expected.locations))
    if strange:
        yield f"allows it on {', '.join(strange)}, which its specification does not"


def _accepts_stricter(expected: TypeNode, found: TypeNode, custom_scalars: Container[str]) -> bool:
    if isinstance(found, NonNullTypeNode) and not isinstance(expected, NonNullTypeNode):
        found = found.type
    return _accepts(expected, found, custom_scalars)


def _accepts(expected: TypeNode, found: TypeNode, custom_scalars: Container[str]) -> bool:
    """Whether ``found`` is ``expected``, or has something else in place of a scalar of the spec."""
    if isinstance(expected, NonNullTypeNode):
        return isinstance(found, NonNullTypeNode) and _accepts(expected.type, found.type, custom_scalars)
    if isinstance(expected, ListTypeNode):
        return isinstance(found, ListTypeNode) and _accepts(expected.type, found.type, custom_scalars)
    if type_text(expected) == type_text(found):
        return True
    return type_text(expected) in custom_scalars and type_text(found) not in custom_scalars


def _default(argument: InputElement) -> str:
    return value_text(argument.default) if argument.default is not None else "none"
