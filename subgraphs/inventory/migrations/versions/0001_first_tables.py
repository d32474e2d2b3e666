"""The first tables of inventory."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.db.platform_tables import create_platform_tables_v1, drop_platform_tables_v1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_platform_tables_v1()
    op.create_table(
        "warehouse",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("code", sa.Text(), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("region", sa.Text()),
        sa.Column("postal_code", sa.Text()),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("serves_countries", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "stocked_variant",
        sa.Column("variant_id", sa.Text(), primary_key=True),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False, unique=True),
    )
    op.create_table(
        "stock_level",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("variant_id", sa.Text(), nullable=False),
        sa.Column("warehouse_id", sa.Text(), sa.ForeignKey("warehouse.id"), nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("safety_stock", sa.Integer(), nullable=False),
        sa.Column("incoming", sa.Integer(), nullable=False),
        sa.Column("backorder_limit", sa.Integer(), nullable=False),
        sa.Column("reorder_point", sa.Integer()),
        sa.Column("reorder_quantity", sa.Integer()),
        sa.Column("counted_at", sa.DateTime(timezone=True)),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("variant_id", "warehouse_id", name="stock_level_once"),
        sa.CheckConstraint("on_hand >= 0", name="stock_level_on_hand_not_negative"),
        sa.CheckConstraint("reserved >= 0", name="stock_level_reserved_not_negative"),
        sa.CheckConstraint("reserved <= on_hand + backorder_limit", name="stock_level_not_oversold"),
    )
    op.create_index("stock_level_updated", "stock_level", ["updated_at", "id"])
    op.create_table(
        "stock_movement",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("variant_id", sa.Text(), nullable=False),
        sa.Column("warehouse_id", sa.Text(), nullable=False),
        sa.Column("on_hand_delta", sa.Integer(), nullable=False),
        sa.Column("reserved_delta", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("reference", sa.Text()),
        sa.Column("actor_id", sa.Text()),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("stock_movement_variant", "stock_movement", ["variant_id", "warehouse_id", "occurred_at"])
    op.create_table(
        "reservation",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("owner_ref", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Text()),
        sa.Column("ship_to", sa.Text()),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("idempotency_key", sa.Text(), nullable=False),
        sa.Column("input_hash", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("caller", "idempotency_key", name="reservation_key_once"),
    )
    op.create_index("reservation_due", "reservation", ["expires_at"], postgresql_where=sa.text("status = 'HELD'"))
    op.create_index("reservation_order", "reservation", ["order_id"])
    op.create_table(
        "reservation_line",
        sa.Column("reservation_id", sa.Text(), sa.ForeignKey("reservation.id"), primary_key=True),
        sa.Column("variant_id", sa.Text(), primary_key=True),
        sa.Column("warehouse_id", sa.Text(), primary_key=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("backordered", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    for table in ("reservation_line", "reservation", "stock_movement", "stock_level", "stocked_variant", "warehouse"):
        op.drop_table(table)
    drop_platform_tables_v1()
