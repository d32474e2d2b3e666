"""What resolvers of reviews find in the GraphQL context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import strawberry

from shared.auth import Principal
from subgraphs.reviews.loaders import ReviewsLoaders


@dataclass(frozen=True, slots=True)
class ReviewsContext:
    """One request: who calls, and what was loaded for them."""

    principal: Principal
    loaders: ReviewsLoaders


ReviewsInfo: TypeAlias = strawberry.Info[ReviewsContext, None]
