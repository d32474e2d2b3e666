"""The tables of products' own database.

Texts that are translated are JSONB objects, language to text. ``category_path`` and ``product_category`` hold the
ancestors too, so that neither a subtree's products nor a product's breadcrumb needs recursion.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR

metadata = MetaData()


def _id(prefix_reference: str | None = None, *, nullable: bool = False, name: str = "id") -> Column[str]:
    """A prefixed ULID; with a reference, a foreign key."""
    if prefix_reference is None:
        return Column(name, String(40), primary_key=name == "id", nullable=False)
    return Column(name, String(40), ForeignKey(prefix_reference, ondelete="CASCADE"), nullable=nullable)


def _instant(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, DateTime(timezone=True), nullable=nullable)


def _json(name: str, default: str = "{}") -> Column[Any]:
    return Column(name, JSONB, nullable=False, server_default=default)


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False, server_default="1")


brand = Table(
    "brand", metadata, _id(), Column("slug", Text, nullable=False, unique=True), Column("name", Text, nullable=False)
)

attribute_definition = Table(
    "attribute_definition",
    metadata,
    _id(),
    Column("code", Text, nullable=False, unique=True),
    _json("labels"),
    Column("type", Text, nullable=False),
    Column("unit", Text),
    _json("options", "[]"),
    Column("required", Boolean, nullable=False, server_default="false"),
    Column("localizable", Boolean, nullable=False, server_default="false"),
    Column("facetable", Boolean, nullable=False, server_default="false"),
    Column("searchable", Boolean, nullable=False, server_default="false"),
    Column("sortable", Boolean, nullable=False, server_default="false"),
    Column("validation", JSONB),
    Column("position", Integer, nullable=False),
)

product_type = Table(
    "product_type",
    metadata,
    _id(),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("attribute_codes", ARRAY(Text), nullable=False),
    Column("variant_attribute_codes", ARRAY(Text), nullable=False),
)

category = Table(
    "category",
    metadata,
    _id(),
    Column("slug", Text, nullable=False, unique=True),
    _json("names"),
    _json("descriptions"),
    _id("category.id", nullable=True, name="parent_id"),
    Column("path", ARRAY(String(40)), nullable=False),
    Column("level", SmallInteger, nullable=False),
    Column("position", Integer, nullable=False),
    _version(),
    Index("category_children", "parent_id", "position", "id"),
)

collection = Table(
    "collection",
    metadata,
    _id(),
    Column("slug", Text, nullable=False, unique=True),
    _json("names"),
    _json("descriptions"),
    Column("rule", JSONB),
    _version(),
)

product = Table(
    "product",
    metadata,
    _id(),
    Column("slug", Text, nullable=False, unique=True),
    Column("status", Text, nullable=False),
    _json("names"),
    _json("descriptions"),
    _id("brand.id", nullable=True, name="brand_id"),
    _id("product_type.id", name="product_type_id"),
    _id("category.id", nullable=True, name="primary_category_id"),
    _json("attributes"),
    _json("options", "[]"),
    Column("tags", ARRAY(Text), nullable=False, server_default="{}"),
    _json("metafields", "[]"),
    Column("seller_id", String(40)),
    _instant("published_at", nullable=True),
    _instant("created_at"),
    _instant("updated_at"),
    _version(),
    Column("search", TSVECTOR, nullable=False),
    CheckConstraint("status IN ('DRAFT', 'ACTIVE', 'ARCHIVED')", name="product_status"),
    Index("product_search", "search", postgresql_using="gin"),
    Index("product_by_creation", "created_at", "id"),
    Index("product_by_update", "updated_at", "id"),
    Index("product_by_publication", text("coalesce(published_at, created_at)"), "id"),
    Index("product_by_name", text("coalesce(names ->> 'en', slug)"), "id"),
)

product_category = Table(
    "product_category",
    metadata,
    Column("category_id", String(40), ForeignKey("category.id", ondelete="CASCADE"), primary_key=True),
    Column("product_id", String(40), ForeignKey("product.id", ondelete="CASCADE"), primary_key=True),
    Column("direct", Boolean, nullable=False),
    Index("product_category_by_product", "product_id"),
)

product_collection = Table(
    "product_collection",
    metadata,
    Column("collection_id", String(40), ForeignKey("collection.id", ondelete="CASCADE"), primary_key=True),
    Column("product_id", String(40), ForeignKey("product.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, nullable=False),
    Index("product_collection_by_product", "product_id"),
)

product_variant = Table(
    "product_variant",
    metadata,
    _id(),
    _id("product.id", name="product_id"),
    Column("sku", Text, nullable=False, unique=True),
    Column("gtin", Text),
    _json("titles"),
    Column("position", Integer, nullable=False),
    _json("selected_options", "[]"),
    _json("attributes"),
    Column("weight_grams", Integer),
    Column("length_mm", Integer),
    Column("width_mm", Integer),
    Column("height_mm", Integer),
    Column("requires_shipping", Boolean, nullable=False, server_default="true"),
    Column("track_inventory", Boolean, nullable=False, server_default="true"),
    Column("tax_class", Text, nullable=False, server_default="standard"),
    Column("country_of_origin", String(2)),
    Column("hs_code", Text),
    _json("metafields", "[]"),
    _instant("created_at"),
    _instant("updated_at"),
    _version(),
    Index("product_variant_of_product", "product_id", "position", "id"),
)

price = Table(
    "price",
    metadata,
    _id("product_variant.id", name="variant_id"),
    Column("currency", String(3), nullable=False),
    Column("minimum_quantity", Integer, nullable=False),
    _instant("effective_from"),
    _instant("effective_to", nullable=True),
    Column("amount_minor", BigInteger, nullable=False),
    Column("compare_at_minor", BigInteger),
    Column("includes_tax", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    CheckConstraint("amount_minor >= 0", name="price_not_negative"),
    CheckConstraint("minimum_quantity >= 1", name="price_minimum_quantity"),
    Index("price_key", "variant_id", "currency", "minimum_quantity", "effective_from", unique=True),
)

media = Table(
    "media",
    metadata,
    _id(),
    _id("product.id", name="product_id"),
    Column("kind", Text, nullable=False),
    Column("path", Text, nullable=False),
    _json("alts"),
    Column("position", Integer, nullable=False),
    Column("width", Integer),
    Column("height", Integer),
    Column("variant_ids", ARRAY(String(40)), nullable=False, server_default="{}"),
    Index("media_of_product", "product_id", "position", "id"),
)

variant_signal = Table(
    "variant_signal",
    metadata,
    Column("variant_id", String(40), primary_key=True),
    _id("product.id", name="product_id"),
    Column("in_stock", Boolean, nullable=False),
    Index("variant_signal_of_product", "product_id"),
)
"""What inventory says of a variant; a copy for the search index only."""

product_signal = Table(
    "product_signal",
    metadata,
    Column("product_id", String(40), ForeignKey("product.id", ondelete="CASCADE"), primary_key=True),
    Column("rating", Float),
    Column("rating_count", Integer, nullable=False, server_default="0"),
    Column("sales_score", Integer, nullable=False, server_default="0"),
)
"""What reviews and orders say of a product; a copy for the search index only."""

index_change = Table(
    "index_change",
    metadata,
    Column("product_id", String(40), primary_key=True),
    _instant("changed_at"),
    Index("index_change_by_time", "changed_at"),
)
"""When a product's search document last went out of date: what a full re-index must catch up with."""

LOADED_TABLES = (
    "brand",
    "attribute_definition",
    "product_type",
    "category",
    "collection",
    "product",
    "product_category",
    "product_collection",
    "product_variant",
    "price",
    "media",
    "variant_signal",
    "product_signal",
    "index_change",
)
"""Every table of the domain, parents first."""
