"""The selection-set form that every stage after parsing shares.

Named fragments are expanded and constant conditions folded before a selection gets here. Argument and directive
values are kept as canonical GraphQL text: planner and executor forward them, and never look inside. Nothing here
knows a schema.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Argument:
    """``name: value`` as written, with the variables that the value mentions."""

    name: str
    value: str
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Directive:
    """An executable directive other than ``@skip``, ``@include``, ``@defer``; it travels with its selection."""

    name: str
    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True, order=True, slots=True)
class Condition:
    """The selection is taken only when ``variable`` has the ``expected`` value.

    ``@include(if: $a)`` is ``Condition("a", True)``, ``@skip(if: $a)`` is ``Condition("a", False)``.
    """

    variable: str
    expected: bool


@dataclass(frozen=True, slots=True)
class Defer:
    """``@defer`` on an inline fragment. ``variable`` is its ``if:`` when that is not constant."""

    label: str | None = None
    variable: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A field; ``selections`` is None for a leaf."""

    name: str
    alias: str | None = None
    arguments: tuple[Argument, ...] = ()
    directives: tuple[Directive, ...] = ()
    conditions: tuple[Condition, ...] = ()
    selections: SelectionSet | None = None

    @property
    def response_key(self) -> str:
        """The key under which the value stands in a response."""
        return self.alias or self.name


@dataclass(frozen=True, slots=True)
class InlineFragment:
    """``... on type_condition { selections }``; no type condition means the enclosing type."""

    type_condition: str | None
    selections: SelectionSet
    directives: tuple[Directive, ...] = ()
    conditions: tuple[Condition, ...] = ()
    defer: Defer | None = field(default=None)


Selection: TypeAlias = Field | InlineFragment
SelectionSet: TypeAlias = tuple[Selection, ...]
