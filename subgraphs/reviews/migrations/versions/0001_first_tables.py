"""The first tables of reviews."""

import sqlalchemy as sa
from alembic import op

from shared.db.platform_tables import create_platform_tables_v1, drop_platform_tables_v1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_platform_tables_v1()
    op.create_table(
        "rating",
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("stars_1", sa.Integer(), nullable=False),
        sa.Column("stars_2", sa.Integer(), nullable=False),
        sa.Column("stars_3", sa.Integer(), nullable=False),
        sa.Column("stars_4", sa.Integer(), nullable=False),
        sa.Column("stars_5", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("product_id"),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("author_name", sa.Text(), nullable=False),
        sa.Column("order_line_id", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("verified_purchase", sa.Boolean(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("helpful_count", sa.Integer(), nullable=False),
        sa.Column("unhelpful_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="review_rating"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("review_author", "review", ["author_id", "created_at", "id"], unique=False)
    op.create_index("review_helpful", "review", ["product_id", "status", "helpful_count", "id"], unique=False)
    op.create_index("review_newest", "review", ["product_id", "status", "created_at", "id"], unique=False)
    op.create_index("review_order_line", "review", ["order_line_id"], unique=True)
    op.create_index("review_rating_order", "review", ["product_id", "status", "rating", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("review_rating_order", table_name="review")
    op.drop_index("review_order_line", table_name="review")
    op.drop_index("review_newest", table_name="review")
    op.drop_index("review_helpful", table_name="review")
    op.drop_index("review_author", table_name="review")
    op.drop_table("review")
    op.drop_table("rating")
    drop_platform_tables_v1()
