"""The selection of a ``@fromContext``: one field, perhaps nested, or one for each type by inline fragments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graphql import ListTypeNode, NamedTypeNode, NameNode, NonNullTypeNode, TypeNode

from gateway.ast_text import base_type_name, type_text
from gateway.composition.errors import CONTEXT_INVALID_SELECTION, ErrorCode
from gateway.composition.field_usage import is_interface_object
from gateway.composition.rules.subgraph.field_sets import COMPOSITE
from gateway.composition.rules.subgraph.view import SubgraphView
from gateway.federation.field_set import InvalidFieldSet, parse_field_set
from gateway.selection_set import Field, InlineFragment, SelectionSet
from gateway.supergraph.model import TypeKind

_Fault = tuple[ErrorCode, str]


def selection_faults(view: SubgraphView, setters: Sequence[str], text: str, expected: TypeNode) -> Iterator[_Fault]:
    """What is wrong with a selection from the types ``setters`` for an argument of type ``expected``."""
    for fault in _faults(view, setters, text, expected):
        yield CONTEXT_INVALID_SELECTION, fault


def _faults(view: SubgraphView, setters: Sequence[str], text: str, expected: TypeNode) -> Iterator[str]:
    try:
        selections = parse_field_set(text)
    except InvalidFieldSet as error:
        yield f"cannot be read: {error}"
        return
    format_faults = list(_format_faults(selections))
    yield from format_faults
    if format_faults:
        return
    for name in setters:
        if is_interface_object(view.types[name]):
            yield f"selects from {name}, which is an @interfaceObject"
    fragments = [selection for selection in selections if isinstance(selection, InlineFragment)]
    if not fragments:
        for name in setters:
            yield from _value_faults(view, name, selections, expected)
        return
    used: set[str] = set()
    for name in setters:
        matching = [each for each in fragments if _may_be(view, name, each.type_condition or "")]
        if not matching:
            yield f"has no fragment for {name}, which sets the context"
        for fragment in matching:
            used.add(fragment.type_condition or "")
            yield from _value_faults(view, fragment.type_condition or "", fragment.selections, expected)
    for fragment in fragments:
        condition = view.types.get(fragment.type_condition or "")
        if condition is not None and condition.kind is not TypeKind.OBJECT:
            yield f"has a fragment on {fragment.type_condition}, which is no object type"
        if fragment.type_condition not in used:
            yield f"has a fragment on {fragment.type_condition}, which never sets the context"


def _format_faults(selections: SelectionSet, *, nested: bool = False) -> Iterator[str]:
    """One field; on the highest level, fragments instead."""
    fields = [selection for selection in selections if isinstance(selection, Field)]
    fragments = [selection for selection in selections if isinstance(selection, InlineFragment)]
    if any(selection.directives for selection in selections):
        yield "must not apply directives"
    if any(field.alias for field in fields):
        yield "must not use aliases"
    if len(fields) > 1 or (fields and fragments) or (nested and fragments):
        yield "must come to exactly one field"
    for field in fields:
        if field.selections:
            yield from _format_faults(field.selections, nested=True)
    for fragment in fragments:
        if fragment.type_condition is None:
            yield "must name a type in each fragment"
        yield from _format_faults(fragment.selections, nested=True)


def _may_be(view: SubgraphView, location: str, condition: str) -> bool:
    """Whether objects that the type ``location`` stands for may be of the object type ``condition``."""
    at, on = view.types[location], view.types.get(condition)
    if on is None or on.kind is not TypeKind.OBJECT:
        return False
    return location == condition or condition in at.members or location in on.interfaces


def _value_faults(view: SubgraphView, type_name: str, selections: SelectionSet, expected: TypeNode) -> Iterator[str]:
    found = _type_of(view, type_name, selections)
    if isinstance(found, str):
        yield found
        return
    if not _accepts(expected, found):
        yield f"selects a {type_text(found)} from {type_name}, which the argument of type {type_text(expected)} refuses"


def _type_of(view: SubgraphView, type_name: str, selections: SelectionSet) -> TypeNode | str:
    """The type of the one value selected, nullable on the outside; or why there is none."""
    selection = selections[0]
    assert isinstance(selection, Field)
    if selection.name == "__typename":
        return NamedTypeNode(name=NameNode(value="String"))
    element = view.types.get(type_name)
    field = element.fields.get(selection.name) if element is not None else None
    if field is None:
        return f"selects {type_name}.{selection.name}, which does not exist"
    outer = field.type.type if isinstance(field.type, NonNullTypeNode) else field.type
    target = base_type_name(outer)
    composite = target in view.types and view.types[target].kind in COMPOSITE
    if composite != bool(selection.selections):
        want = "needs a selection of one of its fields" if composite else "has no fields to select"
        return f"selects {type_name}.{selection.name} of type {target}, which {want}"
    if not selection.selections:
        return outer
    inner = _type_of(view, target, selection.selections)
    return inner if isinstance(inner, str) else _wrapped(outer, inner)


def _wrapped(outer: TypeNode, inner: TypeNode) -> TypeNode:
    """``inner`` inside the lists of ``outer``."""
    if isinstance(outer, NonNullTypeNode):
        return _wrapped(outer.type, inner)
    if isinstance(outer, ListTypeNode):
        return ListTypeNode(type=_wrapped(outer.type, inner))
    return inner


def _accepts(expected: TypeNode, found: TypeNode) -> bool:
    """Whether a value of type ``found`` may be given for ``expected``."""
    if isinstance(expected, NonNullTypeNode):
        return isinstance(found, NonNullTypeNode) and _accepts(expected.type, found.type)
    if isinstance(found, NonNullTypeNode):
        return _accepts(expected, found.type)
    if isinstance(expected, ListTypeNode):
        return isinstance(found, ListTypeNode) and _accepts(expected.type, found.type)
    return isinstance(found, NamedTypeNode) and type_text(expected) == type_text(found)
