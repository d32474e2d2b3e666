"""Writes the struct classes: those that the answer is made of, those that fetches bring, and representations."""

from __future__ import annotations

from collections.abc import Iterable

from gateway.compiled.layout import ObjectLayout, Slot, StepId
from gateway.compiled.representation import Part
from gateway.compiled.schema_view import TYPENAME, SchemaView, ValueType
from gateway.compiled.source import Source
from gateway.compiled.steps import LaidPart, LaidPlan
from gateway.compiled.write_join import is_joined, part_class

# Stands for the type name in a class whose tag is the type name: no response key can be empty.
_NO_KEY = ""


def write_structs(plan: LaidPlan, source: Source) -> None:
    """All classes, each after those that it mentions."""
    for layout in plan.layout.objects():
        if layout is not plan.root:
            _write_object(layout, plan.schema, source)
    for layout in plan.layout.objects():
        for slot in layout.slots.values():
            if slot.child is not None and slot.child.repeating:
                source.line(f"decode_{slot.child.number} = Decoder({decoded_annotation(slot, plan.schema)}).decode")
    source.line()
    _write_root(plan.root, source)
    for request in plan.requests:
        for part in request.parts:
            _write_brought_of(part, plan, source)
            for number, parts in {each.number: each.parts for each in part.representations}.items():
                _write_representation(f"Representation_{number}", parts, source)


def _write_brought_of(part: LaidPart, plan: LaidPlan, source: Source) -> None:
    """Steps whose results are alike share a class; what has objects in it is of its own position."""
    alike: dict[tuple[str, ...], str] = {}
    for step in part.steps:
        for layout in plan.brought_layouts(step):
            _write_parts(step.id, layout, plan.schema, source)
            name, members = brought_class(step.id, layout), _brought_members(step.id, layout, plan.schema)
            has_objects = any(slot.child is not None for slot in layout.brought_by(step.id))
            written = name if has_objects else alike.setdefault((layout.type_name, *members), name)
            if written == name:
                _write_brought(name, members, source)
            else:
                source.line(f"{name} = {written}")
                source.line()


def answers_tagged(layout: ObjectLayout) -> bool:
    """Whether clients see ``__typename`` first: the tag of the struct writes it."""
    first = next(iter(layout.slots.values()), None)
    return first is not None and first.key == TYPENAME and first.visible and layout.position.dispatched


def is_retyped(layout: ObjectLayout) -> bool:
    """Whether objects lose their tag when the answer is finished."""
    return layout.position.dispatched and layout.position.visible and not answers_tagged(layout)


def brought_class(step: StepId, layout: ObjectLayout) -> str:
    """Name of the class that one result of ``step`` decodes into."""
    return f"Brought_{step}_{layout.type_name}"


def annotation(slot: Slot, schema: SchemaView) -> str:
    """The annotation of a slot's value as its first step brings it."""
    if slot.child is not None and slot.child.repeating:
        return "Raw"
    return decoded_annotation(slot, schema)


def decoded_annotation(slot: Slot, schema: SchemaView) -> str:
    """The annotation of a slot's value when nothing of it is left as text."""
    if slot.constant is not None:
        return f"Literal[{slot.constant!r}]"
    if slot.type is None:
        return f"Literal[{', '.join(repr(name) for name in slot.one_of)}]"
    return _annotation(slot.type, _innermost(slot, schema))


def _brought_annotation(slot: Slot, step: StepId, schema: SchemaView) -> str:
    """The annotation of a slot's value as ``step`` brings it."""
    if slot.child is None or slot.type is None or not is_joined(slot, step):
        return annotation(slot, schema)
    (layout,) = slot.child.layouts
    return _annotation(slot.type, part_class(step, layout))


def _innermost(slot: Slot, schema: SchemaView) -> str:
    if slot.child is None:
        assert slot.type is not None
        return schema.leaf_annotation(slot.type.innermost.named, visible=slot.visible)
    names = [layout.class_name for layout in slot.child.layouts]
    # A single tagged class would decode objects without a tag, too; a union does not.
    return " | ".join([*names, "NoType"] if slot.child.dispatched and len(names) == 1 else names)


def _annotation(type_: ValueType, innermost: str) -> str:
    text = innermost if type_.item is None else f"list[{_annotation(type_.item, innermost)}]"
    return f"{text} | None" if type_.nullable else text


