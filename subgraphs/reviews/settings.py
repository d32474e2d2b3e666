"""Settings of the reviews subgraph."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import SubgraphSettings


class ReviewsSettings(SubgraphSettings):
    """What every subgraph has is enough."""

    model_config = SettingsConfigDict(env_prefix="REVIEWS_", extra="forbid", populate_by_name=True)
    domain: ClassVar[str] = "reviews"

    port: int = Field(default=4005, ge=0, le=65535)
