"""In-process subgraphs behind a fake transport: each executes GraphQL for real and remembers what it was asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from graphql import (
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    execute,
    parse,
    validate,
)

from gateway.app import open_gateway
from gateway.composition import SubgraphSource, compose
from gateway.executor.transport import SubgraphRequest, SubgraphResponse, TransportError, TransportErrorKind
from gateway.read_settings import load_settings

FEDERATION_DIRECTIVES = """
scalar _Any
scalar federation__FieldSet
directive @key(fields: String!, resolvable: Boolean = true) repeatable on OBJECT | INTERFACE
directive @requires(fields: String!) on FIELD_DEFINITION
directive @provides(fields: String!) on FIELD_DEFINITION
directive @external on OBJECT | FIELD_DEFINITION
directive @shareable repeatable on OBJECT | FIELD_DEFINITION
directive @inaccessible on FIELD_DEFINITION | OBJECT | ENUM_VALUE | INTERFACE | UNION | SCALAR | ENUM
directive @override(from: String!, label: String) on FIELD_DEFINITION
directive @interfaceObject on OBJECT
"""

Resolvers = Mapping[str, Mapping[str, Callable[..., Any]]]


@dataclass
class SubgraphRequestSeen:
    """One request as a subgraph received it."""

    query: str
    variables: dict[str, Any]
    headers: dict[str, str]


@dataclass
class InProcessSubgraph:
    """``answer`` replaces execution: a response body, a response, an error to raise, or a function of the request."""

    schema: GraphQLSchema | None
    sdl: str = ""
    seen: list[SubgraphRequestSeen] = field(default_factory=list)
    answer: Any = None
    gate: asyncio.Event | None = None
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def queries(self) -> list[str]:
        return [each.query for each in self.seen]


def executable_subgraph(sdl: str, resolvers: Resolvers) -> GraphQLSchema:
    """``__resolveReference`` of a type answers its representations; other resolvers take (source, info, **arguments)."""
    entities = [name for name, fields in resolvers.items() if "__resolveReference" in fields]
    extra = FEDERATION_DIRECTIVES
    if entities:
        extra += f"union _Entity = {' | '.join(entities)}\n"
        extend = "extend " if "type Query" in sdl else ""
        extra += f"{extend}type Query {{ _entities(representations: [_Any!]!): [_Entity]! }}\n"
    schema = build_schema(extra + sdl, assume_valid_sdl=True)
    for type_name, fields in resolvers.items():
        type_ = schema.type_map[type_name]
        assert isinstance(type_, GraphQLObjectType)
        for name, resolver in fields.items():
            if name != "__resolveReference":
                type_.fields[name].resolve = resolver
    if entities:
        references = {name: resolvers[name]["__resolveReference"] for name in entities}

        def resolve_entities(_root: Any, _info: Any, representations: list[dict[str, Any]]) -> list[Any]:
            found = []
            for representation in representations:
                entity = references[representation["__typename"]](representation)
                if isinstance(entity, dict):
                    entity = {"__typename": representation["__typename"], **entity}
                found.append(entity)
            return found

        schema.query_type.fields["_entities"].resolve = resolve_entities
    return schema


class FakeTransport:
    """Subgraphs by URL ``http://NAME/graphql``; unknown URLs cannot be reached."""

    def __init__(self, subgraphs: Mapping[str, InProcessSubgraph]) -> None:
        self.subgraphs = dict(subgraphs)
        self.closed = False

    async def send(self, request: SubgraphRequest) -> SubgraphResponse:
        name = request.url.removeprefix("http://").removesuffix("/graphql")
        subgraph = self.subgraphs.get(name)
        if subgraph is None:
            raise TransportError(TransportErrorKind.CONNECT, f"{name} is not there")
        body = json.loads(request.body)
        subgraph.seen.append(SubgraphRequestSeen(body["query"], body.get("variables", {}), dict(request.headers)))
        subgraph.reached.set()
        if subgraph.gate is not None:
            await subgraph.gate.wait()
        await asyncio.sleep(0)
        return self._respond(subgraph, body)

    def _respond(self, subgraph: InProcessSubgraph, body: dict[str, Any]) -> SubgraphResponse:
        answer = subgraph.answer
        if callable(answer):
            answer = answer(body)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, SubgraphResponse):
            return answer
        if isinstance(answer, bytes):
            return SubgraphResponse(200, (("content-type", "application/json"),), answer)
        if answer is None:
            answer = self._execute(subgraph.schema, body)
        return SubgraphResponse(200, (("content-type", "application/json"),), json.dumps(answer).encode())

    def _execute(self, schema: GraphQLSchema | None, body: dict[str, Any]) -> dict[str, Any]:
        assert schema is not None
        document = parse(body["query"])
        errors = validate(schema, document)
        if errors:
            return {"errors": [error.formatted for error in errors]}
        result = execute(
            schema, document, variable_values=body.get("variables"), operation_name=body.get("operationName")
        )
        return result.formatted

    async def close(self) -> None:
        self.closed = True


