"""Settings of the inventory processes."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import SubgraphSettings


class InventorySettings(SubgraphSettings):
    """``INVENTORY_*`` and what all subgraphs share."""

    model_config = SettingsConfigDict(env_prefix="INVENTORY_", extra="forbid", populate_by_name=True)
    domain: ClassVar[str] = "inventory"

    port: int = Field(default=4002, ge=0, le=65535)
    expiry_period_seconds: float = Field(default=10.0, gt=0)
