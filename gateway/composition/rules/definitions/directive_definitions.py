"""Directives of the linked specs, where the text repeats them, agree with the specs.

A subgraph may leave out optional arguments and locations, and may write a built-in scalar for a spec's own scalar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gateway.ast_text import type_text, value_text
from gateway.composition.elements import DirectiveElement, InputElement
from gateway.composition.errors import DIRECTIVE_DEFINITION_INVALID
from gateway.composition.load.written import BUILT_IN_SCALARS, WrittenSubgraph
from gateway.composition.problems import Problems
from gateway.federation.directives import FEDERATION_IDENTITY


def check_directive_definitions(
    written: WrittenSubgraph, supplied: Mapping[str, DirectiveElement], problems: Problems
) -> None:
    """Report definitions that contradict the ``supplied`` ones, which are the specs' by written name."""
    for name, own in written.subgraph.directives.items():
        expected = supplied.get(name)
        if expected is None or (written.subgraph.is_fed1 and expected.feature != FEDERATION_IDENTITY):
            continue
        for fault in _faults(own, expected, set(written.names.machinery)):
            message = f"the definition of @{name} {fault}: correct it, or remove it, since federation supplies it."
            problems.report(DIRECTIVE_DEFINITION_INVALID, message, written.subgraph.name, own.node)


def _faults(own: DirectiveElement, expected: DirectiveElement, spec_types: set[str]) -> Iterator[str]:
    for argument in expected.arguments.values():
        given = own.arguments.get(argument.name)
        if given is None:
            if type_text(argument.type).endswith("!") and argument.default is None:
                yield f'lacks the required argument "{argument.name}"'
            continue
        wanted, found = type_text(argument.type), type_text(given.type)
        if wanted != found and not _stands_for(found, wanted, spec_types):
            yield f'gives "{argument.name}" the type {found} instead of {wanted}'
        elif _default(argument) != _default(given):
            wanted, found = _default(argument) or "none", _default(given) or "none"
            yield f'gives "{argument.name}" the default {found} instead of {wanted}'
    for name in own.arguments:
        if name not in expected.arguments:
            yield f'has an argument "{name}" that its specification does not know'
    strange = sorted(set(own.locations) - set(expected.locations))
    if strange:
        yield f"allows it on {', '.join(strange)}, which its specification does not"


def _stands_for(found: str, wanted: str, spec_types: set[str]) -> bool:
    """A built-in scalar may stand for a scalar of the spec, inside the same lists and non-nulls."""
    base, spec_base = found.strip("[]!"), wanted.strip("[]!")
    return base in BUILT_IN_SCALARS and spec_base in spec_types and found.replace(base, spec_base) == wanted


def _default(argument: InputElement) -> str | None:
    return value_text(argument.default) if argument.default is not None else None
