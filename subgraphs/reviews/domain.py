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
