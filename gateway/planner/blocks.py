"""Blocks: the deferred fragments of an operation, each a part that is delivered later.

A fetch belongs to the block whose fields it was made for. Objects that a fragment defers fields of are entered again
by key, so that what is deferred does not hold up what is not; where no key allows that, the fields come with the
first answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gateway.query_plan import ResponsePath
from gateway.selection_set import Condition, Defer, InlineFragment


@dataclass(frozen=True, slots=True)
class Reach:
    """Which objects at a path a fragment is for, and when.

    ``conditions`` are those of all that is around it, and its own; ``types`` the object types, which are all those of
    ``declared``, if that is not None. Both are None when it is for all objects there.
    """

    conditions: tuple[Condition, ...] = ()
    declared: str | None = None
    types: frozenset[str] | None = None


@dataclass(eq=False, slots=True)
class Block:
    """A deferred fragment at a path, inside another block or (None) in the first answer."""

    defer: Defer
    path: ResponsePath
    fragment: InlineFragment
    parent: Block | None
    reach: Reach


@dataclass(slots=True)
class Blocks:
    """All blocks of an operation, in order of discovery."""

    found: dict[tuple[ResponsePath, InlineFragment, Block | None, Reach], Block] = field(default_factory=dict)

    def at(self, path: ResponsePath, fragment: InlineFragment, parent: Block | None, reach: Reach) -> Block:
        """The block of a fragment."""
        key = (path, fragment, parent, reach)
        if key not in self.found:
            assert fragment.defer is not None
            self.found[key] = Block(fragment.defer, path, fragment, parent, reach)
        return self.found[key]

    def inside(self, parent: Block | None) -> list[Block]:
        """The blocks directly inside another."""
        return [block for block in self.found.values() if block.parent is parent]
