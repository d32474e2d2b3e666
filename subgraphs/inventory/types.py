"""GraphQL types of the inventory subgraph. No SQL: data comes from rows already loaded and from the loaders."""

from __future__ import annotations

from collections.abc import Sequence

import strawberry
from strawberry.federation.schema_directives import Key
from strawberry.federation.types import FieldSet

from shared.auth import Principal
from shared.subgraph_app.strawberry_prelude import CountryCode, DateTime, Node, UserError
from subgraphs.inventory import domain
from subgraphs.inventory.context import InventoryInfo
from subgraphs.inventory.domain import AvailabilityStatus, ReservationStatus
from subgraphs.inventory.errors import InventoryErrorCode, InventoryProblem
from subgraphs.inventory.models import ReservationLineRow, ReservationRow, StockLevelRow, WarehouseRow
from subgraphs.inventory.stock_memory import KnownStock

strawberry.enum(AvailabilityStatus)
strawberry.enum(ReservationStatus)
strawberry.enum(InventoryErrorCode)

READ = [["inventory:read"]]
RESERVE = [["inventory:reserve"]]


@strawberry.type
class ProductAvailability:
    status: AvailabilityStatus
    available_variant_count: int
    as_of: DateTime
    stale: bool = strawberry.field(description="True when served from cache because inventory was degraded.")


@strawberry.type
class VariantAvailability:
    status: AvailabilityStatus
    purchasable: bool
    quantity_available: int | None = strawberry.field(
        description="Null unless LOW_STOCK or the caller has inventory:read."
    )
    backorderable_until: DateTime | None
    expected_restock_at: DateTime | None
    fulfillment_lead_days: int | None
    as_of: DateTime
    stale: bool

    @classmethod
    def of(cls, known: domain.Availability, principal: Principal, stock: KnownStock) -> VariantAvailability:
        exact = known.status is AvailabilityStatus.LOW_STOCK or principal.has_scope("inventory:read")
        return cls(
            status=known.status,
            purchasable=known.purchasable,
            quantity_available=known.quantity if exact else None,
            backorderable_until=None,
            expected_restock_at=None,
            fulfillment_lead_days=known.lead_days,
            as_of=DateTime(stock.as_of),
            stale=stock.stale,
        )


@strawberry.federation.type(keys=["id"])
class Product:
    id: strawberry.ID
    variant_ids: list[strawberry.ID] = strawberry.federation.field(external=True)

    @strawberry.federation.field(
        requires=["variantIds"], description="Roll-up over all variants; one batched lookup per page of products."
    )
    async def availability(self, info: InventoryInfo) -> ProductAvailability | None:
        context = info.context
        stock = await context.loaders.stock.load_many(self.variant_ids)
        known = [domain.availability(each.positions, context.market.country) for each in stock]
        return ProductAvailability(
            status=domain.best_status([each.status for each in known]),
            available_variant_count=sum(each.purchasable for each in known),
            as_of=DateTime(min((each.as_of for each in stock), default=context.clock.now())),
            stale=any(each.stale for each in stock),
        )


@strawberry.federation.type(keys=["id"])
class ProductVariant:
    id: strawberry.ID

    @strawberry.federation.field(
        description="Null only when inventory is unreachable; unknown variants are UNAVAILABLE. "
        "Shopper-safe: exact count only below the low-stock threshold."
    )
    async def availability(
        self,
        info: InventoryInfo,
        country: CountryCode | None = strawberry.UNSET,
        postal_code: str | None = strawberry.UNSET,
    ) -> VariantAvailability | None:
        del postal_code  # accepted for carriers that need it; warehouses serve whole countries
        context = info.context
        stock = await context.loaders.stock.load(self.id)
        known = domain.availability(stock.positions, country or context.market.country)
        return VariantAvailability.of(known, context.principal, stock)

    @strawberry.federation.field(tags=["admin"], requires_scopes=READ)
    async def stock_levels(
        self, info: InventoryInfo, warehouse_ids: list[strawberry.ID] | None = strawberry.UNSET
    ) -> list[StockLevel] | None:
        rows = await info.context.loaders.levels.load(self.id)
        wanted = set(warehouse_ids) if isinstance(warehouse_ids, list) else None
        return [StockLevel.from_row(row) for row in rows if wanted is None or row.warehouse_id in wanted]


@strawberry.federation.type(keys=[Key(fields=FieldSet("id"), resolvable=False)])
class Order:
    id: strawberry.ID


