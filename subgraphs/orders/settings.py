"""Settings of the orders processes."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import SubgraphSettings


class OrdersSettings(SubgraphSettings):
    """``ORDERS_*``, the sister services' addresses, and what all subgraphs share."""

    model_config = SettingsConfigDict(env_prefix="ORDERS_", extra="forbid", populate_by_name=True)
    domain: ClassVar[str] = "orders"

    port: int = Field(default=4003, ge=0, le=65535)
    products_url: str = Field(default="http://127.0.0.1:4001/graphql", validation_alias="PRODUCTS_URL")
    inventory_url: str = Field(default="http://127.0.0.1:4002/graphql", validation_alias="INVENTORY_URL")
    media_base_url: str = Field(default="http://127.0.0.1:4001/media", validation_alias="MEDIA_BASE_URL")
    checkout_wait_seconds: float = Field(default=10.0, gt=0, le=25)
    recovery_period_seconds: float = Field(default=1.0, gt=0)
