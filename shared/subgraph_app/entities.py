"""``_entities``: representations grouped by type, one call per type (Federation: resolving entities)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from graphql import (
    GraphQLID,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLString,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
)

from shared.errors import AppError, BadUserInput, LimitExceeded
from shared.subgraph_app.definition import EntityResolver

logger = logging.getLogger(__name__)

TextFields: TypeAlias = Mapping[str, GraphQLOutputType]
"""Fields of an entity type that hold text or lists of it, with their types."""


def install_entity_resolvers(
    schema: GraphQLSchema, resolvers: Mapping[str, EntityResolver], *, max_representations: int
) -> None:
    """Replace the framework's ``_entities`` by a set-based one. Raises KeyError for a resolver without a type."""
    forms = {name: _text_fields(schema, name) for name in resolvers}

    async def resolve(_: Any, info: GraphQLResolveInfo[Any], representations: Sequence[Any]) -> list[object]:
        if len(representations) > max_representations:
            raise LimitExceeded(f"At most {max_representations} representations are resolved at once.")
        return await _resolve_by_type(resolvers, forms, info.context, representations)

    if schema.query_type is not None and "_entities" in schema.query_type.fields:
        schema.query_type.fields["_entities"].resolve = resolve


async def _resolve_by_type(
    resolvers: Mapping[str, EntityResolver],
    forms: Mapping[str, TextFields],
    context: Any,
    representations: Sequence[Any],
) -> list[object]:
    """Objects in the order of ``representations``; an exception in a place is that place's error."""
    results: list[object] = [None] * len(representations)
    places: dict[str, list[int]] = {}
    for index, representation in enumerate(representations):
        typename = representation.get("__typename") if isinstance(representation, dict) else None
        if not isinstance(typename, str) or typename not in resolvers:
            results[index] = BadUserInput("A representation names no entity of this subgraph.")
        elif not _is_well_formed(representation, forms[typename]):
            results[index] = BadUserInput("A representation's fields do not have the types of the schema.")
        else:
            places.setdefault(typename, []).append(index)
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
    except KeyError as error:
        # Of a representation, as far as anybody can tell from here: a defect of the resolver would look the same.
        logger.warning("an entity resolver missed the field %s", error)
        return [BadUserInput("A representation lacks key fields.")] * len(representations)
    except (AppError, TypeError) as error:
        return [error] * len(representations)
    if len(objects) != len(representations):
        raise RuntimeError("an entity resolver must answer each representation")
    return objects


def _text_fields(schema: GraphQLSchema, typename: str) -> TextFields:
    kind = schema.type_map[typename]
    if not isinstance(kind, GraphQLObjectType):
        raise TypeError(f"there is an entity resolver for {typename}, which is no object type")
    return {
        name: field.type
        for name, field in kind.fields.items()
        if get_named_type(field.type) in (GraphQLID, GraphQLString)
    }


def _is_well_formed(representation: Mapping[str, Any], form: TextFields) -> bool:
    """True when resolvers can rely on text being text: it goes into queries."""
    return all(_is_text(representation[name], kind) for name, kind in form.items() if name in representation)


def _is_text(value: Any, kind: GraphQLOutputType) -> bool:
    if value is None:
        return not is_non_null_type(kind)
    inner = get_nullable_type(kind)
    if is_list_type(inner):
        return isinstance(value, list) and all(_is_text(each, inner.of_type) for each in value)
    return isinstance(value, str)
