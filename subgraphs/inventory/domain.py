"""Pure rules of inventory: what shoppers see of stock, and which warehouses a reservation takes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

LOW_STOCK_THRESHOLD: Final = 5
DOMESTIC_LEAD_DAYS: Final = 1
FOREIGN_LEAD_DAYS: Final = 3


class AvailabilityStatus(Enum):
    """From the shopper's view, best first."""

    IN_STOCK = "IN_STOCK"
    LOW_STOCK = "LOW_STOCK"
    BACKORDER = "BACKORDER"
    PREORDER = "PREORDER"
    OUT_OF_STOCK = "OUT_OF_STOCK"
    UNAVAILABLE = "UNAVAILABLE"


class StockMovementType(Enum):
    """Why a level changed."""

    RECEIPT = "RECEIPT"
    ADJUSTMENT = "ADJUSTMENT"
    RESERVATION = "RESERVATION"
    RELEASE = "RELEASE"
    COMMIT = "COMMIT"
    SHIPMENT = "SHIPMENT"
    RETURN = "RETURN"
    TRANSFER_OUT = "TRANSFER_OUT"
    TRANSFER_IN = "TRANSFER_IN"
    COUNT_CORRECTION = "COUNT_CORRECTION"


class ReservationStatus(Enum):
    """HELD → COMMITTED → CONSUMED; HELD → RELEASED or EXPIRED; COMMITTED → RELEASED."""

    HELD = "HELD"
    COMMITTED = "COMMITTED"
    CONSUMED = "CONSUMED"
    RELEASED = "RELEASED"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True, slots=True)
class StockPosition:
    """One level with the facts of its warehouse that matter for selling."""

    variant_id: str
    warehouse_id: str
    available: int
    backorder_capacity: int
    country: str
    priority: int
    serves_countries: frozenset[str]
    active: bool = True

    def serves(self, country: str | None) -> bool:
        """True when the warehouse ships to ``country``; an unknown destination excludes none."""
        return self.active and (country is None or country in self.serves_countries)


@dataclass(frozen=True, slots=True)
class Availability:
    """What a shopper may know of one variant; ``quantity`` is exact and shown by the caller's rights."""

    status: AvailabilityStatus
    quantity: int
    lead_days: int | None

    @property
    def purchasable(self) -> bool:
        return self.status in _PURCHASABLE


_PURCHASABLE: Final = (
    AvailabilityStatus.IN_STOCK,
    AvailabilityStatus.LOW_STOCK,
    AvailabilityStatus.BACKORDER,
    AvailabilityStatus.PREORDER,
)
_RANK: Final = {status: rank for rank, status in enumerate(AvailabilityStatus)}


def availability(positions: Sequence[StockPosition], country: str | None) -> Availability:
    """The availability of the one variant that ``positions`` are of; an unknown variant is UNAVAILABLE."""
    serving = [position for position in positions if position.serves(country)]
    if not serving:
        return Availability(AvailabilityStatus.UNAVAILABLE, 0, None)
    quantity = sum(max(0, position.available) for position in serving)
    status = stock_status(quantity, sum(position.backorder_capacity for position in serving))
    stocked = [position for position in serving if position.available > 0]
    return Availability(status, quantity, _lead_days(stocked, country))


def stock_status(quantity: int, backorder_capacity: int) -> AvailabilityStatus:
    """The status of a variant that is stocked at all."""
    if quantity > LOW_STOCK_THRESHOLD:
        return AvailabilityStatus.IN_STOCK
    if quantity > 0:
        return AvailabilityStatus.LOW_STOCK
    return AvailabilityStatus.BACKORDER if backorder_capacity > 0 else AvailabilityStatus.OUT_OF_STOCK


def best_status(statuses: Sequence[AvailabilityStatus]) -> AvailabilityStatus:
    """A product is as available as its best variant; one without variants is UNAVAILABLE."""
    return min(statuses, key=_RANK.__getitem__, default=AvailabilityStatus.UNAVAILABLE)


def _lead_days(stocked: Sequence[StockPosition], country: str | None) -> int | None:
    if not stocked:
        return None
    domestic = country is None or any(position.country == country for position in stocked)
    return DOMESTIC_LEAD_DAYS if domestic else FOREIGN_LEAD_DAYS


@dataclass(frozen=True, slots=True)
class Allocation:
    """Units to hold in one warehouse; ``backordered`` of them are beyond what is on hand."""

    variant_id: str
    warehouse_id: str
    quantity: int
    backordered: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """A variant of which ``available`` units could be held, fewer than wanted."""

    variant_id: str
    available: int


def allocate(
    demand: Mapping[str, int], positions: Sequence[StockPosition], *, country: str | None, allow_split: bool
) -> tuple[list[Allocation], list[Shortage]]:
    """Where to take ``demand`` (units by variant) from, all or nothing: with any shortage nothing is allocated.

    One warehouse for everything is preferred, domestic and high priority first; else each variant is taken from
    several in that order, unless ``allow_split`` forbids it. Backorders come after all that is on hand.
    """
    serving = [position for position in positions if position.serves(country)]
    order = sorted(serving, key=lambda place: (place.country != country, place.priority, place.warehouse_id))
    by_warehouse: dict[str, dict[str, StockPosition]] = {}
    for position in order:
        by_warehouse.setdefault(position.warehouse_id, {})[position.variant_id] = position
    for places in by_warehouse.values():
        if all(variant in places and places[variant].available >= wanted for variant, wanted in demand.items()):
            return [Allocation(variant, places[variant].warehouse_id, n, 0) for variant, n in demand.items()], []
    if not allow_split:
        return [], [Shortage(variant, _largest(order, variant)) for variant in demand]
    return _split(demand, order)


def _split(demand: Mapping[str, int], order: Sequence[StockPosition]) -> tuple[list[Allocation], list[Shortage]]:
    allocations: list[Allocation] = []
    shortages: list[Shortage] = []
    for variant, wanted in demand.items():
        places = [position for position in order if position.variant_id == variant]
        taken = _take(places, wanted)
        total = sum(allocation.quantity for allocation in taken)
        if total < wanted:
            shortages.append(Shortage(variant, total))
        allocations.extend(taken)
    return ([], shortages) if shortages else (allocations, [])


def _take(places: Sequence[StockPosition], wanted: int) -> list[Allocation]:
    on_hand: dict[str, int] = {}
    for place in places:
        on_hand[place.warehouse_id] = min(max(0, place.available), wanted - sum(on_hand.values()))
    missing = wanted - sum(on_hand.values())
    backordered: dict[str, int] = {}
    for place in places:
        backordered[place.warehouse_id] = min(place.backorder_capacity, missing - sum(backordered.values()))
    return [
        Allocation(place.variant_id, place.warehouse_id, quantity, backordered[place.warehouse_id])
        for place in places
        if (quantity := on_hand[place.warehouse_id] + backordered[place.warehouse_id]) > 0
    ]


def _largest(order: Sequence[StockPosition], variant: str) -> int:
    return max((max(0, position.available) for position in order if position.variant_id == variant), default=0)
