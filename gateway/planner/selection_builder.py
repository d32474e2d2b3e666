"""A selection set under construction: fields are added in any order, equal ones fall together."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.selection_set import Argument, Condition, Directive, Field, InlineFragment, SelectionSet


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
    """What makes two inline fragments of a selection set the same."""

    condition: str | None
    directives: tuple[Directive, ...] = ()
    conditions: tuple[Condition, ...] = ()


TYPENAME = FieldKey("__typename")


class SelectionBuilder:
    """Selections on one type of a subgraph; ``type`` is its name there."""

    __slots__ = ("fields", "fragments", "type")

    def __init__(self, type_name: str) -> None:
        self.type = type_name
        self.fields: dict[FieldKey, SelectionBuilder | None] = {}
        self.fragments: dict[FragmentKey, SelectionBuilder] = {}

    def leaf(self, key: FieldKey) -> None:
        """Add a field without selections."""
        self.fields.setdefault(key, None)

    def field(self, key: FieldKey, type_name: str) -> SelectionBuilder:
        """Add a field of a composite type, or find it; returns its selections."""
        found = self.fields.get(key)
        if found is None:
            found = self.fields[key] = SelectionBuilder(type_name)
        return found

    def fragment(self, key: FragmentKey) -> SelectionBuilder:
        """Add an inline fragment, or find it; returns its selections."""
        found = self.fragments.get(key)
        if found is None:
            found = self.fragments[key] = SelectionBuilder(key.condition or self.type)
        return found

    def on(self, condition: str | None) -> SelectionBuilder:
        """The selections for objects of a type: these, or those of a fragment."""
        return self if condition is None or condition == self.type else self.fragment(FragmentKey(condition))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was added."""
        return not self.fields and not self.fragments

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

    def selections(self) -> SelectionSet:
        """All that was added; ``__typename`` first, empty fragments left out."""
        fields = [
            Field(
                key.name,
                key.alias,
                key.arguments,
                key.directives,
                key.conditions,
                None if inner is None else inner.selections(),
            )
            for key, inner in self.fields.items()
        ]
        fields.sort(key=lambda field: field.response_key != TYPENAME.name)
        fragments = [
            InlineFragment(key.condition, inner.selections(), key.directives, key.conditions)
            for key, inner in self.fragments.items()
            if not inner.is_empty
        ]
        return (*fields, *fragments)
