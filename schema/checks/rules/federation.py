"""What a subgraph tells the gateway beside its API: keys, sharing, overrides, access, tags.

These are read from the subgraph's own SDL: composition folds them into the supergraph, where a client does not see
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from graphql import ConstDirectiveNode, DocumentNode, FieldDefinitionNode, StringValueNode, print_ast

from schema.checks.change import Change, dangerous, safe
from schema.checks.rules import access

_OBSERVED: Final = ("shareable", "external", "requires", "provides", "override", "inaccessible")
_TYPE_NODES: Final = ("object_type", "interface_type", "union_type", "enum_type", "scalar_type", "input_object_type")


@dataclass(frozen=True, slots=True)
class _Element:
    """The directives on one type or field, canonical text by name."""

    directives: Mapping[str, tuple[ConstDirectiveNode, ...]] = field(default_factory=dict)

    def texts(self, name: str) -> set[str]:
        return {print_ast(node) for node in self.directives.get(name, ())}


def find_changes(before: DocumentNode, after: DocumentNode) -> Iterator[Change]:
    """KEY_*, <DIRECTIVE>_ADDED and _REMOVED, TAG_*, ACCESS_* on the elements that both documents have."""
    old_elements, new_elements = _elements(before), _elements(after)
    for path, old in old_elements.items():
        if path not in new_elements:
            continue  # its removal is told by composition and by the API's rules
        new = new_elements[path]
        yield from _key_changes(path, old, new)
        for name in _OBSERVED:
            yield from _use_changes(name, path, old.texts(name), new.texts(name))
        yield from access.tag_changes(path, _tags(old), _tags(new))
        yield from access.access_changes(path, access.allowed_by(old.directives), access.allowed_by(new.directives))


def _key_changes(path: str, old: _Element, new: _Element) -> Iterator[Change]:
    before, after = old.texts("key"), new.texts("key")
    for text in sorted(before - after):
        yield dangerous("KEY_REMOVED", path, f"{path} is no longer resolvable by {text}.")
    for text in sorted(after - before):
        yield safe("KEY_ADDED", path, f"{path} was given the key {text}.")


def _use_changes(name: str, path: str, before: set[str], after: set[str]) -> Iterator[Change]:
    code = name.upper()
    if before and after and before != after:
        yield dangerous(f"{code}_CHANGED", path, f"{path} had {_joined(before)} and has {_joined(after)}.")
    elif before and not after:
        yield dangerous(f"{code}_REMOVED", path, f"{path} no longer has {_joined(before)}.")
    elif after and not before:
        yield safe(f"{code}_ADDED", path, f"{path} was given {_joined(after)}.")


def _joined(texts: set[str]) -> str:
    return " ".join(sorted(texts))


def _tags(element: _Element) -> set[str]:
    return {
        argument.value.value
        for node in element.directives.get("tag", ())
        for argument in node.arguments or ()
        if argument.name.value == "name" and isinstance(argument.value, StringValueNode)
    }


def _elements(document: DocumentNode) -> dict[str, _Element]:
    """Types and their fields by path; definitions and extensions of one type are one element."""
    found: dict[str, list[ConstDirectiveNode]] = {}
    for node in document.definitions:
        if not node.kind.startswith(_TYPE_NODES):
            continue
        name = node.name.value  # type: ignore[attr-defined]
        found.setdefault(name, []).extend(node.directives or ())  # type: ignore[attr-defined]
        for child in getattr(node, "fields", None) or ():
            if isinstance(child, FieldDefinitionNode):
                found.setdefault(f"{name}.{child.name.value}", []).extend(child.directives or ())
    return {path: _Element(_by_name(directives)) for path, directives in found.items()}


def _by_name(directives: Iterable[ConstDirectiveNode]) -> Mapping[str, tuple[ConstDirectiveNode, ...]]:
    """By canonical name: ``@federation__key`` is the same directive as an imported ``@key``."""
    grouped: dict[str, list[ConstDirectiveNode]] = {}
    for node in directives:
        grouped.setdefault(node.name.value.removeprefix("federation__"), []).append(node)
    return {name: tuple(nodes) for name, nodes in grouped.items()}
