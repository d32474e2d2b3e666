"""A subgraph made of an SDL text and plain data: it executes for real, and is strict about federation's rules.

Data is ``{type: {key: {field: value}}}``; ``Query``, ``Mutation`` and ``Subscription`` have the single key ``root``
left out. Values are JSON, with these forms of meaning:

* ``{"$ref": "User/u1"}`` is that object; an object written in place is itself, its type told by ``__typename``.
* ``{"$by": "name", "a": x, "b": y}`` depends on the argument ``name``, read as JSON text.
* ``{"$told": "x"}`` is that text, and after it all arguments.
* ``{"$error": "message", "code": "CODE"}`` is a GraphQL error.

A field with ``@requires`` that has no data answers what it was given or what was provided, as text. A field that is
``@external`` is answered only where it was provided, is part of a key, or came with the representation.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLObjectType,
    GraphQLResolveInfo,
    build_ast_schema,
    execute,
    parse,
    validate,
)

from gateway.federation.field_set import parse_field_set
from gateway.selection_set import Field, InlineFragment, SelectionSet
from gateway.testing.federation_marks import field_directives, key_fields
from gateway.testing.required_values import NotGiven, computed_value, select_from_representation
from gateway.testing.shown_values import shown
from gateway.testing.subgraph_schema import executable_document

ROOTS = frozenset({"Query", "Mutation", "Subscription"})


@dataclass(frozen=True, slots=True)
class _Object:
    """A value under execution: its fields, what came with it, what was promised with the link that led here."""

    type_name: str
    values: Mapping[str, Any]
    representation: Mapping[str, Any] = field(default_factory=dict)
    provided: SelectionSet = ()
    known_as: str | None = None


class DataSubgraph:
    """Executes requests in process; ``requests`` remembers the bodies, ``executed`` the mutations by response key."""

    def __init__(self, name: str, sdl: str, data: Mapping[str, Any]) -> None:
        self.name = name
        self.requests: list[dict[str, Any]] = []
        self.executed: list[str | int] = []
        self._data = data
        self._document = executable_document(sdl)
        self._schema = build_ast_schema(self._document, assume_valid_sdl=True)
        self._directives = field_directives(self._schema)
        self._key_fields = key_fields(self._schema)
        for kind in self._schema.type_map.values():
            if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
                for each in kind.fields.values():
                    each.resolve = self._resolve
            elif hasattr(kind, "resolve_type"):
                kind.resolve_type = _type_name

    async def execute(self, body: bytes) -> bytes:
        """The response body to a request body, both JSON."""
        request = json.loads(body)
        self.requests.append(request)
        document = parse(request["query"])
        problems = validate(self._schema, document)
        if problems:
            raise AssertionError(f"{self.name} was sent an invalid document: {problems}\n{request['query']}")
        result = execute(
            self._schema,
            document,
            root_value=_Object("", {}),
            variable_values=request.get("variables") or {},
            operation_name=request.get("operationName"),
        )
        return json.dumps((await result if inspect.isawaitable(result) else result).formatted).encode()

    def _resolve(self, source: _Object, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        parent = info.parent_type.name
        if info.field_name == "_entities":
            return [self._entity(each) for each in arguments["representations"]]
        if parent == "Mutation":
            self.executed.append(info.path.key)
        values = self._data.get(parent, {}) if parent in ROOTS else source.values
        directives = self._directives.get((parent, info.field_name), {})
        promised = _selection(source.provided, info.field_name)
        if info.field_name in source.representation and info.field_name not in values:
            return self._value(source.representation[info.field_name], arguments, info, ())
        if "external" in directives and promised is None and (parent, info.field_name) not in self._key_fields:
            raise GraphQLError(f"{parent}.{info.field_name} is external in {self.name}")
        if info.field_name not in values and "requires" in directives:
            return self._computed(source, info.field_name, directives["requires"])
        provided = parse_field_set(directives["provides"]) if "provides" in directives else ()
        return self._value(values.get(info.field_name), arguments, info, (*provided, *(promised or ())))

    def _computed(self, source: _Object, name: str, required: str) -> str:
        given, asked = dict(source.representation), parse_field_set(required)
        for each in asked:
            if isinstance(each, Field) and _selection(source.provided, each.name) is not None:
                given.setdefault(each.name, _selected(source.values[each.name], each.selections or ()))
        try:
            return computed_value(name, select_from_representation(given, asked))
        except NotGiven as missing:
            raise GraphQLError(f"{name} was asked for without {missing}") from missing

    def _value(self, value: Any, arguments: Mapping[str, Any], info: GraphQLResolveInfo[Any], provided: Any) -> Any:
        match value:
            case {"$error": message}:
                return GraphQLError(message, extensions={"code": value.get("code", "INTERNAL")})
            case {"$by": argument, **choices}:
                chosen = arguments.get(argument)
                key = chosen if isinstance(chosen, str) else json.dumps(chosen)
                return self._value(choices.get(key), arguments, info, provided)
            case {"$told": stored}:
                return f"{stored}/{shown(arguments)}" if arguments and stored is not None else stored
            case {"$ref": reference}:
                type_name, _, key = reference.partition("/")
                return _Object(type_name, self._data.get(type_name, {}).get(key, {}), provided=provided)
            case list():
                return [self._value(each, arguments, info, provided) for each in value]
            case dict() if _is_composite(info):
                return _Object(value.get("__typename", ""), value, provided=provided)
            case _:
                return value

    def _entity(self, representation: Mapping[str, Any]) -> _Object | None:
        type_name = representation["__typename"]
        candidates = self._data.get(type_name, {})
        for values in candidates.values():
            if _fits(representation, values):
                actual = values.get("__typename", type_name)
                return _Object(actual, values, representation, known_as=type_name)
        return None


def _fits(representation: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Every value of the representation that the data also has is the same, and there is at least one."""
    shared = [
        key
        for key in representation
        if key != "__typename" and key in values and not (isinstance(values[key], dict) and "$ref" in values[key])
    ]
    return bool(shared) and all(_agrees(representation[key], values[key]) for key in shared)


