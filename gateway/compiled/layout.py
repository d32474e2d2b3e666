"""The layout of an answer: which struct stands where, which of its values clients see, and which fetch brings each.

A ``Position`` is a place in the answer where objects stand; at each there is one ``ObjectLayout`` for each runtime
type, or a single one where the type makes no difference. Layouts are filled in two steps: the operation lays out
what clients see (``build_layout.py``); the plan's fetches say who delivers it (``deliveries.py``).
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from gateway.compiled.refusal import NotCompilable
from gateway.compiled.schema_view import ValueType
from gateway.selection_set import SelectionSet

KeyPath: TypeAlias = tuple[str, ...]
"""Response keys from the root."""

StepId: TypeAlias = int
"""Index of a plan's step, in the order of its schedule."""


@dataclass(slots=True)
class Slot:
    """A value of an object: struct attribute ``name``, response key ``key``.

    ``type`` is None for ``__typename``: it is ``constant``, or ``one_of`` several. ``child`` is set for objects.
    ``steps`` bring the value: a later one may bring a leaf again, or another part of an object.
    """

    key: str
    name: str
    field_name: str
    visible: bool
    type: ValueType | None
    constant: str | None = None
    one_of: tuple[str, ...] = ()
    child: Position | None = None
    steps: list[StepId] = field(default_factory=list)


@dataclass(slots=True)
class Delivery:
    """A fetch's selection of one response key, whether or not anybody uses the value."""

    step: StepId
    field_name: str
    selections: tuple[SelectionSet, ...]


@dataclass(slots=True)
class ObjectLayout:
    """The struct for objects of one type at one position; ``slots`` in the order of the answer, hidden ones last."""

    number: int
    type_name: str
    position: Position
    slots: dict[str, Slot] = field(default_factory=dict)
    deliveries: dict[str, list[Delivery]] = field(default_factory=dict)

    @property
    def class_name(self) -> str:
        """Name of the generated struct; no other name of a module begins like this, whatever the type is called."""
        return f"T{self.number}_{self.type_name}"

    def add(self, slot_key: str, field_name: str, *, visible: bool, type_: ValueType | None) -> Slot:
        """A new slot; two response keys never share an attribute."""
        taken = {slot.name for slot in self.slots.values()}
        slot = Slot(slot_key, _attribute(slot_key, taken), field_name, visible, type_)
        self.slots[slot_key] = slot
        return slot

    @property
    def hidden(self) -> list[Slot]:
        """What has to be taken out of the answer."""
        return [slot for slot in self.slots.values() if not slot.visible] if self.position.visible else []

    def brought_by(self, step: StepId) -> list[Slot]:
        """The slots that ``step`` fills."""
        return [slot for slot in self.slots.values() if step in slot.steps]


@dataclass(slots=True)
class Position:
    """``creator`` is the step whose answer the objects come from (others may add to them); None for the root object.

    ``dispatched`` positions hold objects of several types, told apart by ``__typename``. At a position that is not
    ``visible`` stands nothing that clients asked for. Objects at a ``repeating`` position are expected to come again
    and again in one answer (``repeating.py``).
    """

    number: int
    path: KeyPath
    visible: bool
    creator: StepId | None = None
    dispatched: bool = False
    repeating: bool = False
    layouts: list[ObjectLayout] = field(default_factory=list)


@dataclass(slots=True)
class Layout:
    """All positions of one answer."""

    positions: list[Position] = field(default_factory=list)
    _layouts: int = 0

    def position(self, path: KeyPath, *, visible: bool) -> Position:
        """A new position."""
        position = Position(len(self.positions), path, visible)
        self.positions.append(position)
        return position

    def object(self, position: Position, type_name: str) -> ObjectLayout:
        """A new layout at ``position``."""
        self._layouts += 1
        if self._layouts > MAX_LAYOUTS:
            raise NotCompilable("the answer has too many object types and positions")
        layout = ObjectLayout(self._layouts, type_name, position)
        position.layouts.append(layout)
        return layout

    def objects(self) -> Iterator[ObjectLayout]:
        """Every layout, children before their parents."""
        for position in reversed(self.positions):
            yield from position.layouts

    def drop_undelivered(self) -> None:
        """Leave out the types of dispatched positions that no fetch can bring whole.

        Raises ``NotCompilable`` when nobody delivers something that clients asked for.
        """
        for position in reversed(self.positions):
            whole = [layout for layout in position.layouts if _is_whole(layout)]
            if not whole and position.number == 0:
                raise NotCompilable("no fetch delivers all that the operation asks for")
            position.layouts = whole


def _is_whole(layout: ObjectLayout) -> bool:
    return all(
        slot.constant is not None or (slot.steps and (slot.child is None or slot.child.layouts))
        for slot in layout.slots.values()
    )


MAX_LAYOUTS = 256
"""A struct class costs some kilobytes and a tenth of a millisecond: past this the general path is the better deal."""


_USED_IN_CLASSES = re.compile(
    r"T\d+_.*|Annotated|Any|Int32|Literal|NoType|Raw|UNSET|UnsetType|bool|dict|float|int|list|str"
)
"""What the annotations of a class are made of: a member of such a name would stand before it in the same class."""


def _attribute(key: str, taken: set[str]) -> str:
    is_plain = not key.startswith("_") and not keyword.iskeyword(key) and not _USED_IN_CLASSES.fullmatch(key)
    plain = key if is_plain else f"f_{key}"
    # A name without a leading underscore cannot meet a method of msgspec.Struct.
    name, number = plain.replace("__", "_"), 1
    while name in taken:
        number += 1
        name = f"{plain.replace('__', '_')}_{number}"
    return name
