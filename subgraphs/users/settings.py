"""Settings of the users subgraph."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from shared.settings import SubgraphSettings


class UsersSettings(SubgraphSettings):
    """``private_key_file`` is an Ed25519 key in PEM; everything that verifies tokens follows from it."""

    model_config = SettingsConfigDict(env_prefix="USERS_", extra="forbid", populate_by_name=True)
    domain: ClassVar[str] = "users"

    port: int = Field(default=4004, ge=0, le=65535)
    jwt_private_key_file: Path = Field(validation_alias="AGORA_JWT_PRIVATE_KEY_FILE")
    jwt_issuer: str = Field(default="agora", validation_alias="AGORA_JWT_ISSUER")
    jwt_audience: str = Field(default="agora", validation_alias="AGORA_JWT_AUDIENCE")
    password_concurrency: int = Field(default=2, ge=1, le=64)
