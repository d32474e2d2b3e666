"""``@fromContext`` takes one value of the argument's type from every type that sets the context."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import StringValueNode

from gateway.composition.elements import DirectiveUse, FieldElement, InputElement, TypeElement
from gateway.composition.errors import (
    CONTEXT_NO_RESOLVABLE_KEY,
    CONTEXT_NOT_SET,
    NO_CONTEXT_IN_SELECTION,
    ErrorCode,
)
from gateway.composition.field_usage import federation_uses, split_context
from gateway.composition.problems import Problems
from gateway.composition.rules.subgraph.context import contexts_set
from gateway.composition.rules.subgraph.context_selection import selection_faults
from gateway.composition.rules.subgraph.interface_keys import is_resolvable
from gateway.composition.rules.subgraph.view import SubgraphView
from gateway.supergraph.model import TypeKind

_Fault = tuple[ErrorCode, str]


def check_from_context(view: SubgraphView, problems: Problems) -> None:
    """Report contextual arguments that can have no value."""
    setters = contexts_set(view)
    keyless: set[str] = set()
    for element, field, argument, use in _contextual_arguments(view):
        where = f"{element.name}.{field.name}({argument.name}:)"
        for code, message in (
            *_placement_faults(view, element, field, argument),
            *_value_faults(view, setters, argument, use),
        ):
            problems.report(code, f"@fromContext on {where} {message}.", view.name, use.node)
        if element.kind is TypeKind.OBJECT and not _has_resolvable_key(element):
            keyless.add(element.name)
    for name in sorted(keyless):
        message = f"{name} has arguments from a context and so needs a resolvable @key: add one."
        problems.report(CONTEXT_NO_RESOLVABLE_KEY, message, view.name, *view.types[name].nodes)
    for directive in view.subgraph.directives.values():
        for argument in directive.arguments.values():
            for use in federation_uses(argument, "fromContext"):
                message = f"@fromContext cannot stand on @{directive.name}({argument.name}:): only fields have one."
                problems.report(CONTEXT_NOT_SET, message, view.name, use.node)


def _contextual_arguments(
    view: SubgraphView,
) -> Iterator[tuple[TypeElement, FieldElement, InputElement, DirectiveUse]]:
    for element in view.types.values():
        for field in element.fields.values():
            for argument in field.arguments.values():
                for use in federation_uses(argument, "fromContext"):
                    yield element, field, argument, use


def _placement_faults(
    view: SubgraphView, element: TypeElement, field: FieldElement, argument: InputElement
) -> Iterator[_Fault]:
    if element.kind is not TypeKind.OBJECT:
        yield CONTEXT_NOT_SET, "stands on a field of an interface: only fields of object types have a context"
    for name in element.interfaces:
        interface = view.types.get(name)
        if interface is not None and field.name in interface.fields:
            yield CONTEXT_NOT_SET, f"stands on a field that implements {name}.{field.name}, which is not possible"
    if argument.default is not None:
        yield CONTEXT_NOT_SET, "stands on an argument with a default, which would never be used: remove the default"


def _value_faults(
    view: SubgraphView, setters: dict[str, list[str]], argument: InputElement, use: DirectiveUse
) -> Iterator[_Fault]:
    value = use.arguments.get("field")
    text = value.value if isinstance(value, StringValueNode) else ""
    context, selection = split_context(text)
    if not context or not selection:
        yield NO_CONTEXT_IN_SELECTION, f'must be given a context and a selection, as "$name {{ field }}", not "{text}"'
    elif context not in setters:
        yield CONTEXT_NOT_SET, f'uses the context "{context}", which no type of the subgraph sets'
    else:
        yield from selection_faults(view, setters[context], selection, argument.type)


def _has_resolvable_key(element: TypeElement) -> bool:
    return any(is_resolvable(use) for use in federation_uses(element, "key"))
