"""``@listSize`` speaks of lists, of Int arguments that cut them, and of list fields below.

https://ibm.github.io/graphql-specs/cost-spec.html#sec-The-List-Size-Directive
"""

from __future__ import annotations

from collections.abc import Iterator

from graphql import IntValueNode, ListTypeNode, ListValueNode, NonNullTypeNode, StringValueNode, TypeNode

from gateway.ast_text import base_type_name, type_text
from gateway.composition.elements import DirectiveUse, FieldElement
from gateway.composition.errors import (
    LIST_SIZE_APPLIED_TO_NON_LIST,
    LIST_SIZE_INVALID_ASSUMED_SIZE,
    LIST_SIZE_INVALID_SIZED_FIELD,
    LIST_SIZE_INVALID_SLICING_ARGUMENT,
    ErrorCode,
)
from gateway.composition.problems import Problems
from gateway.composition.rules.subgraph.view import SubgraphView
from gateway.supergraph.model import TypeKind

_Fault = tuple[ErrorCode, str]


def check_list_size(view: SubgraphView, problems: Problems) -> None:
    """Report list sizes that say nothing sensible."""
    for element, field, use in view.on_fields("listSize"):
        coordinate = f"{element.name}.{field.name}"
        sized = _strings(use, "sizedFields")
        for code, message in (
            *_list_faults(field, sized),
            *_assumed_size_faults(use),
            *_slicing_faults(field, _strings(use, "slicingArguments")),
            *_sized_field_faults(view, field, sized),
        ):
            problems.report(code, f"@listSize on {coordinate} {message}.", view.name, use.node)


def _list_faults(field: FieldElement, sized: list[str]) -> Iterator[_Fault]:
    if not sized and not _is_list(field.type):
        message = f'needs a list, not {type_text(field.type)}: name the lists below it in "sizedFields"'
        yield LIST_SIZE_APPLIED_TO_NON_LIST, message


def _assumed_size_faults(use: DirectiveUse) -> Iterator[_Fault]:
    size = use.arguments.get("assumedSize")
    if isinstance(size, IntValueNode) and int(size.value) < 0:
        yield LIST_SIZE_INVALID_ASSUMED_SIZE, f'must not have the negative "assumedSize" {size.value}'


def _slicing_faults(field: FieldElement, names: list[str]) -> Iterator[_Fault]:
    for name in names:
        argument = field.arguments.get(name)
        if argument is None:
            yield LIST_SIZE_INVALID_SLICING_ARGUMENT, f'names the slicing argument "{name}", which the field lacks'
        elif type_text(argument.type) not in ("Int", "Int!"):
            found = type_text(argument.type)
            yield LIST_SIZE_INVALID_SLICING_ARGUMENT, f'needs an Int for the slicing argument "{name}", not {found}'


def _sized_field_faults(view: SubgraphView, field: FieldElement, names: list[str]) -> Iterator[_Fault]:
    if not names:
        return
    target = base_type_name(field.type)
    element = view.types.get(target)
    if element is None or element.kind not in (TypeKind.OBJECT, TypeKind.INTERFACE, TypeKind.UNION):
        yield LIST_SIZE_INVALID_SIZED_FIELD, f'cannot have "sizedFields", since {target} has no fields'
        return
    for name in names:
        sized = element.fields.get(name)
        if sized is None:
            yield LIST_SIZE_INVALID_SIZED_FIELD, f'names the sized field "{name}", which {target} lacks'
        elif not _is_list(sized.type):
            found = type_text(sized.type)
            yield LIST_SIZE_APPLIED_TO_NON_LIST, f'needs a list for the sized field "{target}.{name}", not {found}'


def _is_list(node: TypeNode) -> bool:
    return isinstance(node.type if isinstance(node, NonNullTypeNode) else node, ListTypeNode)


def _strings(use: DirectiveUse, argument: str) -> list[str]:
    value = use.arguments.get(argument)
    items = value.values if isinstance(value, ListValueNode) else (value,)
    return [item.value for item in items if isinstance(item, StringValueNode)]
