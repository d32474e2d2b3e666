"""A selection set under construction: fields are added in any order, equal ones fall together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gateway.selection_set import Argument, Condition, Directive, Field, InlineFragment, Selection, SelectionSet


@dataclass(frozen=True, slots=True)
class FieldKey:
    """What makes two fields of a selection set the same."""

    name: str
    alias: str | None = None
    arguments: tuple[Argument, ...] = ()
    directives: tuple[Directive, ...] = ()
    conditions: tuple[Condition, ...] = ()

    @property
    def response_key(self) -> str:
        """The key under which the value stands in a response."""
        return self.alias or self.name


@dataclass(frozen=True, slots=True)
class FragmentKey:
    """What makes two inline fragments of a selection set the same; ``number`` tells those of an ordered one apart."""

    condition: str | None
    directives: tuple[Directive, ...] = ()
    conditions: tuple[Condition, ...] = ()
    number: int = 0


TYPENAME = FieldKey("__typename")


class SelectionBuilder:
    """Selections on one type of a subgraph; ``type`` is its name there.

    With ``is_ordered`` they are executed in the order in which they were added; else fields stand before fragments.
    """

    __slots__ = ("_is_ordered", "members", "type")

    def __init__(self, type_name: str, *, is_ordered: bool = False) -> None:
        self.type = type_name
        self.members: dict[FieldKey | FragmentKey, SelectionBuilder | None] = {}
        self._is_ordered = is_ordered

    @property
    def fields(self) -> list[tuple[FieldKey, SelectionBuilder | None]]:
        """The fields, with the selections below those that have some."""
        return [(key, inner) for key, inner in self.members.items() if isinstance(key, FieldKey)]

    @property
    def fragments(self) -> list[tuple[FragmentKey, SelectionBuilder]]:
        """The inline fragments."""
        return [
            (key, inner) for key, inner in self.members.items() if isinstance(key, FragmentKey) and inner is not None
        ]

    def leaf(self, key: FieldKey) -> None:
        """Add a field without selections."""
        self.members.setdefault(key, None)

    def field(self, key: FieldKey, type_name: str) -> SelectionBuilder:
        """Add a composite field of that type, or find it; returns its selections."""
        return self._member(key, type_name)

    def fragment(self, key: FragmentKey) -> SelectionBuilder:
        """Add an inline fragment, or find it; returns its selections."""
        if self._is_ordered:
            while key in self.members and key != next(reversed(self.members)):
                key = replace(key, number=key.number + 1)
        return self._member(key, key.condition or self.type)

    def _member(self, key: FieldKey | FragmentKey, type_name: str) -> SelectionBuilder:
        found = self.members.get(key)
        if found is None:
            found = self.members[key] = SelectionBuilder(type_name, is_ordered=self._is_ordered)
        return found

    def rename(self, field: FieldKey, alias: str) -> FieldKey:
        """Give a field another response key, in its place; returns what it is now."""
        renamed = replace(field, alias=alias)
        self.members = {renamed if key == field else key: inner for key, inner in self.members.items()}
        return renamed

    def on(self, condition: str | None) -> SelectionBuilder:
        """The selections for objects of a type: these, or those of a fragment."""
        return self if condition is None or condition == self.type else self.fragment(FragmentKey(condition))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was added."""
        return not self.members

    def add(self, selections: SelectionSet) -> None:
        """Add selections that stand already."""
        for selection in selections:
            match selection:
                case Field():
                    key = FieldKey(
                        selection.name,
                        selection.alias,
                        selection.arguments,
                        selection.directives,
                        selection.conditions,
                    )
                    if selection.selections is None:
                        self.leaf(key)
                    else:
                        self.field(key, "").add(selection.selections)
                case InlineFragment():
                    condition = selection.type_condition
                    self.fragment(FragmentKey(condition, selection.directives, selection.conditions)).add(
                        selection.selections
                    )

    def absorb(self, other: SelectionBuilder) -> None:
        """Add all that another builder for the same type has."""
        for key, inner in other.members.items():
            if inner is None:
                self.members.setdefault(key, None)
            else:
                self._member(key, inner.type).absorb(inner)

    def selections(self) -> SelectionSet:
        """All that was added; ``__typename`` first, empty fragments left out."""
        first: list[Selection] = []
        fields: list[Selection] = []
        fragments: list[Selection] = fields if self._is_ordered else []
        for key, inner in self.members.items():
            below = None if inner is None else inner.selections()
            if isinstance(key, FieldKey):
                own = Field(key.name, key.alias, key.arguments, key.directives, key.conditions, below)
                (first if key.response_key == TYPENAME.name else fields).append(own)
            elif below:
                fragments.append(InlineFragment(key.condition, below, key.directives, key.conditions))
        return (*first, *fields, *([] if self._is_ordered else fragments))
