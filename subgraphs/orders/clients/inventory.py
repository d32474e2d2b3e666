"""What orders asks of inventory: stock for display, and the reservation of a checkout."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from shared.service_client import ServiceClient
from subgraphs.orders.clients.products import (
    CHECKOUT_TRIES,
    DISPLAY_TIMEOUT_SECONDS,
    DISPLAY_TRIES,
    MAX_REPRESENTATIONS,
)

_PAYLOAD: Final = "{ reservation { id status } userErrors { code message variantId availableQuantity } }"
_CREATE: Final = f"""
mutation OrdersReserve($input: ReservationInput!, $key: String!) {{
  payload: reservationCreate(input: $input, idempotencyKey: $key) {_PAYLOAD}
}}
"""
_COMMIT: Final = f"""
mutation OrdersCommit($id: ID!, $orderId: ID!) {{ payload: reservationCommit(id: $id, orderId: $orderId) {_PAYLOAD} }}
"""
_RELEASE: Final = f"""
mutation OrdersRelease($id: ID!, $reason: String) {{ payload: reservationRelease(id: $id, reason: $reason) {_PAYLOAD} }}
"""
_STOCK: Final = """
query OrdersStock($representations: [_Any!]!, $country: CountryCode) {
  _entities(representations: $representations) {
    ... on ProductVariant { id availability(country: $country) { purchasable status quantityAvailable } }
  }
}
"""


@dataclass(frozen=True, slots=True)
class VariantStock:
    """What can be sold now; ``quantity`` is None when backorders have no limit that we know."""

    variant_id: str
    purchasable: bool
    quantity: int | None


@dataclass(frozen=True, slots=True)
class Shortage:
    """A variant that could not be held in the quantity wanted."""

    variant_id: str
    available: int


class ReservationRefused(Exception):
    """Inventory said no, for good: ``code`` is its error code, ``shortages`` what is missing."""

    def __init__(self, code: str, message: str, shortages: tuple[Shortage, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.shortages = shortages


class Inventory(Protocol):
    """The inventory service. All calls may be repeated; each raises ServiceUnavailable, reservations also
    ReservationRefused.
    """

    async def stock(self, variant_ids: Collection[str], *, country: str) -> Mapping[str, VariantStock]: ...

    async def reserve(self, *, owner: str, demand: Mapping[str, int], ship_to: str, ttl_seconds: int, key: str) -> str:
        """The reservation's id."""

    async def commit(self, reservation_id: str, order_id: str) -> None: ...

    async def release(self, reservation_id: str, reason: str) -> None: ...


class GraphQLInventory:
    """The inventory service over its GraphQL endpoint."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client

    async def stock(self, variant_ids: Collection[str], *, country: str) -> Mapping[str, VariantStock]:
        """For display: one try, a short wait."""
        ids = sorted(set(variant_ids))
        pages = [ids[start : start + MAX_REPRESENTATIONS] for start in range(0, len(ids), MAX_REPRESENTATIONS)]
        answers = await asyncio.gather(
            *(
                self._client.execute(
                    _STOCK,
                    {
                        "representations": [{"__typename": "ProductVariant", "id": each} for each in page],
                        "country": country,
                    },
                    attempts=DISPLAY_TRIES,
                    timeout_seconds=DISPLAY_TIMEOUT_SECONDS,
                )
                for page in pages
            )
        )
        return {entity["id"]: _stock(entity) for data in answers for entity in data["_entities"] if entity}

    async def reserve(self, *, owner: str, demand: Mapping[str, int], ship_to: str, ttl_seconds: int, key: str) -> str:
        """Hold all of ``demand`` or nothing."""
        reservation = {
            "ownerRef": owner,
            "lines": [{"variantId": variant, "quantity": quantity} for variant, quantity in sorted(demand.items())],
            "shipTo": ship_to,
            "ttlSeconds": ttl_seconds,
        }
        return await self._call(_CREATE, {"input": reservation, "key": key})

    async def commit(self, reservation_id: str, order_id: str) -> None:
        """The stock belongs to the order."""
        await self._call(_COMMIT, {"id": reservation_id, "orderId": order_id})

    async def release(self, reservation_id: str, reason: str) -> None:
        """The stock is free again."""
        await self._call(_RELEASE, {"id": reservation_id, "reason": reason})

    async def _call(self, mutation: str, variables: Mapping[str, Any]) -> str:
        payload = (await self._client.execute(mutation, variables, attempts=CHECKOUT_TRIES))["payload"]
        errors = payload["userErrors"]
        if errors:
            shortages = tuple(
                Shortage(error["variantId"], error["availableQuantity"] or 0) for error in errors if error["variantId"]
            )
            raise ReservationRefused(errors[0]["code"], errors[0]["message"], shortages)
        return str(payload["reservation"]["id"])


def _stock(entity: Mapping[str, Any]) -> VariantStock:
    known = entity["availability"] or {}
    quantity = known.get("quantityAvailable")
    return VariantStock(
        variant_id=entity["id"],
        purchasable=bool(known.get("purchasable")),
        quantity=None if known.get("status") in ("BACKORDER", "PREORDER") else quantity,
    )
