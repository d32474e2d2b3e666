"""Definitions that old tools of federation v1 wrote; they are as good as none."""

from __future__ import annotations

from gateway.ast_text import type_text
from gateway.composition.elements import DirectiveElement

_WITH_FIELD_SETS = frozenset({"key", "provides", "requires"})
_FIELD_SETS = frozenset({"String", "_FieldSet", "FieldSet"})


def is_legacy_definition(own: DirectiveElement) -> bool:
    """Whether a v1 subgraph defines a directive with a field set without arguments, or with a nullable one."""
    if own.name not in _WITH_FIELD_SETS:
        return False
    return all(name == "fields" and type_text(given.type) in _FIELD_SETS for name, given in own.arguments.items())
