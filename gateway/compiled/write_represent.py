"""Writes how a fetch reads its objects: one representation for each distinct entity, and whose answer is whose."""

from __future__ import annotations

from collections.abc import Iterator

from gateway.compiled.layout import ObjectLayout, Position, Slot
from gateway.compiled.representation import Part, Representation, is_hashable
from gateway.compiled.schema_view import SchemaView, ValueType
from gateway.compiled.source import Source
from gateway.compiled.steps import LaidPart, LaidPlan, LaidStep
from gateway.compiled.write_join import is_joined
from gateway.compiled.write_visit import collection


def slots_read(plan: LaidPlan) -> frozenset[int]:
    """Identities of all slots that representations read."""
    return frozenset(
        id(slot)
        for step in plan.steps
        for representation in step.representations
        for slot in _slots(representation.parts)
    )


def _slots(parts: tuple[Part, ...]) -> Iterator[Slot]:
    for part in parts:
        if part.slot is not None:
            yield part.slot
        yield from _slots(part.parts)


def write_represent(step: LaidStep, part: LaidPart, plan: LaidPlan, read: frozenset[int], source: Source) -> None:
    """``represent_<step>(self, index, representations)`` adds those that are not there yet.

    ``index`` knows where each of them is; the steps of a part share both.
    """
    source.start_function()
    several = len({each.number for each in part.representations}) > 1
    with source.block(f"def represent_{step.id}(self, index, representations)"):
        source.line("objects, where = [], []")
        for position in _positions(step):
            with source.block(f"for o in self.{collection(position)}"):
                mine = [each for each in step.representations if each.layout.position is position]
                for number, representation in enumerate(mine):
                    _write_one(representation, number, step, several=several, plan=plan, read=read, source=source)
                if position.dispatched:
                    with source.block("else"):
                        source.line("continue")
                source.line("objects.append(o)")
                source.line("where.append(i)")
        source.line(f"self.objects_{step.id}, self.where_{step.id} = objects, where")
    source.line()


def write_absent(step: LaidStep, layout: ObjectLayout, read: frozenset[int], source: Source) -> None:
    """What becomes of the object ``o`` when the fetch has nothing for it: nulls where they may stand."""
    brought = layout.brought_by(step.id)
    slots = [slot for slot in brought if slot.steps[0] == step.id and slot.constant is None]
    if any(is_joined(slot, step.id) for slot in brought):
        # An object of another step would lack its part.
        source.line("raise HandOver")
        return
    if any(id(slot) in read or (slot.visible and slot.type is not None and not slot.type.nullable) for slot in slots):
        source.line("raise HandOver")
        return
    for slot in slots:
        source.line(f"o.{slot.name} = None")


def _positions(step: LaidStep) -> list[Position]:
    return list({each.layout.position.number: each.layout.position for each in step.representations}.values())


def _write_one(
    representation: Representation,
    number: int,
    step: LaidStep,
    *,
    several: bool,
    plan: LaidPlan,
    read: frozenset[int],
    source: Source,
) -> None:
    if not representation.layout.position.dispatched:
        _write_lookup(representation, step, several=several, schema=plan.schema, read=read, source=source)
        return
    with source.block(f"{'el' if number else ''}if type(o) is {representation.layout.class_name}"):
        _write_lookup(representation, step, several=several, schema=plan.schema, read=read, source=source)


def _write_lookup(
    representation: Representation,
    step: LaidStep,
    *,
    several: bool,
    schema: SchemaView,
    read: frozenset[int],
    source: Source,
) -> None:
    values = [f"o.{part.slot.name}" for part in representation.values if part.slot is not None]
    made = _construct(f"Representation_{representation.number}", representation.parts, "o")
    if all(is_hashable(part, schema) for part in representation.values):
        members = [*values, *([str(representation.number)] if several else [])]
        source.line(f"key = {members[0]}" if len(members) == 1 else f"key = ({', '.join(members)})")
        blank = " and ".join(f"{value} is None" for value in values)
    else:
        source.line(f"representation = {made}")
        source.line("key = encode(representation)")
        made, blank = "representation", "is_blank(representation)"
    if all(_may_be_blank(part) for part in representation.values):
        with source.block(f"if {blank}"):
            write_absent(step, representation.layout, read, source)
            source.line("continue")
    source.line("i = index.get(key)")
    with source.block("if i is None"):
        source.line("i = index[key] = len(representations)")
        source.line(f"representations.append({made})")


def _may_be_blank(part: Part) -> bool:
    """Whether the value may identify nothing: nulls all the way down."""
    assert part.slot is not None
    type_ = part.slot.type
    if type_ is None:
        return True
    if type_.nullable:
        return True
    inner = [each for each in part.parts if each.slot is not None]
    return type_.item is None and bool(part.parts) and all(_may_be_blank(each) for each in inner)


def _construct(class_name: str, parts: tuple[Part, ...], owner: str) -> str:
    return f"{class_name}({', '.join(_member(class_name, part, owner) for part in parts)})"


def _member(class_name: str, part: Part, owner: str) -> str:
    if part.slot is None:
        return repr(part.constant)
    value = f"{owner}.{part.slot.name}"
    if not part.parts or part.slot.type is None:
        return value
    return _nested(f"{class_name}_{part.key}", part, part.slot.type, value, depth=1)


def _nested(class_name: str, part: Part, type_: ValueType, value: str, depth: int) -> str:
    if type_.item is None:
        text = _construct(class_name, part.parts, value)
    else:
        item = f"n{depth}"
        text = f"[{_nested(class_name, part, type_.item, item, depth + 1)} for {item} in {value}]"
    return f"(None if {value} is None else {text})" if type_.nullable else text
