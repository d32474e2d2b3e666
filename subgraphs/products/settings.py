"""Settings of the products subgraph."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from shared.settings import SubgraphSettings


class ProductsSettings(SubgraphSettings):
    """The search engine and the public base URL of media come on top of what every subgraph has."""

    model_config = SettingsConfigDict(env_prefix="PRODUCTS_", extra="forbid", populate_by_name=True)
    domain: ClassVar[str] = "products"

    port: int = Field(default=4001, ge=0, le=65535)
    typesense_url: str = Field(default="http://127.0.0.1:8108", validation_alias="TYPESENSE_URL")
    typesense_api_key: SecretStr = Field(default=SecretStr(""), validation_alias="TYPESENSE_API_KEY")
    media_base_url: str = Field(default="http://127.0.0.1:4001/media", validation_alias="MEDIA_BASE_URL")