def _agrees(sent: Any, known: Any) -> bool:
    if isinstance(sent, dict) and isinstance(known, dict):
        return _fits(sent, known)
    if isinstance(sent, list) and isinstance(known, list):
        return len(sent) == len(known) and all(_agrees(*pair) for pair in zip(sent, known, strict=True))
    return bool(sent == known)


def _selection(provided: SelectionSet, name: str) -> SelectionSet | None:
    """What was provided below the field ``name``; None when the field itself was not."""
    found: list[Any] = []
    seen = False
    for each in provided:
        if isinstance(each, InlineFragment):
            inner = _selection(each.selections, name)
            seen, found = seen or inner is not None, [*found, *(inner or ())]
        elif each.name == name:
            seen, found = True, [*found, *(each.selections or ())]
    return tuple(found) if seen else None


def _selected(value: Any, selections: SelectionSet) -> Any:
    """The same of plain values, as a representation would bring it."""
    if isinstance(value, list):
        return [_selected(each, selections) for each in value]
    if isinstance(value, dict) and selections:
        return {
            each.name: _selected(value[each.name], each.selections or ())
            for each in selections
            if isinstance(each, Field)
        }
    return value


def _is_composite(info: GraphQLResolveInfo[Any]) -> bool:
    named = info.return_type
    while hasattr(named, "of_type"):
        named = named.of_type
    return hasattr(named, "fields") or hasattr(named, "types")


def _type_name(source: _Object, info: GraphQLResolveInfo[Any], _kind: object) -> str:
    if source.known_as is not None and source.known_as in info.schema.type_map:
        known = info.schema.type_map[source.known_as]
        if isinstance(known, GraphQLObjectType):
            return source.known_as
    return source.type_name
