"""A subgraph of a world that really executes: graphql-core over the world's data, strict about federation's rules.

It answers only what it owns: an external field that was neither provided nor sent in a representation is an error, a
field that was overridden answers a value that no client may ever see.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from graphql import (
    GraphQLAbstractType,
    GraphQLError,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    build_ast_schema,
    execute_sync,
    parse,
)

from gateway.testing.random_data import ROOT_KEY, computed_value
from gateway.testing.subgraph_schema import executable_document
from gateway.testing.world import Ref, Role, SubgraphName, World, WorldField
from gateway.testing.world_sdl import subgraph_sdl

STALE: Final = "STALE"


@dataclass(frozen=True, slots=True)
class _Source:
    """An object under execution: which one, under which type name this subgraph knows it, what came with it."""

    ref: Ref
    type_name: str
    representation: Mapping[str, Any] = field(default_factory=dict)
    provided: frozenset[str] = frozenset()


class LiveSubgraph:
    """Executes requests in process and remembers the documents that it was sent."""

    def __init__(self, world: World, name: SubgraphName) -> None:
        self.requests: list[str] = []
        self._world = world
        self._name = name
        self._schema = build_ast_schema(executable_document(subgraph_sdl(world, name)), assume_valid_sdl=True)
        _bind(self._schema, self)

    def execute(self, body: bytes) -> bytes:
        """The response body to a request body, both JSON."""
        request = json.loads(body)
        self.requests.append(request["query"])
        result = execute_sync(
            self._schema,
            parse(request["query"]),
            root_value=_Source(Ref("Query", ROOT_KEY), "Query"),
            variable_values=request.get("variables") or {},
            operation_name=request.get("operationName"),
        )
        return json.dumps(result.formatted).encode()

    def resolve(self, source: _Source, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        definition = self._world.types[source.type_name].fields[info.field_name]
        match definition.roles[self._name]:
            case Role.OVERRIDDEN:
                return STALE if definition.named_type in {"String", "ID"} else None
            case Role.EXTERNAL:
                return self._external(source, definition)
            case Role.RESOLVED | Role.SHARED:
                return self._owned(source, definition, arguments)

    def _external(self, source: _Source, definition: WorldField) -> Any:
        if definition.name in source.provided:
            return self._world.value(source.ref, definition.name, {})
        if definition.name in source.representation:
            return source.representation[definition.name]
        raise GraphQLError(f"{source.type_name}.{definition.name} is external in {self._name}")

    def _owned(self, source: _Source, definition: WorldField, arguments: Mapping[str, Any]) -> Any:
        if self._name in definition.requires:
            needs = definition.requires[self._name].split()
            missing = [name for name in needs if name not in source.representation]
            if missing:
                raise GraphQLError(f"{definition.name} was asked for without {', '.join(missing)}")
            return computed_value({name: source.representation[name] for name in needs})
        provided = frozenset(definition.provides.get(self._name, "").split())
        return self._sources(self._world.value(source.ref, definition.name, arguments), provided)

    def _sources(self, value: Any, provided: frozenset[str]) -> Any:
        if isinstance(value, list):
            return [self._sources(item, provided) for item in value]
        return _Source(value, value.type_name, provided=provided) if isinstance(value, Ref) else value

    def entities(self, representations: Sequence[Mapping[str, Any]]) -> list[_Source | None]:
        """The objects that the representations name; null for those whose key fits none."""
        return [self._entity(representation) for representation in representations]

    def _entity(self, representation: Mapping[str, Any]) -> _Source | None:
        type_name = representation["__typename"]
        kind = self._world.types[type_name]
        if self._name not in kind.keys:
            raise GraphQLError(f"{type_name} is no entity of {self._name}")
        if not any(all(name in representation for name in key.split()) for key in kind.keys[self._name]):
            raise GraphQLError(f"a representation of {type_name} has no whole key of {self._name}")
        candidates = [type_name] if kind.kind == "type" else self._implementations(type_name)
        for candidate in candidates:
            for key, values in self._world.data[candidate].items():
                if all(representation.get(name, values[name]) == values[name] for name in _key_names(values)):
                    known_as = type_name if self._name in kind.interface_object_in else candidate
                    return _Source(Ref(candidate, key), known_as, representation)
        return None

    def _implementations(self, interface: str) -> list[str]:
        return [kind.name for kind in self._world.types.values() if interface in kind.interfaces]


def _key_names(values: Mapping[str, Any]) -> list[str]:
    return [name for name in ("id", "code") if name in values]


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
