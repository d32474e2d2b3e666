"""Gives a world names that GraphQL allows and programs trip over: keywords, built-ins, what machinery is called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from gateway.testing.draft import Draft
from gateway.testing.random_data import ROOTS
from gateway.testing.world import WorldField, WorldType

FIELD_NAMES: Final = (
    *("class", "def", "None", "self", "null", "true", "type", "fragment", "on", "query", "lambda", "import", "async"),
    *("_", "_x", "o", "i", "m0", "e0", "data", "errors", "path", "key", "keys", "index", "objects", "representations"),
    *("items", "get", "pop", "update", "copy", "encode", "decode", "rename", "UNSET", "Struct", "run", "finish"),
    *("list", "str", "int", "dict", "Any", "Literal", "Raw", "NoType", "T2_", "bool"),
    *("l0", "Id", "ID", "typename", "_typename", "constructor", "prototype", "toString", "representation", "where"),
)
TYPE_NAMES: Final = (
    *("str", "int", "list", "dict", "object", "None", "True", "Struct", "Raw", "Any", "Literal", "UnsetType", "NoType"),
    *("_Any_", "Field", "class", "type", "query", "on", "Answer", "Data", "Root", "Representation", "Error", "Object"),
)
COMMON: Final = re.compile(r"f\d|v\d|computed\d|extra\d|label|told")


def give_odd_names(draft: Draft) -> None:
    """Rename types and fields, in field sets too; keys and root fields keep theirs."""
    fields = sorted({name for kind in draft.types.values() for name in kind.fields if COMMON.fullmatch(name)})
    types = [name for name in draft.types if name not in {*ROOTS, "Ident"}]
    renamed = dict(zip(fields, draft.rng.sample(FIELD_NAMES, len(fields)), strict=True))
    renamed |= dict(zip(types, draft.rng.sample(TYPE_NAMES, len(types)), strict=True))
    naming = _Naming(renamed)
    draft.types = {naming(name): naming.kind(kind) for name, kind in draft.types.items()}


class _Naming:
    """Replaces names in texts, as whole words."""

    def __init__(self, renamed: Mapping[str, str]) -> None:
        self._renamed = renamed

    def __call__(self, text: str) -> str:
        return re.sub(r"\w+", lambda word: self._renamed.get(word.group(), word.group()), text)

    def kind(self, kind: WorldType) -> WorldType:
        return replace(
            kind,
            name=self(kind.name),
            fields={self(name): self._field(field) for name, field in kind.fields.items()},
            keys={home: tuple(map(self, keys)) for home, keys in kind.keys.items()},
            members={home: tuple(map(self, names)) for home, names in kind.members.items()},
            interfaces=tuple(map(self, kind.interfaces)),
        )

    def _field(self, field: WorldField) -> WorldField:
        return replace(
            field,
            name=self(field.name),
            type_text=self(field.type_text),
            named_type=self(field.named_type),
            requires={home: self(text) for home, text in field.requires.items()},
            provides={home: self(text) for home, text in field.provides.items()},
        )
