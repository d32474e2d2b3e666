"""The reviews subgraph's GraphQL schema: root fields, and how its entities are resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import strawberry

from shared.ids import has_prefix
from shared.subgraph_app import EntityResolver
from shared.subgraph_app.strawberry_prelude import federation_schema
from subgraphs.reviews.context import ReviewsContext, ReviewsInfo
from subgraphs.reviews.types import OrderLine, Product, Review, is_visible


@strawberry.type
class Query:
    @strawberry.field
    async def review(self, info: ReviewsInfo, id: strawberry.ID) -> Review | None:  # noqa: A002 - the schema's name
        [found] = await resolve_reviews(info.context, [{"id": id}])
        return found


schema: Final = federation_schema(Query, types=[Product, OrderLine])


async def resolve_reviews(context: ReviewsContext, representations: Sequence[Mapping[str, Any]]) -> list[Review | None]:
    """Reviews that the caller may see."""
    ids = [each["id"] if _is_review_id(each.get("id")) else None for each in representations]
    known = [each for each in ids if each is not None]
    rows = dict(zip(known, await context.loaders.review.load_many(known), strict=True))
    found = [rows.get(each) if each is not None else None for each in ids]
    return [Review.from_row(row) if row is not None and is_visible(row, context.principal) else None for row in found]


async def resolve_products(_: ReviewsContext, representations: Sequence[Mapping[str, Any]]) -> Sequence[object | None]:
    """Whatever product it is: whether it exists is for products to say."""
    return [Product(id=strawberry.ID(each["id"])) for each in representations]


async def resolve_order_lines(
    _: ReviewsContext, representations: Sequence[Mapping[str, Any]]
) -> Sequence[object | None]:
    """Whatever line it is: whether it exists is for orders to say."""
    return [OrderLine(id=strawberry.ID(each["id"])) for each in representations]


ENTITIES: Final[Mapping[str, EntityResolver]] = {
    "Review": resolve_reviews,
    "Product": resolve_products,
    "OrderLine": resolve_order_lines,
}


def _is_review_id(value: object) -> bool:
    return isinstance(value, str) and has_prefix(value, "rev")
