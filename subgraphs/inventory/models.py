"""Tables of the inventory database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, MetaData, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

metadata = MetaData()


class InventoryTable(DeclarativeBase):
    """Base that keeps these tables in the metadata of this domain."""

    metadata = metadata
    type_annotation_map = {str: Text, datetime: DateTime(timezone=True), list[str]: ARRAY(Text)}  # noqa: RUF012


class WarehouseRow(InventoryTable):
    """A place that holds stock; a lower ``priority`` ships first."""

    __tablename__ = "warehouse"
    id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    country: Mapped[str]
    region: Mapped[str | None]
    postal_code: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    active: Mapped[bool]
    priority: Mapped[int]
    serves_countries: Mapped[list[str]]
    version: Mapped[int]


class StockedVariantRow(InventoryTable):
    """What inventory knows of a variant: a copy of products' facts, for filters by SKU."""

    __tablename__ = "stocked_variant"
    variant_id: Mapped[str] = mapped_column(primary_key=True)
    product_id: Mapped[str]
    sku: Mapped[str] = mapped_column(unique=True)


class StockLevelRow(InventoryTable):
    """Units of one variant in one warehouse. Only ``ledger.py`` changes ``on_hand`` and ``reserved``."""

    __tablename__ = "stock_level"
    __table_args__ = (
        UniqueConstraint("variant_id", "warehouse_id", name="stock_level_once"),
        Index("stock_level_updated", "updated_at", "id"),
        CheckConstraint("on_hand >= 0", name="stock_level_on_hand_not_negative"),
        CheckConstraint("reserved >= 0", name="stock_level_reserved_not_negative"),
        CheckConstraint("reserved <= on_hand + backorder_limit", name="stock_level_not_oversold"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    variant_id: Mapped[str]
    warehouse_id: Mapped[str] = mapped_column(ForeignKey("warehouse.id"))
    on_hand: Mapped[int]
    reserved: Mapped[int]
    safety_stock: Mapped[int]
    incoming: Mapped[int]
    backorder_limit: Mapped[int]
    reorder_point: Mapped[int | None]
    reorder_quantity: Mapped[int | None]
    counted_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
    version: Mapped[int]

    @property
    def available(self) -> int:
        """What may be promised; never stored. Negative when the safety stock is touched."""
        return self.on_hand - self.reserved - self.safety_stock

    @property
    def below_reorder_point(self) -> bool:
        return self.reorder_point is not None and self.available <= self.reorder_point


class StockMovementRow(InventoryTable):
    """The append-only ledger: deltas per (variant, warehouse) add up to the level."""

    __tablename__ = "stock_movement"
    __table_args__ = (Index("stock_movement_variant", "variant_id", "warehouse_id", "occurred_at"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str]
    variant_id: Mapped[str]
    warehouse_id: Mapped[str]
    on_hand_delta: Mapped[int]
    reserved_delta: Mapped[int]
    reason: Mapped[str | None]
    reference: Mapped[str | None]
    actor_id: Mapped[str | None]
    occurred_at: Mapped[datetime]


class ReservationRow(InventoryTable):
    """Stock held for ``owner_ref`` (a cart, later an order) until ``expires_at``."""

    __tablename__ = "reservation"
    __table_args__ = (
        UniqueConstraint("caller", "idempotency_key", name="reservation_key_once"),
        Index("reservation_due", "expires_at", postgresql_where="status = 'HELD'"),
        Index("reservation_order", "order_id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str]
    owner_ref: Mapped[str]
    order_id: Mapped[str | None]
    ship_to: Mapped[str | None]
    caller: Mapped[str]
    idempotency_key: Mapped[str]
    input_hash: Mapped[str]
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    version: Mapped[int]


class ReservationLineRow(InventoryTable):
    """Units of a variant held in one warehouse; ``backordered`` of them are not on hand yet."""

    __tablename__ = "reservation_line"
    reservation_id: Mapped[str] = mapped_column(ForeignKey("reservation.id"), primary_key=True)
    variant_id: Mapped[str] = mapped_column(primary_key=True)
    warehouse_id: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[int]
    backordered: Mapped[int]
