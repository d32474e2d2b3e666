"""What resolvers of inventory find in the GraphQL context."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import strawberry

from shared.auth import Principal
from shared.clock import Clock
from shared.db import Sessions
from shared.subgraph_app import Market
from subgraphs.inventory.loaders import InventoryLoaders
from subgraphs.inventory.service import ReservationService


@dataclass(frozen=True, slots=True)
class InventoryContext:
    """One request: who calls, for which market, what was loaded for them."""

    principal: Principal
    market: Market
    sessions: Sessions
    clock: Clock
    loaders: InventoryLoaders
    reservations: ReservationService


InventoryInfo: TypeAlias = strawberry.Info[InventoryContext, None]