def _write_object(layout: ObjectLayout, schema: SchemaView, source: Source) -> None:
    slots = list(layout.slots.values())
    if not layout.position.dispatched:
        names = {slot.name: slot.key for slot in slots}
        _write_class(f"{layout.class_name}(Struct", slots, names, layout, schema=schema, source=source)
        return
    if answers_tagged(layout):
        slots = slots[1:]
    names = {slot.name: _NO_KEY if slot.key == TYPENAME else slot.key for slot in slots}
    head = f"{layout.class_name}(Struct, tag_field={TYPENAME!r}, tag={layout.type_name!r}"
    _write_class(head, slots, names, layout, schema=schema, source=source)
    if is_retyped(layout):
        names = {slot.name: slot.key for slot in slots}
        _write_class(f"{layout.class_name}_answer(Struct", slots, names, layout, schema=schema, source=source)


def _write_class(
    head: str, slots: Iterable[Slot], names: dict[str, str], layout: ObjectLayout, *, schema: SchemaView, source: Source
) -> None:
    with source.block(f"class {head}, kw_only=True, gc=False{_rename(names)})"):
        for slot in slots:
            text = annotation(slot, schema)
            if slot.constant is not None:
                default = "" if _reports_type(layout, slot) else f" = {slot.constant!r}"
                source.line(f"{slot.name}: {text}{default}")
            elif layout.position.creator in slot.steps:
                source.line(f"{slot.name}: {text}")
            else:
                source.line(f"{slot.name}: {text} | UnsetType = UNSET")
    source.line()


def _reports_type(layout: ObjectLayout, slot: Slot) -> bool:
    """Whether the type name was asked for, so that its absence is unusual; in a tagged class the tag sees to it."""
    creator = layout.position.creator
    return not layout.position.dispatched and any(
        delivery.step == creator for delivery in layout.deliveries.get(slot.key, ())
    )


def _write_root(root: ObjectLayout, source: Source) -> None:
    """Nothing decodes into the root: values are moved into it."""
    names = {slot.name: slot.key for slot in root.slots.values()}
    with source.block(f"class {root.class_name}(Struct, kw_only=True, gc=False{_rename(names)})"):
        for slot in root.slots.values():
            source.line(f"{slot.name}: Any = {'UNSET' if slot.constant is None else repr(slot.constant)}")
    source.line()


def _write_parts(step: StepId, layout: ObjectLayout, schema: SchemaView, source: Source) -> None:
    """Classes for what ``step`` brings of objects below ``layout`` that another step makes."""
    for slot in layout.brought_by(step):
        if slot.child is not None and is_joined(slot, step):
            for child in slot.child.layouts:
                _write_parts(step, child, schema, source)
                _write_brought(part_class(step, child), _brought_members(step, child, schema), source)


def _brought_members(step: StepId, layout: ObjectLayout, schema: SchemaView) -> list[str]:
    """What follows the class's name, then a line for each member."""
    slots = [slot for slot in layout.brought_by(step) if slot.key != TYPENAME]
    names = {slot.name: slot.key for slot in slots}
    members = [f"{slot.name}: {_brought_annotation(slot, step, schema)}" for slot in slots]
    if any(delivery.step == step for delivery in layout.deliveries.get(TYPENAME, ())):
        names["_type"] = TYPENAME
        members.append(f"_type: Literal[{layout.type_name!r}] | UnsetType = UNSET")
    return [f"(Struct, kw_only=True, gc=False{_rename(names)})", *members]


def _write_brought(name: str, members: list[str], source: Source) -> None:
    with source.block(f"class {name}{members[0]}"):
        for member in members[1:]:
            source.line(member)
    source.line()


def _write_representation(name: str, parts: tuple[Part, ...], source: Source) -> None:
    for part in parts:
        if part.parts:
            _write_representation(f"{name}_{part.key}", part.parts, source)
    names = {f"m{index}": part.key for index, part in enumerate(parts)}
    with source.block(f"class {name}(Struct, gc=False{_rename(names)})"):
        for member in names:
            source.line(f"{member}: Any")
    source.line()


def _rename(names: dict[str, str]) -> str:
    changed = {name: key for name, key in names.items() if name != key}
    return f", rename={changed!r}" if changed else ""
