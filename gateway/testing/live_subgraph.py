"""A subgraph of a world that really executes: graphql-core over the world's data, strict about federation's rules.

It answers only what it owns: an external field that was neither provided nor sent in a representation is an error, a
field that was overridden answers a value that no client may ever see.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import (
    DocumentNode,
    GraphQLAbstractType,
    GraphQLError,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
    build_ast_schema,
    execute_sync,
    parse,
    validate,
)

from gateway.federation.field_set import parse_field_set
from gateway.selection_set import Field, InlineFragment, SelectionSet
from gateway.testing.random_data import ROOT_KEY
from gateway.testing.required_values import (
    NotGiven,
    computed_value,
    select_from_data,
    select_from_representation,
)
from gateway.testing.subgraph_schema import executable_document
from gateway.testing.world import Ref, Role, SubgraphName, World, WorldField
from gateway.testing.world_sdl import subgraph_sdl

_log = logging.getLogger(__name__)

STALE: Final = "STALE"
KEY_NAMES: Final = ("id", "code", "meta", "marks")


@dataclass(frozen=True, slots=True)
class _Source:
    """An object under execution: which one, under which type name this subgraph knows it, what came with it."""

    ref: Ref
    type_name: str
    representation: Mapping[str, Any] = field(default_factory=dict)
    provided: SelectionSet = ()


class LiveSubgraph:
    """Executes requests in process and remembers the documents that it was sent; ``effects`` notes its mutations."""

    def __init__(self, world: World, name: SubgraphName, effects: list[str]) -> None:
        self.requests: list[str] = []
        self._effects = effects
        self._world = world
        self._name = name
        self._schema = build_ast_schema(executable_document(subgraph_sdl(world, name)), assume_valid_sdl=True)
        _bind(self._schema, self)

    def execute(self, body: bytes) -> bytes:
        """The response body to a request body, both JSON."""
        request = json.loads(body)
        self.requests.append(request["query"])
        document = parse(request["query"])
        problems = validate(self._schema, document)
        if problems:
            _log.error("%s was sent an invalid document: %s\n%s", self._name, problems, request["query"])
            return json.dumps({"errors": [problem.formatted for problem in problems]}).encode()
        root = root_of(document)
        result = execute_sync(
            self._schema,
            document,
            root_value=_Source(root, root.type_name),
            variable_values=request.get("variables") or {},
            operation_name=request.get("operationName"),
        )
        return json.dumps(result.formatted).encode()

    def resolve(self, source: _Source, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        definition = self._world.types[source.type_name].fields[info.field_name]
        if source.type_name == "Mutation":
            self._effects.append(info.field_name)
        match self._world.role(definition, self._name):
            case Role.OVERRIDDEN:
                return STALE if definition.named_type in {"String", "ID"} else None
            case Role.EXTERNAL:
                return self._external(source, definition)
            case Role.RESOLVED | Role.SHARED:
                return self._owned(source, definition, arguments)

    def _external(self, source: _Source, definition: WorldField) -> Any:
        below = _provided_below(source, definition.name)
        if below is not None:
            return self._sources(self._world.value(source.ref, definition.name, {}), below)
        if definition.name in source.representation:
            return source.representation[definition.name]
        raise GraphQLError(f"{source.type_name}.{definition.name} is external in {self._name}")

    def _owned(self, source: _Source, definition: WorldField, arguments: Mapping[str, Any]) -> Any:
        if self._name in definition.requires:
            needs = parse_field_set(definition.requires[self._name])
            if source.provided and not source.representation:
                return computed_value(definition.name, self._provided(source, needs))
            try:
                return computed_value(definition.name, select_from_representation(source.representation, needs))
            except NotGiven as missing:
                raise GraphQLError(f"{definition.name} was asked for without {missing}") from missing
        provided = parse_field_set(definition.provides[self._name]) if self._name in definition.provides else ()
        provided += _provided_below(source, definition.name) or ()
        return self._sources(self._world.value(source.ref, definition.name, arguments), provided)

    def _provided(self, source: _Source, needs: SelectionSet) -> dict[str, Any]:
        """What a field requires, from what the way here provides and from what the subgraph has itself."""
        for each in needs:
            if not isinstance(each, Field) or _provided_below(source, each.name) is not None:
                continue
            if self._world.role(self._world.types[source.type_name].fields[each.name], self._name) is Role.EXTERNAL:
                raise GraphQLError(f"{source.type_name}.{each.name} is required, but was neither sent nor provided")
        return select_from_data(self._world.data, self._world.types, source.ref, needs)

    def _sources(self, value: Any, provided: SelectionSet) -> Any:
        if isinstance(value, list):
            return [self._sources(item, provided) for item in value]
        if not isinstance(value, Ref):
            return value
        return _Source(value, self._world.known_as(value.type_name, self._name), provided=provided)

    def entities(self, representations: Sequence[Mapping[str, Any]]) -> list[_Source | None]:
        """The objects that the representations name; null for those whose key fits none."""
        return [self._entity(representation) for representation in representations]

    def _entity(self, representation: Mapping[str, Any]) -> _Source | None:
        type_name = representation["__typename"]
        kind = self._world.types[type_name]
        if self._name not in kind.keys or self._name in kind.stubs:
            raise GraphQLError(f"{type_name} is no entity of {self._name}")
        if not any(_has_key(representation, key) for key in kind.keys[self._name]):
            raise GraphQLError(f"a representation of {type_name} has no whole key of {self._name}")
        candidates = [type_name] if kind.kind == "type" else self._implementations(type_name)
        for candidate in candidates:
            for key, values in self._world.data[candidate].items():
                if all(_same(representation[name], values[name]) for name in KEY_NAMES if name in representation):
                    known_as = type_name if self._name in kind.interface_object_in else candidate
                    return _Source(Ref(candidate, key), known_as, representation)
        return None

    def _implementations(self, interface: str) -> list[str]:
        return [kind.name for kind in self._world.types.values() if interface in kind.interfaces]


def root_of(document: DocumentNode) -> Ref:
    """The object that the (only) operation starts from."""
    kinds = [node.operation for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    return Ref(kinds[0].value.capitalize(), ROOT_KEY)


def _provided_below(source: _Source, name: str) -> SelectionSet | None:
    """What is provided inside a field; None when the field itself is not."""
    found: SelectionSet | None = None
    for selection in source.provided:
        fits = isinstance(selection, InlineFragment) and selection.type_condition == source.ref.type_name
        for each in selection.selections or () if fits else (selection,):
            if isinstance(each, Field) and each.name == name:
                found = (*(found or ()), *(each.selections or ()))
    return found


def _has_key(representation: Mapping[str, Any], key: str) -> bool:
    try:
        select_from_representation(representation, parse_field_set(key))
    except NotGiven:
        return False
    return True


def _same(sent: Any, known: Any) -> bool:
    return bool(sent == {"tag": f"tag:{known.key}"} if isinstance(known, Ref) else sent == known)


def _bind(schema: GraphQLSchema, subgraph: LiveSubgraph) -> None:
    """Give every field its resolver and every abstract type its way to tell."""
    for kind in schema.type_map.values():
        if kind.name.startswith("__"):
            continue
        if isinstance(kind, GraphQLObjectType):
            for definition in kind.fields.values():
                definition.resolve = subgraph.resolve
        elif hasattr(kind, "resolve_type"):
            kind.resolve_type = _type_name
    assert schema.query_type is not None
    if "_entities" in schema.query_type.fields:
        schema.query_type.fields["_entities"].resolve = lambda _source, _info, representations: subgraph.entities(
            representations
        )


def _type_name(source: _Source, _info: Any, _kind: GraphQLAbstractType) -> str:
    return source.type_name
