"""GraphQL types of the reviews subgraph. No SQL: data comes from rows already loaded and from the loaders."""

from __future__ import annotations

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.federation.types import FieldSet

from shared.auth import Principal
from shared.pagination import Page, page_request
from shared.subgraph_app.strawberry_prelude import DateTime, IntFilter, LanguageCode, Node, PageInfo, page_info
from subgraphs.reviews.context import ReviewsInfo
from subgraphs.reviews.domain import Eligibility, IneligibleReason, Rating, ReviewOrder, ReviewStatus
from subgraphs.reviews.models import ReviewRow
from subgraphs.reviews.repository import ReviewQuery, cursor_types

strawberry.enum(ReviewStatus)
strawberry.enum(ReviewOrder, name="ReviewSort")
strawberry.enum(IneligibleReason, name="ReviewIneligibleReason")


def is_visible(row: ReviewRow, principal: Principal) -> bool:
    """Everybody sees approved reviews; authors and moderators see the others too."""
    approved = row.status == ReviewStatus.APPROVED.value
    return approved or principal.is_user(row.author_id) or principal.has_scope("reviews:moderate")


@strawberry.type
class RatingBucket:
    stars: int
    count: int


@strawberry.type(description="average is null when count is 0.")
class RatingSummary:
    average: float | None
    count: int
    distribution: list[RatingBucket]
    recommend_percent: float | None

    @classmethod
    def from_rating(cls, rating: Rating) -> RatingSummary:
        return cls(
            average=rating.average,
            count=rating.count,
            distribution=[RatingBucket(stars=stars, count=count) for stars, count in enumerate(rating.by_stars, 1)],
            recommend_percent=rating.recommend_percent,
        )


@strawberry.federation.type(keys=[Key(fields=FieldSet("id"), resolvable=False)])
class User:
    id: strawberry.ID
    display_name: str = strawberry.federation.field(external=True, description="Safe to show next to a review.")


@strawberry.federation.type(keys=["id"])
class Review(Node):
    id: strawberry.ID
    status: ReviewStatus
    verified_purchase: bool
    rating: int
    title: str | None
    body: str
    language: LanguageCode
    helpful_count: int
    unhelpful_count: int
    created_at: DateTime
    edited_at: DateTime | None
    version: int
    row: strawberry.Private[ReviewRow]

    @classmethod
    def from_row(cls, row: ReviewRow) -> Review:
        return cls(
            id=strawberry.ID(row.id),
            status=ReviewStatus(row.status),
            verified_purchase=row.verified_purchase,
            rating=row.rating,
            title=row.title,
            body=row.body,
            language=LanguageCode(row.language),
            helpful_count=row.helpful_count,
            unhelpful_count=row.unhelpful_count,
            created_at=DateTime(row.created_at),
            edited_at=DateTime(row.edited_at) if row.edited_at else None,
            version=row.version,
            row=row,
        )

    @strawberry.field
    def product(self) -> Product | None:
        return Product(id=strawberry.ID(self.row.product_id))

    @strawberry.federation.field(provides=["displayName"])
    def author(self) -> User | None:
        return User(id=strawberry.ID(self.row.author_id), display_name=self.row.author_name)

    @strawberry.field
    def order_line(self) -> OrderLine | None:
        line = self.row.order_line_id
        return OrderLine(id=strawberry.ID(line)) if line else None


@strawberry.type
class ReviewEdge:
    cursor: str
    node: Review


@strawberry.type
class ReviewConnection:
    edges: list[ReviewEdge]
    nodes: list[Review]
    page_info: PageInfo
    total_count: int

    @classmethod
    def from_page(cls, page: Page[ReviewRow]) -> ReviewConnection:
        nodes = [Review.from_row(row) for row in page.items]
        return cls(
            edges=[ReviewEdge(cursor=cursor, node=node) for cursor, node in zip(page.cursors, nodes, strict=True)],
            nodes=nodes,
            page_info=page_info(page),
            total_count=page.total_count,
        )


@strawberry.input
class ReviewFilter:
    rating: IntFilter | None = strawberry.UNSET
    verified_only: bool | None = strawberry.UNSET
    language: LanguageCode | None = strawberry.UNSET


@strawberry.type
class ReviewEligibility:
    allowed: bool
    reason: IneligibleReason | None
    order_line: OrderLine | None

    @classmethod
    def from_eligibility(cls, found: Eligibility) -> ReviewEligibility:
        line = OrderLine(id=strawberry.ID(found.order_line_id)) if found.order_line_id else None
        return cls(allowed=found.allowed, reason=found.reason, order_line=line)


@strawberry.federation.type(keys=["id"])
class Product:
    id: strawberry.ID

    @strawberry.field(description="Read from a counter table maintained in the writing transaction.")
    async def rating(self, info: ReviewsInfo) -> RatingSummary | None:
        return RatingSummary.from_rating(await info.context.loaders.rating.load(self.id))

    @strawberry.field
    async def reviews(
        self,
        info: ReviewsInfo,
        first: int | None = 10,
        after: str | None = strawberry.UNSET,
        filter: ReviewFilter | None = strawberry.UNSET,  # noqa: A002 - the schema's name
        sort: ReviewOrder | None = ReviewOrder.MOST_HELPFUL,
    ) -> ReviewConnection | None:
        query = _query(first, after or None, filter or ReviewFilter(), sort or ReviewOrder.MOST_HELPFUL)
        return ReviewConnection.from_page(await info.context.loaders.product_reviews(self.id, query))

    @strawberry.field(description="Whether the caller may review it: one review for each product bought.")
    async def can_review(self, info: ReviewsInfo) -> ReviewEligibility | None:
        return ReviewEligibility.from_eligibility(await info.context.loaders.eligibility.load(self.id))


@strawberry.federation.type(keys=["id"])
class OrderLine:
    id: strawberry.ID

    @strawberry.field
    async def review(self, info: ReviewsInfo) -> Review | None:
        row = await info.context.loaders.review_of_order_line.load(self.id)
        return Review.from_row(row) if row is not None and is_visible(row, info.context.principal) else None


def _query(first: int | None, after: str | None, wanted: ReviewFilter, order: ReviewOrder) -> ReviewQuery:
    low, high = _stars(wanted.rating or IntFilter())
    return ReviewQuery(
        page=page_request(order.value, cursor_types(order), first=first, after=after),
        order=order,
        verified_only=bool(wanted.verified_only),
        language=wanted.language or None,
        min_rating=low,
        max_rating=high,
    )


def _stars(wanted: IntFilter) -> tuple[int | None, int | None]:
    """The closed range of stars that a filter admits; an end is None where nothing limits it."""
    lows = [(wanted.eq, 0), (wanted.gte, 0), (wanted.gt, 1)]
    highs = [(wanted.eq, 0), (wanted.lte, 0), (wanted.lt, -1)]
    low = [bound + offset for bound, offset in lows if bound is not None and bound is not strawberry.UNSET]
    high = [bound + offset for bound, offset in highs if bound is not None and bound is not strawberry.UNSET]
    return max(low, default=None), min(high, default=None)
