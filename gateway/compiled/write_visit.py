"""Writes the loops that walk over what a fetch has brought, and collect the objects that are needed again."""

from __future__ import annotations

from gateway.compiled.layout import Layout, ObjectLayout, Position, StepId
from gateway.compiled.schema_view import ValueType
from gateway.compiled.source import Source


def collection(position: Position) -> str:
    """The attribute that lists the objects at ``position``."""
    return f"at_{position.number}"


def write_visit(step: StepId, layout: ObjectLayout, variable: str, collected: frozenset[int], source: Source) -> None:
    """Visit what ``step`` brought below the object ``variable``; ``collected`` are numbers of positions."""
    for slot in layout.brought_by(step):
        if slot.child is not None and slot.type is not None and _is_visited(slot.child, collected):
            _visit_value(slot.type, f"{variable}.{slot.name}", slot.child, collected, source)


def _is_visited(position: Position, collected: frozenset[int]) -> bool:
    return position.number in collected or any(
        slot.child is not None and position.creator in slot.steps and _is_visited(slot.child, collected)
        for layout in position.layouts
        for slot in layout.slots.values()
    )


def _visit_value(type_: ValueType, value: str, position: Position, collected: frozenset[int], source: Source) -> None:
    if type_.nullable:
        variable = source.name()
        source.line(f"{variable} = {value}")
        with source.block(f"if {variable} is not None"):
            _visit_present(type_, variable, position, collected, source)
    else:
        _visit_present(type_, value, position, collected, source)


def _visit_present(type_: ValueType, value: str, position: Position, collected: frozenset[int], source: Source) -> None:
    if type_.item is None:
        _visit_object(value, position, collected, source)
        return
    item = type_.item
    if item.item is None and not item.nullable and not _goes_deeper(position, collected):
        source.line(f"{collection(position)} += {value}")
        return
    variable = source.name()
    with source.block(f"for {variable} in {value}"):
        if item.nullable:
            source.line(f"if {variable} is None: continue")
        _visit_present(item, variable, position, collected, source)


def _visit_object(value: str, position: Position, collected: frozenset[int], source: Source) -> None:
    if not value.isidentifier():
        variable = source.name()
        source.line(f"{variable} = {value}")
        value = variable
    if position.number in collected:
        source.line(f"{collection(position)}.append({value})")
    assert position.creator is not None
    if not position.dispatched:
        write_visit(position.creator, position.layouts[0], value, collected, source)
        return
    for layout in position.layouts:
        if any(slot.child is not None and _is_visited(slot.child, collected) for slot in layout.slots.values()):
            with source.block(f"if type({value}) is {layout.class_name}"):
                write_visit(position.creator, layout, value, collected, source)


def _goes_deeper(position: Position, collected: frozenset[int]) -> bool:
    return any(
        slot.child is not None and position.creator in slot.steps and _is_visited(slot.child, collected)
        for layout in position.layouts
        for slot in layout.slots.values()
    )


def collections_of(step: StepId, layout: Layout, collected: frozenset[int]) -> list[str]:
    """The collections that visiting what ``step`` brought adds to."""
    return [collection(each) for each in layout.positions if each.creator == step and each.number in collected]
