"""Writes the loops that walk over what a fetch has brought.

Texts of repeating objects are decoded, each distinct one once; the objects that are needed again are collected.
"""

from __future__ import annotations

from dataclasses import dataclass

from gateway.compiled.layout import Layout, ObjectLayout, Position, Slot, StepId
from gateway.compiled.schema_view import ValueType
from gateway.compiled.source import Source

# Short texts are looked up whole; of long ones a piece of both ends, before all of it is compared.
LONG_TEXT_BYTES = 256
END_BYTES = 96


def collection(position: Position) -> str:
    """The attribute that lists the objects at ``position``."""
    return f"at_{position.number}"


def owners(position: Position) -> str:
    """The attribute that lists the objects that hold those at the repeating ``position``."""
    return f"owners_{position.number}"


@dataclass(frozen=True, slots=True)
class Visits:
    """``collected`` are the numbers of the positions whose objects are needed again."""

    layout: Layout
    collected: frozenset[int]

    def write_start(self, step: StepId, source: Source) -> None:
        """What the loops use: the collections that they add to, and the texts seen."""
        for position in self._positions_of(step):
            source.line(f"{collection(position)} = self.{collection(position)}")
            if position.repeating:
                source.line(f"{owners(position)} = self.{owners(position)}")
                source.line(f"seen_{position.number} = {{}}")

    def any_of(self, step: StepId) -> bool:
        """Whether there is anything to visit in what ``step`` brings: objects that it makes."""
        return bool(self._positions_of(step))

    def write(self, step: StepId, layout: ObjectLayout, variable: str, source: Source) -> None:
        """Visit what ``step`` brought below the object ``variable``."""
        for slot in layout.brought_by(step):
            if slot.child is None or slot.type is None:
                continue
            if slot.child.repeating:
                self._repeating(layout, slot, variable, step, source)
            elif self._is_visited(slot.child, step):
                self._value(slot.type, f"{variable}.{slot.name}", slot.child, step, source)

    def _positions_of(self, step: StepId) -> list[Position]:
        return [
            each
            for each in self.layout.positions
            if each.creator == step and (each.repeating or each.number in self.collected)
        ]

    def _is_visited(self, position: Position, step: StepId) -> bool:
        return (
            position.repeating
            or (position.creator == step and position.number in self.collected)
            or self._goes_deeper(position, step)
        )

    def _goes_deeper(self, position: Position, step: StepId) -> bool:
        return any(
            slot.child is not None and step in slot.steps and self._is_visited(slot.child, step)
            for layout in position.layouts
            for slot in layout.slots.values()
        )

    def _repeating(self, layout: ObjectLayout, slot: Slot, variable: str, step: StepId, source: Source) -> None:
        """Put the object that the text stands for in its place, decoding the text if it has not been met."""
        position = slot.child
        assert position is not None
        place, seen = f"{variable}.{slot.name}", f"seen_{position.number}"
        text, key, known, value = (source.name() for _ in range(4))
        source.line(f"{text} = bytes({place})")
        source.line(
            f"{key} = {text} if len({text}) < {LONG_TEXT_BYTES} else {text}[:{END_BYTES}] + {text}[-{END_BYTES}:]"
        )
        source.line(f"{known} = {seen}.get({key})")
        with source.block(f"if {known} is None or {known}[0] != {text}"):
            source.line(f"{value} = decode_{position.number}({text})")
            source.line(f"{known} = {seen}[{key}] = ({text}, {value})")
            with source.block(f"if {value} is not None"):
                source.line(f"{collection(position)}.append({value})")
                self._below(value, position, step, source)
        source.line(f"{place} = {known}[1]")
        if is_written_once(position, layout):
            source.line(f"{owners(position)}.append({variable})")

    def _value(self, type_: ValueType, value: str, position: Position, step: StepId, source: Source) -> None:
        if type_.nullable:
            variable = source.name()
            source.line(f"{variable} = {value}")
            with source.block(f"if {variable} is not None"):
                self._present(type_, variable, position, step, source)
        else:
            self._present(type_, value, position, step, source)

    def _present(self, type_: ValueType, value: str, position: Position, step: StepId, source: Source) -> None:
        item = type_.item
        if item is None:
            self._object(value, position, step, source)
        elif item.item is None and not item.nullable and not self._goes_deeper(position, step):
            source.line(f"{collection(position)} += {value}")
        else:
            variable = source.name()
            with source.block(f"for {variable} in {value}"):
                if item.nullable:
                    source.line(f"if {variable} is None: continue")
                self._present(item, variable, position, step, source)

    def _object(self, value: str, position: Position, step: StepId, source: Source) -> None:
        if not value.isidentifier():
            variable = source.name()
            source.line(f"{variable} = {value}")
            value = variable
        if position.creator == step and position.number in self.collected:
            source.line(f"{collection(position)}.append({value})")
        self._below(value, position, step, source)

    def _below(self, value: str, position: Position, step: StepId, source: Source) -> None:
        if not position.dispatched:
            self.write(step, position.layouts[0], value, source)
            return
        for layout in position.layouts:
            brought = layout.brought_by(step)
            if any(slot.child is not None and self._is_visited(slot.child, step) for slot in brought):
                with source.block(f"if type({value}) is {layout.class_name}"):
                    self.write(step, layout, value, source)


def is_written_once(position: Position, owner: ObjectLayout) -> bool:
    """Whether the repeating objects at ``position``, held by those of ``owner``, can be written from one text.

    What a fetch brings at its first level is moved into other objects, which hold it from then on. What clients do
    not see is not written at all.
    """
    return owner.position.creator == position.creator and owner.position.visible and position.visible