@strawberry.federation.type(keys=["id", "code"])
class Warehouse(Node):
    id: strawberry.ID
    code: str
    name: str
    country: CountryCode
    region: str | None
    postal_code: str | None
    latitude: float | None
    longitude: float | None
    active: bool
    priority: int
    serves_countries: list[CountryCode]
    version: int

    @classmethod
    def from_row(cls, row: WarehouseRow) -> Warehouse:
        return cls(
            id=strawberry.ID(row.id),
            code=row.code,
            name=row.name,
            country=CountryCode(row.country),
            region=row.region,
            postal_code=row.postal_code,
            latitude=row.latitude,
            longitude=row.longitude,
            active=row.active,
            priority=row.priority,
            serves_countries=[CountryCode(country) for country in row.serves_countries],
            version=row.version,
        )


async def load_warehouse(info: InventoryInfo, warehouse_id: str) -> Warehouse:
    """The warehouse that a foreign key names, so it is there."""
    row = await info.context.loaders.warehouse.load(warehouse_id)
    assert row is not None
    return Warehouse.from_row(row)


@strawberry.federation.type(
    keys=["id"],
    description="Invariant, enforced by CHECK constraints: "
    "onHand >= 0, reserved >= 0, reserved <= onHand + backorderLimit.",
)
class StockLevel(Node):
    id: strawberry.ID
    row: strawberry.Private[StockLevelRow]
    variant: ProductVariant | None
    on_hand: int
    reserved: int
    available: int = strawberry.field(description="onHand - reserved - safetyStock (never stored).")
    safety_stock: int
    incoming: int
    reorder_point: int | None
    reorder_quantity: int | None
    backorder_limit: int
    below_reorder_point: bool
    counted_at: DateTime | None
    updated_at: DateTime
    version: int

    @strawberry.field
    async def warehouse(self, info: InventoryInfo) -> Warehouse:
        return await load_warehouse(info, self.row.warehouse_id)

    @classmethod
    def from_row(cls, row: StockLevelRow) -> StockLevel:
        return cls(
            id=strawberry.ID(row.id),
            row=row,
            variant=ProductVariant(id=strawberry.ID(row.variant_id)),
            on_hand=row.on_hand,
            reserved=row.reserved,
            available=row.available,
            safety_stock=row.safety_stock,
            incoming=row.incoming,
            reorder_point=row.reorder_point,
            reorder_quantity=row.reorder_quantity,
            backorder_limit=row.backorder_limit,
            below_reorder_point=row.below_reorder_point,
            counted_at=DateTime(row.counted_at) if row.counted_at else None,
            updated_at=DateTime(row.updated_at),
            version=row.version,
        )


@strawberry.type
class ReservationLine:
    warehouse_id: strawberry.Private[str]
    variant: ProductVariant | None
    quantity: int
    backordered: int

    @strawberry.field
    async def warehouse(self, info: InventoryInfo) -> Warehouse:
        return await load_warehouse(info, self.warehouse_id)

    @classmethod
    def from_row(cls, row: ReservationLineRow) -> ReservationLine:
        return cls(
            warehouse_id=row.warehouse_id,
            variant=ProductVariant(id=strawberry.ID(row.variant_id)),
            quantity=row.quantity,
            backordered=row.backordered,
        )


@strawberry.federation.type(keys=["id"])
class Reservation(Node):
    id: strawberry.ID
    status: ReservationStatus
    owner_ref: str = strawberry.field(description="cart id while HELD, order id once COMMITTED")
    order: Order | None
    expires_at: DateTime | None
    created_at: DateTime
    version: int

    @strawberry.field
    async def lines(self, info: InventoryInfo) -> list[ReservationLine]:
        rows = await info.context.loaders.lines.load(self.id)
        return [ReservationLine.from_row(row) for row in rows]

    @classmethod
    def from_row(cls, row: ReservationRow) -> Reservation:
        return cls(
            id=strawberry.ID(row.id),
            status=ReservationStatus(row.status),
            owner_ref=row.owner_ref,
            order=Order(id=strawberry.ID(row.order_id)) if row.order_id else None,
            expires_at=DateTime(row.expires_at) if row.expires_at else None,
            created_at=DateTime(row.created_at),
            version=row.version,
        )


@strawberry.type
class InventoryUserError(UserError):
    code: InventoryErrorCode
    current_version: int | None = None
    variant_id: strawberry.ID | None = None
    available_quantity: int | None = None

    @classmethod
    def from_problem(cls, problem: InventoryProblem) -> InventoryUserError:
        return cls(
            field=list(problem.field) if problem.field else None,
            message=problem.message,
            code=problem.code,
            variant_id=strawberry.ID(problem.variant_id) if problem.variant_id else None,
            available_quantity=problem.available_quantity,
        )


@strawberry.type
class ReservationPayload:
    reservation: Reservation | None
    user_errors: list[InventoryUserError]

    @classmethod
    def refused(cls, problems: Sequence[InventoryProblem]) -> ReservationPayload:
        return cls(reservation=None, user_errors=[InventoryUserError.from_problem(each) for each in problems])
