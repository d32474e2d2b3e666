"""Lays out what clients see: from the operation's selections to positions and slots, types dispatched where needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gateway.compiled.layout import KeyPath, Layout, ObjectLayout, Position
from gateway.compiled.refusal import NotCompilable
from gateway.compiled.schema_view import TYPENAME, SchemaView, depends_on_type
from gateway.selection_set import Field, SelectionSet

MAX_DISPATCHED_TYPES = 24
_INTROSPECTION = frozenset({"__schema", "__type"})


@dataclass(slots=True)
class LayoutBuilder:
    """Builds the layout for one state of the conditions.

    ``fetched_at`` are the paths at which the plan asks for more of the objects that it found there: their types matter.
    """

    schema: SchemaView
    conditions: Mapping[str, bool]
    fetched_at: frozenset[KeyPath]
    layout: Layout

    def root(self, type_name: str, selections: SelectionSet) -> ObjectLayout:
        """The layout of ``data``."""
        position = self.layout.position((), visible=True)
        root = self.layout.object(position, type_name)
        self._fill(root, (selections,), visible=True)
        return root

    def child(self, path: KeyPath, type_name: str, selections: tuple[SelectionSet, ...], *, visible: bool) -> Position:
        """The position of objects of the type ``type_name`` below ``path``."""
        position = self.layout.position(path, visible=visible)
        if not self.schema.is_abstract(type_name):
            self._fill(self.layout.object(position, type_name), selections, visible=visible)
            return position
        position.dispatched = path in self.fetched_at or depends_on_type(selections, type_name)
        types = self.schema.possible_types(type_name) if position.dispatched else (type_name,)
        if len(types) > MAX_DISPATCHED_TYPES:
            raise NotCompilable(f"{type_name} has {len(types)} possible types")
        for each in types:
            self._fill(self.layout.object(position, each), selections, visible=visible)
        return position

    def _fill(self, layout: ObjectLayout, selections: tuple[SelectionSet, ...], *, visible: bool) -> None:
        for key, fields in self.schema.collect(layout.type_name, selections, self.conditions).items():
            self.slot(layout, key, fields, visible=visible)

    def slot(self, layout: ObjectLayout, key: str, fields: list[Field], *, visible: bool) -> None:
        """Add the slot for ``fields``, which share a response key, with all that stands below."""
        first = fields[0]
        if first.name in _INTROSPECTION:
            raise NotCompilable("introspection")
        if first.name == TYPENAME:
            layout.add(key, TYPENAME, visible=visible, type_=None).constant = layout.type_name
            return
        type_ = self.schema.field_type(layout.type_name, first.name, visible=visible)
        slot = layout.add(key, first.name, visible=visible, type_=type_)
        named = type_.innermost.named
        if not self.schema.is_leaf(named):
            selections = tuple(each.selections for each in fields if each.selections is not None)
            slot.child = self.child((*layout.position.path, key), named, selections, visible=visible)
