"""Tables of the reviews database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, DateTime, Index, MetaData, Text
from sqlmodel import Field, SQLModel

metadata = MetaData()


class ReviewsTable(SQLModel):
    """Base that keeps these tables in the metadata of this domain."""

    metadata = metadata


def _instant(*, nullable: bool = False) -> Column[datetime]:
    return Column(DateTime(timezone=True), nullable=nullable)


class ReviewRow(ReviewsTable, table=True):
    """A review. ``author_name`` is a copy of the author's display name, so that a list needs no second service."""

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("rating BETWEEN 1 AND 5", name="review_rating"),
        Index("review_helpful", "product_id", "status", "helpful_count", "id"),
        Index("review_newest", "product_id", "status", "created_at", "id"),
        Index("review_rating_order", "product_id", "status", "rating", "id"),
        Index("review_author", "author_id", "created_at", "id"),
        Index("review_order_line", "order_line_id", unique=True),
    )
    id: str = Field(sa_column=Column(Text, primary_key=True))
    product_id: str = Field(sa_column=Column(Text, nullable=False))
    author_id: str = Field(sa_column=Column(Text, nullable=False))
    author_name: str = Field(sa_column=Column(Text, nullable=False))
    order_line_id: str | None = Field(default=None, sa_column=Column(Text))
    status: str = Field(sa_column=Column(Text, nullable=False))
    verified_purchase: bool
    rating: int
    title: str | None = Field(default=None, sa_column=Column(Text))
    body: str = Field(sa_column=Column(Text, nullable=False))
    language: str = Field(sa_column=Column(Text, nullable=False))
    helpful_count: int = 0
    unhelpful_count: int = 0
    created_at: datetime = Field(sa_column=_instant())
    edited_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
    version: int = 1


class RatingRow(ReviewsTable, table=True):
    """Counts of a product's approved reviews by stars; whoever writes a review keeps them in its transaction."""

    __tablename__ = "rating"
    product_id: str = Field(sa_column=Column(Text, primary_key=True))
    stars_1: int = 0
    stars_2: int = 0
    stars_3: int = 0
    stars_4: int = 0
    stars_5: int = 0


class PurchaseRow(ReviewsTable, table=True):
    """A line that a customer bought, copied from orders by event: who may review what as a verified purchase."""

    __tablename__ = "purchase"
    __table_args__ = (Index("purchase_customer", "customer_id", "product_id"),)
    order_line_id: str = Field(sa_column=Column(Text, primary_key=True))
    customer_id: str = Field(sa_column=Column(Text, nullable=False))
    product_id: str = Field(sa_column=Column(Text, nullable=False))
    placed_at: datetime = Field(sa_column=_instant())
