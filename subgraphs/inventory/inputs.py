"""Input types of inventory and their way into the domain's own values."""

from __future__ import annotations

import strawberry

from shared.errors import BadUserInput
from shared.subgraph_app.strawberry_prelude import (
    BooleanFilter,
    CountryCode,
    DateTimeFilter,
    IDFilter,
    IntFilter,
    StringFilter,
)
from subgraphs.inventory.repository import StockLevelQuery
from subgraphs.inventory.service import ReservationRequest

DEFAULT_TTL_SECONDS = 900
_MAX_FILTER_VALUES = 100


@strawberry.input
class StockLevelFilter:
    variant_id: IDFilter | None = strawberry.UNSET
    sku: StringFilter | None = strawberry.UNSET
    warehouse_id: IDFilter | None = strawberry.UNSET
    available: IntFilter | None = strawberry.UNSET
    below_reorder_point: BooleanFilter | None = strawberry.UNSET
    updated_at: DateTimeFilter | None = strawberry.UNSET

    def to_query(self) -> StockLevelQuery:
        """The criteria, all of which must hold. Raises BadUserInput."""
        sku = self.sku or StringFilter()
        updated_at = self.updated_at or DateTimeFilter()
        below = (self.below_reorder_point or BooleanFilter()).eq
        at_least, at_most = _bounds(self.available or IntFilter())
        variants, warehouses = self.variant_id or IDFilter(), self.warehouse_id or IDFilter()
        return StockLevelQuery(
            variant_ids=_any_of(variants.eq, variants.in_),
            excluded_variant_ids=_any_of(None, variants.not_in) or frozenset(),
            warehouse_ids=_any_of(warehouses.eq, warehouses.in_),
            excluded_warehouse_ids=_any_of(None, warehouses.not_in) or frozenset(),
            skus=_any_of(sku.eq, sku.in_),
            sku_contains=sku.contains or None,
            sku_starts_with=sku.starts_with or None,
            available_at_least=at_least,
            available_at_most=at_most,
            below_reorder_point=below if isinstance(below, bool) else None,
            updated_from=updated_at.gte or None,
            updated_before=updated_at.lt or None,
        )


@strawberry.input
class ReservationLineInput:
    variant_id: strawberry.ID
    quantity: int


@strawberry.input
class ReservationInput:
    owner_ref: str
    lines: list[ReservationLineInput]
    ship_to: CountryCode | None = strawberry.UNSET
    postal_code: str | None = strawberry.UNSET
    ttl_seconds: int | None = DEFAULT_TTL_SECONDS
    allow_split: bool | None = True

    def to_request(self) -> ReservationRequest:
        """Lines of the same variant are one demand; a line that is not positive spoils its variant's sum."""
        demand: dict[str, int] = {}
        for line in self.lines:
            if line.quantity < 1:
                raise BadUserInput("A quantity must be at least 1.")
            demand[line.variant_id] = demand.get(line.variant_id, 0) + line.quantity
        return ReservationRequest(
            owner_ref=self.owner_ref,
            demand=demand,
            ship_to=self.ship_to or None,
            ttl_seconds=DEFAULT_TTL_SECONDS if self.ttl_seconds is None else self.ttl_seconds,
            allow_split=self.allow_split is not False,
        )


def _any_of(one: object, many: object) -> frozenset[str] | None:
    """``eq`` and ``in`` together mean both; neither means no restriction."""
    sets: list[frozenset[str]] = []
    if isinstance(one, str):
        sets.append(frozenset((one,)))
    if isinstance(many, list):
        if len(many) > _MAX_FILTER_VALUES:
            raise BadUserInput(f"A filter takes at most {_MAX_FILTER_VALUES} values.")
        sets.append(frozenset(map(str, many)))
    return frozenset.intersection(*sets) if sets else None


def _bounds(given: IntFilter) -> tuple[int | None, int | None]:
    lower = [value for value in (given.eq, given.gte) if isinstance(value, int)]
    upper = [value for value in (given.eq, given.lte) if isinstance(value, int)]
    if isinstance(given.gt, int):
        lower.append(given.gt + 1)
    if isinstance(given.lt, int):
        upper.append(given.lt - 1)
    return max(lower, default=None), min(upper, default=None)
