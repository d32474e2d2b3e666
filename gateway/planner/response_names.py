"""Response keys for fields that the planner adds, so that they never collide with what the client asked for.

A key or a required field is added under its own name, unless the client uses that name at the same path for
something else (an alias, other arguments): then it gets a name of its own.
"""

from __future__ import annotations

from dataclasses import replace

from gateway.query_plan import Key, ResponsePath
from gateway.selection_set import Argument, Field, InlineFragment, SelectionSet

Keys = tuple[str, ...]
_Signature = tuple[str, tuple[Argument, ...]]


class ResponseNames:
    """Which field each response key at each path stands for."""

    def __init__(self, selections: SelectionSet) -> None:
        self._used: dict[Keys, dict[str, set[_Signature]]] = {}
        self._note(selections, ())

    def unique(self, selections: SelectionSet, path: ResponsePath) -> SelectionSet:
        """The added selections, under keys that collide with nothing at ``path``."""
        return self._unique(selections, tuple(step.name for step in path if isinstance(step, Key)))

    def _note(self, selections: SelectionSet, path: Keys) -> None:
        for selection in selections:
            if isinstance(selection, InlineFragment):
                self._note(selection.selections, path)
                continue
            key = selection.response_key
            self._used.setdefault(path, {}).setdefault(key, set()).add((selection.name, selection.arguments))
            if selection.selections:
                self._note(selection.selections, (*path, key))

    def _unique(self, selections: SelectionSet, path: Keys) -> SelectionSet:
        return tuple(
            replace(item, selections=self._unique(item.selections, path))
            if isinstance(item, InlineFragment)
            else self._unique_field(item, path)
            for item in selections
        )

    def _unique_field(self, item: Field, path: Keys) -> Field:
        used = self._used.setdefault(path, {})
        signature = (item.name, item.arguments)
        key, number = item.name, 0
        while used.setdefault(key, {signature}) != {signature}:
            key = f"_{item.name}_{number}"
            number += 1
        below = self._unique(item.selections, (*path, key)) if item.selections is not None else None
        return replace(item, alias=key if key != item.name else None, selections=below)
