"""Field sets: the selections that ``@key``, ``@requires``, ``@provides`` and ``@fromContext`` hold as text."""

from __future__ import annotations

from functools import lru_cache

from graphql import GraphQLSyntaxError, OperationDefinitionNode, parse

from gateway.selection_ast import selection_set
from gateway.selection_set import Argument, Directive, Field, Selection, SelectionSet


class InvalidFieldSet(ValueError):
    """The text is no field set; the message says why."""


@lru_cache(maxsize=4096)
def parse_field_set(text: str) -> SelectionSet:
    """The selections of ``"id organization { id }"``; outer braces may be there or not.

    :raises InvalidFieldSet: the text does not parse, or is more than one selection set.
    """
    try:
        selections = _parse(text)
    except GraphQLSyntaxError as error:
        raise InvalidFieldSet(f'"{text}" is not a field set: {error.message}') from error
    except ValueError as error:
        raise InvalidFieldSet(f'"{text}" is not a field set: {error}') from error
    except RecursionError as error:
        raise InvalidFieldSet("the field set is nested too deeply to be read") from error
    if _is_empty_somewhere(selections):
        raise InvalidFieldSet(f'"{text}" has an empty selection set')
    return selections


def _parse(text: str) -> SelectionSet:
    stripped = text.strip()
    source = stripped if stripped.startswith("{") else f"{{{stripped}}}"
    definitions = parse(source, no_location=True).definitions
    if len(definitions) != 1 or not isinstance(definitions[0], OperationDefinitionNode):
        raise ValueError("it is more than one selection set")
    return selection_set(definitions[0].selection_set)


def _is_empty_somewhere(selections: SelectionSet) -> bool:
    return not selections or any(
        each.selections is not None and _is_empty_somewhere(each.selections) for each in selections
    )


def field_set_text(selections: SelectionSet) -> str:
    """A field set on one line, without outer braces."""
    return " ".join(_text(selection) for selection in selections)


def _text(selection: Selection) -> str:
    directives = "".join(f" @{directive.name}{_arguments(directive)}" for directive in selection.directives)
    if isinstance(selection, Field):
        alias = f"{selection.alias}: " if selection.alias else ""
        inner = f" {{ {field_set_text(selection.selections)} }}" if selection.selections else ""
        return f"{alias}{selection.name}{_arguments(selection)}{directives}{inner}"
    condition = f" on {selection.type_condition}" if selection.type_condition else ""
    return f"...{condition}{directives} {{ {field_set_text(selection.selections)} }}"


def _arguments(owner: Field | Directive) -> str:
    return f"({', '.join(_argument(argument) for argument in owner.arguments)})" if owner.arguments else ""


def _argument(argument: Argument) -> str:
    return f"{argument.name}: {argument.value}"
