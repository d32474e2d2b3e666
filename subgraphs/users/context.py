"""What resolvers of users find in the GraphQL context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import strawberry

from shared.auth import Principal
from subgraphs.users.loaders import UsersLoaders
from subgraphs.users.service import AccountService


@dataclass(frozen=True, slots=True)
class UsersContext:
    """One request: who calls, what they may do, what was loaded for them."""

    principal: Principal
    service: AccountService
    loaders: UsersLoaders


UsersInfo: TypeAlias = strawberry.Info[UsersContext, None]
