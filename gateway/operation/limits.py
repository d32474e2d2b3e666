"""Bounds on documents, checked before anything expensive looks at them; each has its code.

Counts are taken over the operation with its fragments expanded, without expanding them: every fragment is measured
once, so that a document that would unfold to 2^30 fields costs no more than its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from gateway.errors import ErrorCode, RequestRefused, refusal


@dataclass(frozen=True, slots=True)
class OperationLimits:
    """The largest operation that is served. Bytes are of the document's text, counts of the expanded operation."""

    max_document_bytes: int = 256 * 1024
    max_tokens: int = 15_000
    max_definitions: int = 500
    max_depth: int = 60
    max_fields: int = 20_000
    max_root_fields: int = 200
    max_aliases: int = 500
    max_directives: int = 500
    max_variables: int = 500


@dataclass(frozen=True, slots=True)
class _Size:
    """Measured on a selection set; ``depth`` counts nested fields."""

    fields: int = 0
    depth: int = 0
    aliases: int = 0
    directives: int = 0

    def beside(self, other: _Size) -> _Size:
        return _Size(
            self.fields + other.fields,
            max(self.depth, other.depth),
            self.aliases + other.aliases,
            self.directives + other.directives,
        )


def check_limits(document: DocumentNode, operation: OperationDefinitionNode, limits: OperationLimits) -> None:
    """Raises ``RequestRefused`` for the first bound that ``operation`` exceeds, and for fragments that form a cycle."""
    if len(document.definitions) > limits.max_definitions:
        raise _too_large("definitions", limits.max_definitions)
    if len(operation.variable_definitions or ()) > limits.max_variables:
        raise refusal(ErrorCode.MAX_VARIABLES_LIMIT, f"The operation has more than {limits.max_variables} variables.")
    _check_directives(document, limits)
    measure = _Measure(
        {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    )
    size = measure.selection_set(operation.selection_set)
    root_fields = measure.root_fields(operation.selection_set)
    if size.depth > limits.max_depth:
        raise refusal(ErrorCode.MAX_DEPTH_LIMIT, f"The operation is deeper than {limits.max_depth} fields.")
    if root_fields > limits.max_root_fields:
        raise refusal(
            ErrorCode.MAX_ROOT_FIELDS_LIMIT, f"The operation has more than {limits.max_root_fields} root fields."
        )
    if size.aliases > limits.max_aliases:
        raise refusal(ErrorCode.MAX_ALIASES_LIMIT, f"The operation has more than {limits.max_aliases} aliases.")
    if size.directives > limits.max_directives:
        raise _too_many_directives(limits)
    if size.fields > limits.max_fields:
        raise refusal(ErrorCode.MAX_HEIGHT_LIMIT, f"The operation has more than {limits.max_fields} fields.")


def _check_directives(document: DocumentNode, limits: OperationLimits) -> None:
    """Directives outside selections: on definitions and variables."""
    total = 0
    for definition in document.definitions:
        total += len(definition.directives or ()) if hasattr(definition, "directives") else 0
        if isinstance(definition, OperationDefinitionNode):
            total += sum(len(each.directives or ()) for each in definition.variable_definitions or ())
    if total > limits.max_directives:
        raise _too_many_directives(limits)


def _too_many_directives(limits: OperationLimits) -> RequestRefused:
    return refusal(ErrorCode.MAX_DIRECTIVES_LIMIT, f"The operation has more than {limits.max_directives} directives.")


def _too_large(what: str, limit: int) -> RequestRefused:
    return refusal(ErrorCode.OPERATION_TOO_LARGE, f"The document has more than {limit} {what}.")


@dataclass(slots=True)
class _Measure:
    fragments: Mapping[str, FragmentDefinitionNode]
    _measured: dict[str, _Size] = field(default_factory=dict)
    _root_fields: dict[str, int] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)

    def selection_set(self, node: SelectionSetNode) -> _Size:
        total = _Size()
        for selection in node.selections:
            own = _Size(directives=_count(selection.directives))
            match selection:
                case FieldNode():
                    inner = self.selection_set(selection.selection_set) if selection.selection_set else _Size()
                    aliases = inner.aliases + (selection.alias is not None)
                    field_size = _Size(inner.fields + 1, inner.depth + 1, aliases, inner.directives)
                    total = total.beside(own).beside(field_size)
                case InlineFragmentNode():
                    total = total.beside(own).beside(self.selection_set(selection.selection_set))
                case FragmentSpreadNode():
                    total = total.beside(own).beside(self._fragment(selection.name.value))
        return total

    def _fragment(self, name: str) -> _Size:
        """An unknown fragment measures nothing: validation names it."""
        if name in self._open:
            raise _cycle(name)
        if name not in self._measured and name in self.fragments:
            self._open.add(name)
            self._measured[name] = self.selection_set(self.fragments[name].selection_set)
            self._open.discard(name)
        return self._measured.get(name, _Size())

    def root_fields(self, node: SelectionSetNode) -> int:
        """Fields of the root type; fragments were found free of cycles."""
        total = 0
        for selection in node.selections:
            match selection:
                case FieldNode():
                    total += 1
                case InlineFragmentNode():
                    total += self.root_fields(selection.selection_set)
                case FragmentSpreadNode():
                    total += self._root_fields_of(selection.name.value)
        return total

    def _root_fields_of(self, name: str) -> int:
        if name not in self._root_fields and name in self.fragments:
            self._root_fields[name] = self.root_fields(self.fragments[name].selection_set)
        return self._root_fields.get(name, 0)


def _cycle(name: str) -> RequestRefused:
    message = f'Cannot spread fragment "{name}" within itself.'
    return refusal(ErrorCode.GRAPHQL_VALIDATION_FAILED, message)


def _count(directives: Iterable[DirectiveNode] | None) -> int:
    return sum(1 for _ in directives or ())
