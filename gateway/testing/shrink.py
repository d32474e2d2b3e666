"""Makes a failing operation small: drops what can be dropped while gateway and monolith still disagree."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace

from graphql import (
    DefinitionNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    parse,
    print_ast,
    validate,
)
from graphql.language import Visitor, visit

from gateway.testing.random_operation import RandomOperation, without_defer


async def shrink(
    operation: RandomOperation, schema: GraphQLSchema, fails: Callable[[RandomOperation], Awaitable[bool]]
) -> RandomOperation:
    """The smallest operation found by dropping one piece after the other; it still ``fails``."""
    smallest = operation
    progress = True
    while progress:
        progress = False
        for text in _smaller(smallest.deferring or smallest.text):
            candidate = without_defer(_tidy(text), smallest.variables)
            if not validate(schema, parse(candidate.text)) and await fails(candidate):
                smallest, progress = candidate, True
                break
    return smallest


def _smaller(text: str) -> Iterator[str]:
    """Every text with one selection, condition, alias, argument or fragment less; the largest cuts first."""
    document = parse(text, no_location=True)
    for index in range(len(_selection_sets(document))):
        for position in range(len(_selection_sets(document)[index].selections)):
            yield from _cuts(document, index, position)


def _cuts(document: DocumentNode, index: int, position: int) -> Iterator[str]:
    selections = _selection_sets(document)[index].selections
    selection = selections[position]
    if len(selections) > 1:
        yield _rewritten(document, index, position, ())
    if isinstance(selection, InlineFragmentNode):
        yield _rewritten(document, index, position, selection.selection_set.selections)
    if isinstance(selection, FragmentSpreadNode):
        fragment = _fragment(document, selection.name.value)
        inline = InlineFragmentNode(
            type_condition=fragment.type_condition,
            directives=selection.directives,
            selection_set=fragment.selection_set,
        )
        yield _rewritten(document, index, position, (inline,))
    if selection.directives:
        yield _rewritten(document, index, position, (replace(selection, directives=()),))
    if isinstance(selection, FieldNode) and (selection.alias or selection.arguments):
        yield _rewritten(document, index, position, (replace(selection, alias=None, arguments=()),))


def _rewritten(document: DocumentNode, index: int, position: int, selections: Sequence[SelectionNode]) -> str:
    """The document with ``selections`` in the place of one selection."""
    counter = itertools.count()

    class Rewrite(Visitor):
        def leave_selection_set(self, node: SelectionSetNode, *_: object) -> SelectionSetNode | None:
            if next(counter) != index:
                return None
            kept = (*node.selections[:position], *selections, *node.selections[position + 1 :])
            return replace(node, selections=kept)

    return print_ast(visit(document, Rewrite()))


def _selection_sets(document: DocumentNode) -> list[SelectionSetNode]:
    found: list[SelectionSetNode] = []

    class Collect(Visitor):
        def leave_selection_set(self, node: SelectionSetNode, *_: object) -> None:
            found.append(node)

    visit(document, Collect())
    return found


def _fragment(document: DocumentNode, name: str) -> FragmentDefinitionNode:
    return next(
        node for node in document.definitions if isinstance(node, FragmentDefinitionNode) and node.name.value == name
    )


def _tidy(text: str) -> str:
    """Without unused fragments and variables."""
    document = parse(text, no_location=True)
    while True:
        spreads = print_ast(document)
        kept = tuple(
            node
            for node in document.definitions
            if not isinstance(node, FragmentDefinitionNode) or f"...{node.name.value}" in spreads
        )
        if len(kept) == len(document.definitions):
            break
        document = DocumentNode(definitions=kept)
    used = "".join(print_ast(_without_variables(node)) for node in document.definitions)
    return print_ast(DocumentNode(definitions=tuple(_declaring(node, used) for node in document.definitions)))


def _without_variables(node: DefinitionNode) -> DefinitionNode:
    return replace(node, variable_definitions=()) if isinstance(node, OperationDefinitionNode) else node


def _declaring(node: DefinitionNode, used: str) -> DefinitionNode:
    """The operation with the variables that are still ``used``."""
    if not isinstance(node, OperationDefinitionNode):
        return node
    kept = tuple(each for each in node.variable_definitions or () if f"${each.variable.name.value}" in used)
    return replace(node, variable_definitions=kept)
