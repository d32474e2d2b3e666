"""The catalogue: products, variants, prices, media, categories, attributes, and the signals for the search index."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.db.platform_tables import create_platform_tables_v1, drop_platform_tables_v1

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_platform_tables_v1()
    op.create_table(
        "attribute_definition",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("labels", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("options", postgresql.JSONB(), server_default="[]", nullable=False),
        sa.Column("required", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("localizable", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("facetable", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("searchable", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("sortable", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("validation", postgresql.JSONB(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "brand",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_table(
        "category",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("names", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("descriptions", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("parent_id", sa.String(length=40), nullable=True),
        sa.Column("path", postgresql.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["category.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_index("category_children", "category", ["parent_id", "position", "id"], unique=False)
    op.create_table(
        "collection",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("names", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("descriptions", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("rule", postgresql.JSONB(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_table(
        "index_change",
        sa.Column("product_id", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("product_id"),
    )
    op.create_index("index_change_by_time", "index_change", ["changed_at"], unique=False)
    op.create_table(
        "product_type",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("attribute_codes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("variant_attribute_codes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "product",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("names", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("descriptions", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("brand_id", sa.String(length=40), nullable=True),
        sa.Column("product_type_id", sa.String(length=40), nullable=False),
        sa.Column("primary_category_id", sa.String(length=40), nullable=True),
        sa.Column("attributes", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("options", postgresql.JSONB(), server_default="[]", nullable=False),
        sa.Column("tags", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("metafields", postgresql.JSONB(), server_default="[]", nullable=False),
        sa.Column("seller_id", sa.String(length=40), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("search", postgresql.TSVECTOR(), nullable=False),
        sa.CheckConstraint("status IN ('DRAFT', 'ACTIVE', 'ARCHIVED')", name="product_status"),
        sa.ForeignKeyConstraint(["brand_id"], ["brand.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["primary_category_id"], ["category.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["product_type_id"], ["product_type.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("slug"),
    )
    op.create_index("product_by_creation", "product", ["created_at", "id"], unique=False)
    op.create_index(
        "product_by_publication", "product", [sa.text("coalesce(published_at, created_at)"), "id"], unique=False
    )
    op.create_index("product_by_name", "product", [sa.text("coalesce(names ->> 'en', slug)"), "id"], unique=False)
    op.create_index("product_by_update", "product", ["updated_at", "id"], unique=False)
    op.create_index("product_search", "product", ["search"], unique=False, postgresql_using="gin")
    op.create_table(
        "media",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("product_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("alts", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("variant_ids", postgresql.ARRAY(sa.String(length=40)), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("media_of_product", "media", ["product_id", "position", "id"], unique=False)
    op.create_table(
        "product_category",
        sa.Column("category_id", sa.String(length=40), nullable=False),
        sa.Column("product_id", sa.String(length=40), nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("category_id", "product_id"),
    )
    op.create_index("product_category_by_product", "product_category", ["product_id"], unique=False)
    op.create_table(
        "product_collection",
        sa.Column("collection_id", sa.String(length=40), nullable=False),
        sa.Column("product_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["collection_id"], ["collection.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("collection_id", "product_id"),
    )
    op.create_index("product_collection_by_product", "product_collection", ["product_id"], unique=False)
    op.create_table(
        "product_signal",
        sa.Column("product_id", sa.String(length=40), nullable=False),
        sa.Column("rating", sa.Float(), nullable=True),
        sa.Column("rating_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("sales_score", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("product_id"),
    )
    op.create_table(
        "product_variant",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("product_id", sa.String(length=40), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("gtin", sa.Text(), nullable=True),
        sa.Column("titles", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("selected_options", postgresql.JSONB(), server_default="[]", nullable=False),
        sa.Column("attributes", postgresql.JSONB(), server_default="{}", nullable=False),
        sa.Column("weight_grams", sa.Integer(), nullable=True),
        sa.Column("length_mm", sa.Integer(), nullable=True),
        sa.Column("width_mm", sa.Integer(), nullable=True),
        sa.Column("height_mm", sa.Integer(), nullable=True),
        sa.Column("requires_shipping", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("track_inventory", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("tax_class", sa.Text(), server_default="standard", nullable=False),
        sa.Column("country_of_origin", sa.String(length=2), nullable=True),
        sa.Column("hs_code", sa.Text(), nullable=True),
        sa.Column("metafields", postgresql.JSONB(), server_default="[]", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sku"),
    )
    op.create_index("product_variant_of_product", "product_variant", ["product_id", "position", "id"], unique=False)
    op.create_table(
        "variant_signal",
        sa.Column("variant_id", sa.String(length=40), nullable=False),
        sa.Column("product_id", sa.String(length=40), nullable=False),
        sa.Column("in_stock", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("variant_id"),
    )
    op.create_index("variant_signal_of_product", "variant_signal", ["product_id"], unique=False)
    op.create_table(
        "price",
        sa.Column("variant_id", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("minimum_quantity", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("compare_at_minor", sa.BigInteger(), nullable=True),
        sa.Column("includes_tax", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("amount_minor >= 0", name="price_not_negative"),
        sa.CheckConstraint("minimum_quantity >= 1", name="price_minimum_quantity"),
        sa.ForeignKeyConstraint(["variant_id"], ["product_variant.id"], ondelete="CASCADE"),
    )
    op.create_index(
        "price_key",
        "price",
        ["variant_id", "currency", "minimum_quantity", "effective_from"],
        unique=True,
    )


def downgrade() -> None:
    op.drop_index("price_key", table_name="price")
    op.drop_table("price")
    op.drop_index("variant_signal_of_product", table_name="variant_signal")
    op.drop_table("variant_signal")
    op.drop_index("product_variant_of_product", table_name="product_variant")
    op.drop_table("product_variant")
    op.drop_table("product_signal")
    op.drop_index("product_collection_by_product", table_name="product_collection")
    op.drop_table("product_collection")
    op.drop_index("product_category_by_product", table_name="product_category")
    op.drop_table("product_category")
    op.drop_index("media_of_product", table_name="media")
    op.drop_table("media")
    op.drop_index("product_search", table_name="product", postgresql_using="gin")
    op.drop_index("product_by_update", table_name="product")
    op.drop_index("product_by_name", table_name="product")
    op.drop_index("product_by_publication", table_name="product")
    op.drop_index("product_by_creation", table_name="product")
    op.drop_table("product")
    op.drop_table("product_type")
    op.drop_index("index_change_by_time", table_name="index_change")
    op.drop_table("index_change")
    op.drop_table("collection")
    op.drop_index("category_children", table_name="category")
    op.drop_table("category")
    op.drop_table("brand")
    op.drop_table("attribute_definition")
    drop_platform_tables_v1()
