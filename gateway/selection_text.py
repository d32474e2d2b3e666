"""Selections as GraphQL text: on one line for the wire, indented for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gateway.selection_set import Argument, Condition, Directive, Field, Selection, SelectionSet


def compact(selections: SelectionSet) -> str:
    """``{a b{c}}``, with nothing that could be left out."""
    parts: list[str] = []
    for selection in selections:
        head = _head(selection, ":", ",")
        inner = "" if selection.selections is None else compact(selection.selections)
        if parts and parts[-1][-1] not in "})":
            parts.append(" ")
        parts.append(head + inner)
    return "{" + "".join(parts) + "}"


def pretty(selections: SelectionSet, indentation: str = "") -> str:
    """The same over lines; the opening brace continues the current one."""
    return "\n".join(_lines(selections, indentation))


def _lines(selections: SelectionSet, indentation: str) -> Iterator[str]:
    yield "{"
    inner = indentation + "  "
    for selection in selections:
        head = _head(selection, ": ", ", ")
        if selection.selections is None:
            yield f"{inner}{head}"
        else:
            first, *rest = _lines(selection.selections, inner)
            yield f"{inner}{head} {first}"
            yield from rest
    yield f"{indentation}}}"


def _head(selection: Selection, colon: str, comma: str) -> str:
    """All of a selection before its own selections."""
    if isinstance(selection, Field):
        alias = f"{selection.alias}{colon}" if selection.alias else ""
        head = f"{alias}{selection.name}{_arguments(selection.arguments, colon, comma)}"
    else:
        head = f"... on {selection.type_condition}" if selection.type_condition else "..."
        if colon == ":":
            head = head.replace("... on", "...on")
    for directive in directive_texts(selection.conditions, selection.directives, colon, comma):
        head += f" {directive}" if colon != ":" else directive
    return head


def directive_texts(
    conditions: Iterable[Condition], directives: Iterable[Directive], colon: str = ": ", comma: str = ", "
) -> Iterator[str]:
    """Conditions as ``@skip`` and ``@include``, then the directives."""
    for condition in conditions:
        name = "include" if condition.expected else "skip"
        yield f"@{name}(if{colon}${condition.variable})"
    for directive in directives:
        yield f"@{directive.name}{_arguments(directive.arguments, colon, comma)}"


def _arguments(arguments: Iterable[Argument], colon: str, comma: str) -> str:
    inner = comma.join(f"{argument.name}{colon}{argument.value}" for argument in arguments)
    return f"({inner})" if inner else ""
