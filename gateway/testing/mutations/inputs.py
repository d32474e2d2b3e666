"""Changes of arguments, input fields and their defaults."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from graphql import (
    DocumentNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    parse_const_value,
)

from gateway.testing.mutations.edit import edit, first_field

DEFAULTS: Final = (
    *("1", "1.0", "0.5", "-0", "1e3", '"1"', '"text"', '""', "LIGHT", '"LIGHT"', "DARK", "RED", "null", "true"),
    *("[]", "[1]", "[[1]]", "[LIGHT]", "{}", "{min: 1}", "{max: 2, min: 1}", '{shade: "LIGHT"}', "{unknown: 1}"),
)
ARGUMENTS: Final = (
    *("extra: Int", "extra: Int!", "extra: Int = 1", "extra: Int! = 1", "extra: Color = RED", "extra: [ID] = 1"),
    *("extra: Filter", "extra: Filter = {min: 1}", 'extra: Shade = "DARK"', "extra: Int @deprecated"),
)


def add_argument(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A field with an argument more."""
    [added] = first_field(f"f({rng.choice(ARGUMENTS)}): Int").arguments or ()
    return edit(
        rng, document, FieldDefinitionNode, lambda field: replace(field, arguments=_with(field.arguments, added))
    )


def add_input_field(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """An input object with a field more."""
    [added] = first_field(f"f({rng.choice(ARGUMENTS)}): Int").arguments or ()
    return edit(
        rng, document, InputObjectTypeDefinitionNode, lambda kind: replace(kind, fields=_with(kind.fields, added))
    )


def remove_input(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """An argument or input field less."""
    return edit(rng, document, InputValueDefinitionNode, lambda _: None)


def change_default(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """Another default for an argument or input field."""
    value = parse_const_value(rng.choice(DEFAULTS))
    return edit(rng, document, InputValueDefinitionNode, lambda item: replace(item, default_value=value))


def remove_default(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """No default for an argument or input field."""
    return edit(rng, document, InputValueDefinitionNode, lambda item: replace(item, default_value=None))


def _with(
    inputs: Iterable[InputValueDefinitionNode] | None, added: InputValueDefinitionNode
) -> tuple[InputValueDefinitionNode, ...]:
    return (*(item for item in inputs or () if item.name.value != added.name.value), added)
