"""Loads the demo's reviews and counts the ratings that they add up to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.db import copy_rows
from shared.db.demo_load import load_once
from shared.demo import Catalogue, Product, Review, reviews_of
from shared.subgraph_app import SeedRequest
from subgraphs.reviews.domain import ReviewStatus
from subgraphs.reviews.settings import ReviewsSettings

TABLES = ("purchase", "rating", "review")
_REVIEW_COLUMNS = (
    "id",
    "product_id",
    "author_id",
    "author_name",
    "status",
    "verified_purchase",
    "rating",
    "title",
    "body",
    "language",
    "helpful_count",
    "unhelpful_count",
    "created_at",
    "version",
)
_RATING_COLUMNS = ("product_id", "stars_1", "stars_2", "stars_3", "stars_4", "stars_5")


async def seed(settings: ReviewsSettings, request: SeedRequest) -> None:
    """Load once; a second call with the same size does nothing."""
    load = partial(_load, request=request)
    await load_once(settings.database, "reviews", request.size, load, tables=TABLES, reset=request.reset)


async def _load(connection: AsyncConnection, request: SeedRequest) -> None:
    done = 0
    for chunk in Catalogue(request.size).products():
        reviews = {product.id: reviews_of(product) for product in chunk}
        await copy_rows(connection, "review", _REVIEW_COLUMNS, (_row(each) for of in reviews.values() for each in of))
        await copy_rows(connection, "rating", _RATING_COLUMNS, _ratings(reviews))
        done += _variants(chunk)
        request.progress("reviews", done, request.size)


def _variants(products: Iterable[Product]) -> int:
    return sum(len(product.variants) for product in products)


def _row(review: Review) -> tuple[object, ...]:
    return (
        review.id,
        review.product_id,
        review.author_id,
        review.author_name,
        ReviewStatus.APPROVED.value,
        review.verified_purchase,
        review.rating,
        review.title,
        review.body,
        review.language,
        review.helpful_count,
        0,
        review.created_at,
        1,
    )


def _ratings(reviews: dict[str, tuple[Review, ...]]) -> list[tuple[object, ...]]:
    return [
        (product_id, *(sum(review.rating == stars for review in of) for stars in range(1, 6)))
        for product_id, of in reviews.items()
        if of
    ]
