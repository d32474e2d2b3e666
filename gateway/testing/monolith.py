"""The oracle: graphql-core over the whole world as if it were one service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    ExecutionResult,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    build_schema,
    execute_sync,
    parse,
)

from gateway.testing.live_subgraph import root_of
from gateway.testing.world import Ref, World
from gateway.testing.world_sdl import monolith_sdl


class Monolith:
    """Answers operations over the API schema of a world; ``effects`` are the mutations of the last one, in order."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.effects: list[str] = []
        self.schema: GraphQLSchema = build_schema(monolith_sdl(world))
        for kind in self.schema.type_map.values():
            if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
                for definition in kind.fields.values():
                    definition.resolve = self._resolve
            elif hasattr(kind, "resolve_type"):
                kind.resolve_type = _type_name

    def execute(self, text: str, variables: Mapping[str, Any]) -> ExecutionResult:
        """The one right answer."""
        self.effects.clear()
        document = parse(text)
        return execute_sync(self.schema, document, root_value=root_of(document), variable_values=dict(variables))

    def _resolve(self, source: Ref, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        if source.type_name == "Mutation":
            self.effects.append(info.field_name)
        return self._world.value(source, info.field_name, arguments)


def _type_name(source: Ref, *_: object) -> str:
    return source.type_name
