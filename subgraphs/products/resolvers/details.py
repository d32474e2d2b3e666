"""Media, attribute definitions, product types and money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ariadne import InterfaceType, ObjectType

from shared.money import Money
from subgraphs.products.context import Info
from subgraphs.products.domain.attributes import AttributeValue, display_value
from subgraphs.products.domain.market import text_in
from subgraphs.products.domain.records import AttributeRecord, MediaRecord, ProductTypeRecord
from subgraphs.products.media.address import image_url, parse_transform
from subgraphs.products.resolvers.texts import translated

money = ObjectType("Money")
media = InterfaceType("Media")
image = ObjectType("Image")
video = ObjectType("Video")
product_type = ObjectType("ProductType")
attribute_definition = ObjectType("AttributeDefinition")
attribute_option = ObjectType("AttributeOption")
attribute_value = ObjectType("AttributeValue")

attribute_definition.set_field("label", translated("labels"))


@money.field("currencyCode")
def resolve_currency_code(source: Money, _: Info) -> str:
    return source.currency


@media.type_resolver
def resolve_media_type(source: MediaRecord, *_: Any) -> str:
    return "Video" if source.kind == "VIDEO" else "Image"


def resolve_alt(source: MediaRecord, info: Info) -> str | None:
    """The alternative text in the market's language."""
    return text_in(source.alts, None, info.context.market)


image.set_field("alt", resolve_alt)
video.set_field("alt", resolve_alt)


@image.field("url")
def resolve_image_url(source: MediaRecord, info: Info, *, transform: Mapping[str, Any] | None = None) -> str:
    return image_url(info.context.media_base_url, source.path, parse_transform(transform))


@video.field("url")
def resolve_video_url(source: MediaRecord, info: Info) -> str:
    return f"{info.context.media_base_url}/{source.path}"


@product_type.field("attributeDefinitions")
async def resolve_attribute_definitions(source: ProductTypeRecord, info: Info) -> list[AttributeRecord]:
    return await _definitions(source.attribute_codes, info)


@product_type.field("variantAttributeDefinitions")
async def resolve_variant_attribute_definitions(source: ProductTypeRecord, info: Info) -> list[AttributeRecord]:
    return await _definitions(source.variant_attribute_codes, info)


async def _definitions(codes: Sequence[str], info: Info) -> list[AttributeRecord]:
    known = await info.context.loaders.attribute_definitions()
    return [known[code] for code in codes if code in known]


@attribute_option.field("label")
def resolve_option_label(source: Mapping[str, Any], info: Info, *, language: str | None = None) -> str:
    return text_in(source["labels"], language, info.context.market) or source["code"]


@attribute_value.field("code")
def resolve_code(source: AttributeValue, _: Info) -> str:
    return source.definition.code


@attribute_value.field("label")
def resolve_label(source: AttributeValue, info: Info, *, language: str | None = None) -> str:
    return text_in(source.definition.labels, language, info.context.market) or source.definition.code


@attribute_value.field("type")
def resolve_type(source: AttributeValue, _: Info) -> str:
    return source.definition.type


@attribute_value.field("displayValue")
def resolve_display_value(source: AttributeValue, info: Info, *, language: str | None = None) -> str:
    return display_value(source, language, info.context.market)


@attribute_value.field("unit")
def resolve_unit(source: AttributeValue, _: Info) -> str | None:
    return source.definition.unit


DETAILS = (money, media, image, video, product_type, attribute_definition, attribute_option, attribute_value)