@pytest.fixture
def make_subgraph() -> Callable[..., InProcessSubgraph]:
    """``make_subgraph(sdl, resolvers)`` executes; ``make_subgraph(answer=…)`` answers the same every time."""

    def make(sdl: str | None = None, resolvers: Resolvers | None = None, answer: Any = None) -> InProcessSubgraph:
        schema = executable_subgraph(sdl, resolvers or {}) if sdl is not None else None
        return InProcessSubgraph(schema, sdl or "", answer=answer)

    return make


@pytest.fixture
def make_transport() -> Callable[..., FakeTransport]:
    def make(**subgraphs: InProcessSubgraph) -> FakeTransport:
        return FakeTransport(subgraphs)

    return make


FEDERATION_LINK = """
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@provides",
  "@external", "@shareable", "@inaccessible", "@override", "@interfaceObject", "@authenticated", "@requiresScopes",
  "@policy", "@tag", "@context", "@fromContext"])
"""


@dataclass
class RunningGateway:
    """A whole gateway, reached as clients reach it: over HTTP."""

    http: httpx.AsyncClient
    transport: FakeTransport
    supergraph_file: Path
    application: Any

    async def send(
        self, query: str, variables: dict[str, Any] | None = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """The answer's JSON."""
        response = await self.http.post(
            "/graphql",
            json={"query": query, "variables": variables or {}},
            headers={"accept": "application/graphql-response+json", **(headers or {})},
        )
        return response.json()

    def asked(self, subgraph: str) -> list[str]:
        """The operations that a subgraph has received."""
        return self.transport.subgraphs[subgraph].queries


@pytest.fixture
def compose_supergraph() -> Callable[[Mapping[str, str]], str]:
    """The supergraph of subgraph SDLs; the federation link is added to those without one."""

    def make(sdls: Mapping[str, str]) -> str:
        composition = compose(
            [
                SubgraphSource(name, f"http://{name}/graphql", sdl if "@link" in sdl else FEDERATION_LINK + sdl)
                for name, sdl in sdls.items()
            ]
        )
        assert composition.supergraph is not None, composition.errors
        return composition.supergraph.text

    return make


@pytest.fixture
async def start_gateway(tmp_path, compose_supergraph) -> AsyncIterator[Callable[..., Any]]:
    """``await start_gateway({"accounts": subgraph, …}, limits={…})`` composes, starts and gives a RunningGateway.

    Keyword arguments are sections of the settings.
    """
    async with AsyncExitStack() as stack:

        async def start(
            subgraphs: Mapping[str, InProcessSubgraph],
            *,
            supergraph: str | None = None,
            environment: Mapping[str, str] | None = None,
            events: Any = None,
            **sections: dict[str, Any],
        ) -> RunningGateway:
            file = tmp_path / "supergraph.graphql"
            file.write_text(supergraph or compose_supergraph({name: each.sdl for name, each in subgraphs.items()}))
            transport = FakeTransport(subgraphs)
            overrides = {(section, key): value for section, keys in sections.items() for key, value in keys.items()}
            settings = load_settings(None, {}, {("supergraph", "source"): str(file), **overrides})
            application = await stack.enter_async_context(open_gateway(settings, environment or {}, transport, events))
            http = await stack.enter_async_context(
                httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://gateway")
            )
            return RunningGateway(http, transport, file, application)

        yield start
