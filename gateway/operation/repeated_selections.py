"""Drops selections that repeat a sibling word for word.

They change nothing in the answer, but validation compares every pair of fields of one name: a field written two
thousand times would cost it two million comparisons.
"""

from __future__ import annotations

from typing import TypeVar

from graphql import (
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from gateway.ast_text import value_text

NodeT = TypeVar("NodeT", bound=OperationDefinitionNode | FragmentDefinitionNode | FieldNode | InlineFragmentNode)


def drop_repeated_selections(document: DocumentNode) -> DocumentNode:
    """The same document when nothing is repeated."""
    definitions = tuple(
        _rewritten(each)[0] if isinstance(each, (OperationDefinitionNode, FragmentDefinitionNode)) else each
        for each in document.definitions
    )
    if all(new is old for new, old in zip(definitions, document.definitions, strict=True)):
        return document
    return DocumentNode(definitions=definitions, loc=document.loc)


def _rewritten(node: NodeT) -> tuple[NodeT, str]:
    """The node without repetitions inside, and the text of its selections."""
    if node.selection_set is None:
        return node, ""
    kept: dict[str, SelectionNode] = {}
    changed = False
    for selection in node.selection_set.selections:
        new, text = _selection(selection)
        changed |= text in kept or new is not selection
        kept.setdefault(text, new)
    if not changed:
        return node, " ".join(kept)
    selections = SelectionSetNode(selections=tuple(kept.values()), loc=node.selection_set.loc)
    members = {key: getattr(node, key) for key in node.keys}
    return type(node)(**{**members, "selection_set": selections}), " ".join(kept)


def _selection(node: SelectionNode) -> tuple[SelectionNode, str]:
    directives = _directives(node.directives)
    match node:
        case FieldNode():
            alias = node.alias.value if node.alias else ""
            new, inner = _rewritten(node)
            return new, f"{alias}:{node.name.value}({_arguments(node.arguments)}){directives}{{{inner}}}"
        case InlineFragmentNode():
            condition = node.type_condition.name.value if node.type_condition else ""
            new_fragment, inner = _rewritten(node)
            return new_fragment, f"...on {condition}{directives}{{{inner}}}"
        case FragmentSpreadNode():
            return node, f"...{node.name.value}{directives}"
        case _:
            raise TypeError(f"not a selection: {node.kind}")


def _arguments(nodes: tuple[ArgumentNode, ...] | None) -> str:
    return ",".join(f"{node.name.value}:{value_text(node.value)}" for node in nodes or ())


def _directives(nodes: tuple[DirectiveNode, ...] | None) -> str:
    return "".join(f"@{node.name.value}({_arguments(node.arguments)})" for node in nodes or ())
