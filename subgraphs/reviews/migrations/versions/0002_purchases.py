"""Who bought what."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "purchase",
        sa.Column("order_line_id", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("order_line_id"),
    )
    op.create_index("purchase_customer", "purchase", ["customer_id", "product_id"], unique=False)


def downgrade() -> None:
    op.drop_index("purchase_customer", table_name="purchase")
    op.drop_table("purchase")
