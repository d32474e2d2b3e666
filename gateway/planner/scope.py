"""Where the builder is: a position with its handles, inside its parent's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gateway.planner.fetch_group import FetchGroup, ObjectSet
from gateway.planner.handle import Handle
from gateway.planner.operation_tree import Entry
from gateway.planner.path_tree import Choice

Groups = set[FetchGroup]

EVERYTHING = ObjectSet()
"""The root: one object."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A position that is being built, with its handles, inside its parent's.

    ``objects`` are those that are there: keys and requirements are built for the same ones. ``is_added`` tells that
    not the operation asks, but a key or a requirement.
    """

    choice: Choice
    handles: Sequence[Handle]
    parent: Scope | None
    objects: ObjectSet
    is_added: bool

    def ask(self, group: FetchGroup, entry: Entry) -> None:
        """Note that the group brings the entry."""
        if not self.is_added:
            group.ask(self.objects.all_conditions.union(entry.conditions))

    def above(self) -> Iterator[Scope]:
        """The positions above, the nearest first; the root's is above itself."""
        scope = self.parent or self
        while True:
            yield scope
            if scope.parent is None:
                return
            scope = scope.parent
