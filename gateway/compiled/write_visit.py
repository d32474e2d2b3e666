"""Writes the loops that walk over what a fetch has brought, and collect the objects that are needed again.

On the way equal objects become one. Where all that a fetch brings of an object are a few scalars (a key, as a rule),
objects with equal scalars will be equal to the end: they are asked for once, filled once, and written many times.
"""

from __future__ import annotations

from dataclasses import dataclass

from gateway.compiled.layout import Layout, ObjectLayout, Position, Slot, StepId
from gateway.compiled.representation import is_hashable_value
from gateway.compiled.schema_view import SchemaView, ValueType
from gateway.compiled.source import Source


def collection(position: Position) -> str:
    """The attribute that lists the objects at ``position``."""
    return f"at_{position.number}"


@dataclass(frozen=True, slots=True)
class Visits:
    """``collected`` are the numbers of the positions whose objects are needed again."""

    schema: SchemaView
    layout: Layout
    collected: frozenset[int]

    def write_start(self, step: StepId, source: Source) -> None:
        """What the loops use: the collections that they add to, and the objects seen."""
        for position in self._collected_of(step):
            source.line(f"{collection(position)} = self.{collection(position)}")
            if self._distinguishing(position):
                source.line(f"seen_{position.number} = {{}}")

    def any_of(self, step: StepId) -> bool:
        """Whether there is anything to collect in what ``step`` brings."""
        return bool(self._collected_of(step))

    def write(self, step: StepId, layout: ObjectLayout, variable: str, source: Source) -> None:
        """Visit what ``step`` brought below the object ``variable``."""
        for slot in layout.brought_by(step):
            if slot.child is not None and slot.type is not None and self._is_visited(slot.child):
                self._value(slot.type, f"{variable}.{slot.name}", slot.child, source)

    def _collected_of(self, step: StepId) -> list[Position]:
        return [each for each in self.layout.positions if each.creator == step and each.number in self.collected]

    def _is_visited(self, position: Position) -> bool:
        return position.number in self.collected or self._goes_deeper(position)

    def _goes_deeper(self, position: Position) -> bool:
        return any(
            slot.child is not None and position.creator in slot.steps and self._is_visited(slot.child)
            for layout in position.layouts
            for slot in layout.slots.values()
        )

    def _value(self, type_: ValueType, place: str, position: Position, source: Source) -> None:
        value = source.name()
        source.line(f"{value} = {place}")
        if type_.nullable:
            with source.block(f"if {value} is not None"):
                self._present(type_, value, place, position, source)
        else:
            self._present(type_, value, place, position, source)

    def _present(self, type_: ValueType, value: str, place: str, position: Position, source: Source) -> None:
        item = type_.item
        if item is None:
            self._object(value, place, position, source)
            return
        distinct = bool(self._distinguishing(position)) and position.number in self.collected
        if item.item is None and not item.nullable and not distinct and not self._goes_deeper(position):
            source.line(f"{collection(position)} += {value}")
            return
        variable = source.name()
        if distinct and item.item is None:
            index = source.name()
            head, inner_place = f"for {index}, {variable} in enumerate({value})", f"{value}[{index}]"
        else:
            head, inner_place = f"for {variable} in {value}", variable
        with source.block(head):
            if item.nullable:
                source.line(f"if {variable} is None: continue")
            self._present(item, variable, inner_place, position, source)

    def _object(self, value: str, place: str, position: Position, source: Source) -> None:
        if position.number in self.collected:
            self._collect(value, place, position, source)
        assert position.creator is not None
        if not position.dispatched:
            self.write(position.creator, position.layouts[0], value, source)
            return
        for layout in position.layouts:
            brought = layout.brought_by(position.creator)
            if any(slot.child is not None and self._is_visited(slot.child) for slot in brought):
                with source.block(f"if type({value}) is {layout.class_name}"):
                    self.write(position.creator, layout, value, source)

    def _collect(self, value: str, place: str, position: Position, source: Source) -> None:
        slots = self._distinguishing(position)
        if not slots:
            source.line(f"{collection(position)}.append({value})")
            return
        members = [f"{value}.{slot.name}" for slot in slots]
        seen, key, known = f"seen_{position.number}", source.name(), source.name()
        source.line(f"{key} = {members[0]}" if len(members) == 1 else f"{key} = ({', '.join(members)})")
        source.line(f"{known} = {seen}.get({key})")
        with source.block(f"if {known} is None"):
            source.line(f"{seen}[{key}] = {value}")
            source.line(f"{collection(position)}.append({value})")
        with source.block("else"):
            source.line(f"{place} = {known}")

    def _distinguishing(self, position: Position) -> list[Slot]:
        """The scalars that tell the objects at ``position`` apart; empty when more than scalars are brought."""
        if position.dispatched or position.creator is None:
            return []
        slots = [slot for slot in position.layouts[0].brought_by(position.creator) if slot.constant is None]
        # 1 and 1.0 are equal, and are not written alike.
        plain = all(is_hashable_value(slot, self.schema) and slot.type.named != "Float" for slot in slots if slot.type)
        return slots if plain and all(slot.type is not None for slot in slots) else []
