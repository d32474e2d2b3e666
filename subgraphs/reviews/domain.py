"""Pure rules of reviews: what a rating says, which reviews a shopper sees, how they are ordered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

RECOMMENDING_STARS: Final = (4, 5)


class ReviewStatus(StrEnum):
    """Life of a review; only approved ones are public."""

    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    FLAGGED = "FLAGGED"
    WITHDRAWN = "WITHDRAWN"


class ReviewOrder(StrEnum):
    """Orders of a list of reviews."""

    NEWEST = "NEWEST"
    OLDEST = "OLDEST"
    MOST_HELPFUL = "MOST_HELPFUL"
    RATING_HIGH = "RATING_HIGH"
    RATING_LOW = "RATING_LOW"


@dataclass(frozen=True, slots=True)
class Rating:
    """Approved reviews of one product, counted by stars from 1 to 5."""

    by_stars: tuple[int, int, int, int, int]

    @property
    def count(self) -> int:
        return sum(self.by_stars)

    @property
    def average(self) -> float | None:
        """Mean stars, to two decimals; None without reviews."""
        if not self.count:
            return None
        return round(sum(stars * count for stars, count in enumerate(self.by_stars, 1)) / self.count, 2)

    @property
    def recommend_percent(self) -> float | None:
        """Share of reviews with four or five stars, in percent to one decimal; None without reviews."""
        if not self.count:
            return None
        return round(100 * sum(self.by_stars[stars - 1] for stars in RECOMMENDING_STARS) / self.count, 1)


UNRATED: Final = Rating((0, 0, 0, 0, 0))


class IneligibleReason(StrEnum):
    """Why somebody may not review a product."""

    SIGN_IN_REQUIRED = "SIGN_IN_REQUIRED"
    NOT_PURCHASED = "NOT_PURCHASED"
    ALREADY_REVIEWED = "ALREADY_REVIEWED"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Whether a product may be reviewed, and with which ordered line; ``reason`` says why not."""

    order_line_id: str | None = None
    reason: IneligibleReason | None = None

    @property
    def allowed(self) -> bool:
        return self.reason is None


def eligibility(*, signed_in: bool, order_line_id: str | None, reviewed: bool) -> Eligibility:
    """One review for each product that somebody has bought."""
    if not signed_in:
        return Eligibility(reason=IneligibleReason.SIGN_IN_REQUIRED)
    if order_line_id is None:
        return Eligibility(reason=IneligibleReason.NOT_PURCHASED)
    if reviewed:
        return Eligibility(order_line_id, IneligibleReason.ALREADY_REVIEWED)
    return Eligibility(order_line_id)
