"""``_entities``: representations grouped by type, one call per type (Federation: resolving entities)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from graphql import GraphQLResolveInfo, GraphQLSchema

from shared.errors import AppError, BadUserInput, LimitExceeded
from shared.subgraph_app.definition import EntityResolver


def install_entity_resolvers(
    schema: GraphQLSchema, resolvers: Mapping[str, EntityResolver], *, max_representations: int
) -> None:
    """Replace the framework's ``_entities`` by a set-based one. Raises KeyError for a resolver without a type."""
    for name in resolvers:
        if name not in schema.type_map:
            raise KeyError(f"there is an entity resolver for {name}, but no such type")

    async def resolve(_: Any, info: GraphQLResolveInfo[Any], representations: Sequence[Any]) -> list[object]:
        if len(representations) > max_representations:
            raise LimitExceeded(f"At most {max_representations} representations are resolved at once.")
        return await _resolve_by_type(resolvers, info.context, representations)

    if schema.query_type is not None and "_entities" in schema.query_type.fields:
        schema.query_type.fields["_entities"].resolve = resolve


async def _resolve_by_type(
    resolvers: Mapping[str, EntityResolver], context: Any, representations: Sequence[Any]
) -> list[object]:
    """Objects in the order of ``representations``; an exception in a place is that place's error."""
    results: list[object] = [None] * len(representations)
    places: dict[str, list[int]] = {}
    for index, representation in enumerate(representations):
        typename = representation.get("__typename") if isinstance(representation, dict) else None
        if isinstance(typename, str) and typename in resolvers:
            places.setdefault(typename, []).append(index)
        else:
            results[index] = BadUserInput("A representation names no entity of this subgraph.")
    groups = await asyncio.gather(
        *(
            _resolve_group(resolvers[typename], context, [representations[index] for index in indexes])
            for typename, indexes in places.items()
        )
    )
    for indexes, objects in zip(places.values(), groups, strict=True):
        for index, value in zip(indexes, objects, strict=True):
            results[index] = value
    return results


async def _resolve_group(
    resolver: EntityResolver, context: Any, representations: Sequence[Mapping[str, Any]]
) -> Sequence[object]:
    try:
        objects = await resolver(context, representations)
    except (AppError, KeyError, TypeError) as error:
        shown = BadUserInput("A representation lacks key fields.") if isinstance(error, KeyError) else error
        return [shown] * len(representations)
    if len(objects) != len(representations):
        raise RuntimeError("an entity resolver must answer each representation")
    return objects
