"""Blocks: the deferred fragments of an operation, each a part that is delivered later.

A fetch belongs to the block whose fields it was made for. Objects that a fragment defers fields of are entered again
by key, so that what is deferred does not hold up what is not; where no key allows that, the fields come with the
first answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gateway.query_plan import ResponsePath
from gateway.selection_set import Defer, InlineFragment


@dataclass(eq=False, slots=True)
class Block:
    """A deferred fragment at a path, inside another block or (None) in the first answer."""

    defer: Defer
    path: ResponsePath
    fragment: InlineFragment
    parent: Block | None


@dataclass(slots=True)
class Blocks:
    """All blocks of an operation, in order of discovery."""

    found: dict[tuple[ResponsePath, InlineFragment, Block | None], Block] = field(default_factory=dict)

    def at(self, path: ResponsePath, fragment: InlineFragment, parent: Block | None) -> Block:
        """The block of a fragment."""
        key = (path, fragment, parent)
        if key not in self.found:
            assert fragment.defer is not None
            self.found[key] = Block(fragment.defer, path, fragment, parent)
        return self.found[key]

    def inside(self, parent: Block | None) -> list[Block]:
        """The blocks directly inside another."""
        return [block for block in self.found.values() if block.parent is parent]
