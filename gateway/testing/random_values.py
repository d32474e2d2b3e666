"""Draws values for arguments: literals with variables anywhere inside, and what the variables are."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
)

MAX_INPUT_DEPTH: Final = 3
INTS: Final = (0, 1, 2, 3, -(2**31), 2**31 - 1)
TEXTS: Final = ("", "x", "$int_0", 'quote " and \\', "☃", "line\nbreak", '"""', "{ id }")
NAMES: Final = ("{0}_0", "{0}_1", "representations", "representations_0", "literal_0", "self", "_", "class")


@dataclass(frozen=True, slots=True)
class Variable:
    """``default`` is a literal, ``values`` holds what is sent for it, if anything is."""

    type_text: str
    default: str | None
    values: tuple[Any, ...]

    @property
    def definition(self) -> str:
        """What follows the name in the operation's head."""
        return self.type_text if self.default is None else f"{self.type_text} = {self.default}"


@dataclass(slots=True)
class ValueDraft:
    """Draws values and remembers the variables; few names, so that the same one turns up in several places."""

    rng: random.Random
    variables: dict[str, Variable] = field(default_factory=dict)

    @property
    def sent(self) -> dict[str, Any]:
        """The request's variables."""
        return {name: value for name, each in self.variables.items() for value in each.values}

    def arguments(self, definitions: Mapping[str, GraphQLArgument]) -> str:
        """Some of a field's arguments, in brackets; nothing when none is given."""
        given = [
            f"{name}: {self.literal(each.type)}"
            for name, each in definitions.items()
            if is_non_null_type(each.type) or self.rng.random() < 0.6
        ]
        return f"({', '.join(given)})" if given else ""

    def literal(self, kind: GraphQLInputType, depth: int = MAX_INPUT_DEPTH, *, constant: bool = False) -> str:
        """A literal of the type, which may have variables in it unless it is ``constant``."""
        if not constant and self.rng.random() < 0.3:
            return "$" + self.variable(kind)
        if not is_non_null_type(kind) and self.rng.random() < 0.1:
            return "null"
        inner = get_nullable_type(kind)
        if is_list_type(inner):
            if self.rng.random() < 0.2 and not is_list_type(get_nullable_type(inner.of_type)):
                return self.literal(inner.of_type, depth, constant=constant)
            items = [self.literal(inner.of_type, depth, constant=constant) for _ in range(self.rng.randint(0, 3))]
            return f"[{', '.join(items)}]"
        if isinstance(inner, GraphQLInputObjectType):
            members = [
                f"{name}: {self.literal(each.type, depth - 1, constant=constant)}"
                for name, each in self._members(inner, depth)
            ]
            return f"{{{', '.join(members)}}}"
        value = self._scalar(inner)
        return str(value) if isinstance(inner, GraphQLEnumType) else json.dumps(value, ensure_ascii=False)

    def variable(self, kind: GraphQLInputType) -> str:
        """The name of a variable for a place of the type."""
        text = str(kind)
        name = self.rng.choice(NAMES).format("".join(each for each in text.lower() if each.isalpha()))
        if name not in self.variables or self.variables[name].type_text != text:
            name = name if name not in self.variables else f"{name}_{len(self.variables)}"
            self.variables[name] = self._drawn(kind)
        return name

    def _drawn(self, kind: GraphQLInputType) -> Variable:
        default = self.literal(kind, constant=True) if self.rng.random() < 0.3 else None
        is_optional = default is not None or not is_non_null_type(kind)
        values = () if is_optional and self.rng.random() < 0.3 else (self.json(kind),)
        return Variable(str(kind), default, values)

    def json(self, kind: GraphQLInputType, depth: int = MAX_INPUT_DEPTH) -> Any:
        """A JSON value of the type."""
        if not is_non_null_type(kind) and self.rng.random() < 0.1:
            return None
        inner = get_nullable_type(kind)
        if is_list_type(inner):
            return [self.json(inner.of_type, depth) for _ in range(self.rng.randint(0, 3))]
        if isinstance(inner, GraphQLInputObjectType):
            return {name: self.json(each.type, depth - 1) for name, each in self._members(inner, depth)}
        return self._scalar(inner)

    def _members(self, kind: GraphQLInputObjectType, depth: int) -> list[tuple[str, GraphQLInputField]]:
        """Those that are given; at the end of the depth, only those that have to be."""
        return [
            (name, each)
            for name, each in kind.fields.items()
            if is_non_null_type(each.type) or (depth > 0 and self.rng.random() < 0.4)
        ]

    def _scalar(self, kind: Any) -> Any:
        if isinstance(kind, GraphQLEnumType):
            return self.rng.choice(list(kind.values))
        match kind.name:
            case "Int":
                return self.rng.choice(INTS)
            case "Float":
                return self.rng.choice((0, 1, -0.5, 1e10, self.rng.random()))
            case "Boolean":
                return self.rng.random() < 0.5
            case "ID":
                return self.rng.choice(("7", 7, "", "x:y"))
            case _:
                return self.rng.choice(TEXTS)
