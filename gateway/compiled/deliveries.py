"""Says which fetch brings which value, and adds what nobody sees: keys, required fields and type names.

Steps are taken in the order of the schedule. What a fetch selects is noted first; a hidden slot is made only when a
later fetch reads it, so that values of no use are never decoded.
"""

from __future__ import annotations

from dataclasses import dataclass

from gateway.compiled.build_layout import LayoutBuilder
from gateway.compiled.layout import Delivery, ObjectLayout, Position, Slot, StepId
from gateway.compiled.refusal import NotCompilable
from gateway.compiled.schema_view import TYPENAME, depends_on_type
from gateway.query_plan import EachItem, Key, OnTypes, ResponsePath
from gateway.selection_set import SelectionSet


@dataclass(slots=True)
class Deliveries:
    """Adds deliveries and hidden slots to a layout.

    ``merged`` are the steps whose results are there when the step that is being laid begins.
    """

    builder: LayoutBuilder
    merged: frozenset[StepId] = frozenset()

    def deliver(self, layout: ObjectLayout, selections: tuple[SelectionSet, ...], step: StepId) -> None:
        """``step`` brings ``selections`` of the objects of ``layout``."""
        schema, conditions = self.builder.schema, self.builder.conditions
        for key, fields in schema.collect(layout.type_name, selections, conditions).items():
            below = tuple(each.selections for each in fields if each.selections is not None)
            delivery = Delivery(step, fields[0].name, below)
            layout.deliveries.setdefault(key, []).append(delivery)
            slot = layout.slots.get(key)
            if slot is not None:
                self._attach(slot, delivery)
            elif key == TYPENAME and schema.is_abstract(layout.type_name):
                # The answer does not depend on the type here, but objects of types unknown to clients are null.
                slot = layout.add(key, TYPENAME, visible=False, type_=None)
                slot.one_of = (*schema.possible_types(layout.type_name), layout.type_name)
                self._attach(slot, delivery)

    def need(self, layout: ObjectLayout, key: str, selections: SelectionSet | None) -> Slot:
        """The slot that a later fetch reads, made if clients do not see it; ``selections`` is what is read inside."""
        slot = layout.slots.get(key) or self._add_hidden(layout, key)
        if selections is not None:
            if slot.child is None:
                raise NotCompilable(f"{key} is read as an object and is a leaf")
            self._check_made(slot.child)
            for child in slot.child.layouts:
                self._need_inside(child, selections)
        return slot

    def find(self, root: ObjectLayout, path: ResponsePath) -> list[ObjectLayout]:
        """The layouts of the objects at ``path``; types that have no such path are left out."""
        layouts = [root]
        for element in path:
            match element:
                case Key(name):
                    slots = [self.need(layout, name, None) for layout in layouts if name in layout.deliveries]
                    layouts = [child for slot in slots for child in _child(slot).layouts]
                case OnTypes(types):
                    layouts = [layout for layout in layouts if layout.type_name in types]
                case EachItem():
                    continue
        for layout in layouts:
            self._check_made(layout.position)
        return layouts

    def _check_made(self, position: Position) -> None:
        if position.creator not in self.merged:
            raise NotCompilable("a part is read that may come before its object")

    def _need_inside(self, layout: ObjectLayout, selections: SelectionSet) -> None:
        if layout.position.dispatched or (
            self.builder.schema.is_abstract(layout.type_name) and depends_on_type((selections,), layout.type_name)
        ):
            raise NotCompilable("a representation holds objects of an abstract type")
        collected = self.builder.schema.collect(layout.type_name, (selections,), self.builder.conditions)
        for key, fields in collected.items():
            for each in fields:
                self.need(layout, key, each.selections)

    def _add_hidden(self, layout: ObjectLayout, key: str) -> Slot:
        deliveries = layout.deliveries.get(key)
        if not deliveries:
            raise NotCompilable(f"no earlier fetch brings {layout.type_name}.{key}")
        name = deliveries[0].field_name
        if name == TYPENAME:
            slot = layout.add(key, TYPENAME, visible=False, type_=None)
            slot.constant = layout.type_name
        else:
            schema = self.builder.schema
            type_ = schema.field_type(layout.type_name, name, visible=False)
            slot = layout.add(key, name, visible=False, type_=type_)
            if not schema.is_leaf(type_.innermost.named):
                path = (*layout.position.path, key)
                slot.child = self.builder.child(path, type_.innermost.named, (), visible=False)
        for delivery in deliveries:
            self._attach(slot, delivery)
        return slot

    def _attach(self, slot: Slot, delivery: Delivery) -> None:
        if slot.field_name != delivery.field_name:
            raise NotCompilable(f"the plan and the operation mean different fields by {slot.key}")
        if slot.constant is not None:
            return
        if slot.child is not None:
            if slot.steps and slot.child.dispatched:
                # Which type's part it is would have to be compared while merging; the general path does.
                raise NotCompilable(f"several fetches bring parts of {slot.key}, whose type varies")
            self._deliver_inside(slot.child, delivery)
        slot.steps.append(delivery.step)

    def _deliver_inside(self, position: Position, delivery: Delivery) -> None:
        if position.creator is None:
            position.creator = delivery.step
        for child in position.layouts:
            self.deliver(child, delivery.selections, delivery.step)
            if position.dispatched and TYPENAME not in child.deliveries:
                raise NotCompilable("objects of an abstract type come without their type")


def _child(slot: Slot) -> Position:
    if slot.child is None:
        raise NotCompilable(f"the plan's path goes through the leaf {slot.key}")
    return slot.child
