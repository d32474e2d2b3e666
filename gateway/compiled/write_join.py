"""Writes how several fetches fill one object: each later one's part is joined to what the first has made.

The first step that brings an object makes it; what a later one brings of it decodes into a struct of its own and is
moved over member by member. Which of them arrives first is left open: a part that is early waits for its object. What
does not fit (one of them null, lists of different lengths, values that differ) is the general path's to decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gateway.compiled.layout import ObjectLayout, Slot, StepId
from gateway.compiled.schema_view import ValueType
from gateway.compiled.source import Source
from gateway.compiled.steps import LaidPlan


@dataclass(frozen=True, slots=True)
class Join:
    """``slot`` of ``owner`` holds objects that ``step`` brings a part of, though another step makes them."""

    owner: ObjectLayout
    slot: Slot
    step: StepId

    @property
    def function(self) -> str:
        """Name of the method that joins."""
        return join_name(self.slot, self.step)


def is_joined(slot: Slot, step: StepId) -> bool:
    """Whether what ``step`` brings in ``slot`` are parts of objects that another step makes."""
    return slot.child is not None and slot.steps[0] != step


def has_joins(slot: Slot) -> bool:
    """Whether several steps bring the objects in ``slot``."""
    return slot.child is not None and len(slot.steps) > 1


def part_class(step: StepId, layout: ObjectLayout) -> str:
    """Name of the class that a part of an object of ``layout`` decodes into."""
    return f"Part_{step}_{layout.class_name}"


def join_name(slot: Slot, step: StepId) -> str:
    """Name of the method ``(self, o, v)``: joins ``v``, brought by ``step``, to what ``slot`` of ``o`` holds."""
    assert slot.child is not None
    return f"join_{slot.child.number}_{step}"


def early_parts(slot: Slot) -> str:
    """The attribute that lists what waits for its object: owner, method and part."""
    assert slot.child is not None
    return f"early_{slot.child.number}"


def joins(plan: LaidPlan) -> Iterator[Join]:
    """All of the plan."""
    for layout in plan.layout.objects():
        for slot in layout.slots.values():
            if has_joins(slot):
                yield from (Join(layout, slot, step) for step in slot.steps[1:])


def write_joins(plan: LaidPlan, source: Source) -> None:
    """The methods, and one that joins what was early."""
    found = list(joins(plan))
    for join in found:
        source.start_function()
        with source.block(f"def {join.function}(self, o, v)"):
            target = source.name()
            source.line(f"{target} = o.{join.slot.name}")
            with source.block(f"if {target} is UNSET"):
                source.line(f"self.{early_parts(join.slot)}.append((o, self.{join.function}, v))")
                source.line("return")
            assert join.slot.type is not None
            _write_value(join, join.slot.type, target, "v", source)
        source.line()
    if found:
        with source.block("def join_early(self, early)"):
            source.line("waiting = early[:]")
            source.line("early.clear()")
            source.line("for o, join, v in waiting: join(o, v)")
        source.line()


def write_join_early(slot: Slot, source: Source) -> None:
    """Join what came before the objects in ``slot``, which are there now."""
    source.line(f"if self.{early_parts(slot)}: self.join_early(self.{early_parts(slot)})")


def write_assignment(target: str, slot: Slot, step: StepId, source: Source, value: str = "p") -> None:
    """Move what ``step`` brought, ``value``'s member, into ``slot`` of ``target``."""
    if is_joined(slot, step):
        source.line(f"self.{join_name(slot, step)}({target}, {value}.{slot.name})")
    elif len(slot.steps) == 1 or slot.child is not None:
        source.line(f"{target}.{slot.name} = {value}.{slot.name}")
    else:
        # Several fetches bring the value: where they disagree, the general path decides.
        with source.block(f"if {target}.{slot.name} is UNSET"):
            source.line(f"{target}.{slot.name} = {value}.{slot.name}")
        with source.block(f"elif {target}.{slot.name} != {value}.{slot.name}"):
            source.line("raise HandOver")


def _write_value(join: Join, type_: ValueType, target: str, value: str, source: Source) -> None:
    if not type_.nullable:
        _write_present(join, type_, target, value, source)
        return
    with source.block(f"if {target} is None or {value} is None"):
        source.line(f"if {target} is not {value}: raise HandOver")
    with source.block("else"):
        _write_present(join, type_, target, value, source)


def _write_present(join: Join, type_: ValueType, target: str, value: str, source: Source) -> None:
    if type_.item is not None:
        source.line(f"if len({target}) != len({value}): raise HandOver")
        one, other = source.name(), source.name()
        with source.block(f"for {one}, {other} in zip({target}, {value})"):
            _write_value(join, type_.item, one, other, source)
        return
    assert join.slot.child is not None
    (layout,) = join.slot.child.layouts
    brought = layout.brought_by(join.step)
    for slot in brought:
        write_assignment(target, slot, join.step, source, value)
    for slot in brought:
        if has_joins(slot) and not is_joined(slot, join.step):
            write_join_early(slot, source)
