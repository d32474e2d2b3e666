"""One operation for several entity fetches: each asks ``_entities`` under its own alias.

``query($r0: [_Any!]!, $r1: [_Any!]!) { e0: _entities(representations: $r0) {…} e1: _entities(…) {…} }``
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gateway.query_plan import Fetch, VariableDefinition
from gateway.selection_set import Argument, Condition, Directive, Field, InlineFragment, Selection, SelectionSet

_VARIABLE = re.compile(r"\$([_A-Za-z][_0-9A-Za-z]*)")
_STRING_OR_VARIABLE = re.compile(r'"""(?:\\"""|[^"]|"(?!""))*"""|"(?:\\.|[^"\\])*"|\$[_A-Za-z][_0-9A-Za-z]*')


@dataclass(frozen=True, slots=True)
class BatchPart:
    """Where one part of a batch stands: its alias, its representations variable, its renamed context variables."""

    alias: str
    representations: str
    renamed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BatchDocument:
    """The text of a batch and its parts, in the order of the fetches given."""

    text: str
    operation_name: str | None
    parts: tuple[BatchPart, ...]


@lru_cache(maxsize=1024)
def batch_document(fetches: tuple[Fetch, ...]) -> BatchDocument:
    """The document for ``fetches``; one fetch may occur several times, with different context values."""
    parts = tuple(_part(index, fetch) for index, fetch in enumerate(fetches))
    definitions = _definitions(fetches, parts)
    fields = " ".join(_entities_field(fetch, part) for fetch, part in zip(fetches, parts, strict=True))
    name = fetches[0].operation_name
    return BatchDocument(f"query{f' {name}' if name else ''}({', '.join(definitions)}) {{ {fields} }}", name, parts)


def _part(index: int, fetch: Fetch) -> BatchPart:
    renamed = {value.variable: f"{value.variable}_{index}" for value in fetch.context_values}
    return BatchPart(f"e{index}", f"representations_{index}", renamed)


def _entities_field(fetch: Fetch, part: BatchPart) -> str:
    selections = _selections(fetch.selections, part.renamed)
    return f"{part.alias}: _entities(representations: ${part.representations}) {selections}"


def _definitions(fetches: Sequence[Fetch], parts: Sequence[BatchPart]) -> list[str]:
    """Representations first, then the client's variables (shared, defined once) and the context's (one per part)."""
    definitions = {part.representations: f"${part.representations}: [_Any!]!" for part in parts}
    for fetch, part in zip(fetches, parts, strict=True):
        for variable in fetch.variables:
            if variable.name != "representations":
                name = part.renamed.get(variable.name, variable.name)
                definitions[name] = _definition(name, variable)
    return list(definitions.values())


def _definition(name: str, variable: VariableDefinition) -> str:
    default = f" = {variable.default_text}" if variable.default_text is not None else ""
    return f"${name}: {variable.type_text}{default}"


def _selections(selections: SelectionSet, renamed: Mapping[str, str]) -> str:
    return f"{{ {' '.join(_selection(selection, renamed) for selection in selections)} }}"


def _selection(selection: Selection, renamed: Mapping[str, str]) -> str:
    directives = _directives(selection.directives, selection.conditions, renamed)
    match selection:
        case Field():
            alias = f"{selection.alias}: " if selection.alias and selection.alias != selection.name else ""
            head = f"{alias}{selection.name}{_arguments(selection.arguments, renamed)}{directives}"
            return head if selection.selections is None else f"{head} {_selections(selection.selections, renamed)}"
        case InlineFragment():
            condition = f" on {selection.type_condition}" if selection.type_condition else ""
            return f"...{condition}{directives} {_selections(selection.selections, renamed)}"


def _arguments(arguments: Sequence[Argument], renamed: Mapping[str, str]) -> str:
    if not arguments:
        return ""
    return f"({', '.join(f'{argument.name}: {_value(argument, renamed)}' for argument in arguments)})"


def _value(argument: Argument, renamed: Mapping[str, str]) -> str:
    if renamed.keys().isdisjoint(argument.variables):
        return argument.value
    return _STRING_OR_VARIABLE.sub(lambda match: _rename(match.group(), renamed), argument.value)


def _rename(token: str, renamed: Mapping[str, str]) -> str:
    """A string is left as it is: a dollar sign in it names no variable."""
    if _VARIABLE.fullmatch(token) is None:
        return token
    return f"${renamed.get(token[1:], token[1:])}"


def _directives(directives: Sequence[Directive], conditions: Sequence[Condition], renamed: Mapping[str, str]) -> str:
    texts = [f" @{directive.name}{_arguments(directive.arguments, renamed)}" for directive in directives]
    texts += [f" @{'include' if each.expected else 'skip'}(if: ${each.variable})" for each in conditions]
    return "".join(texts)
