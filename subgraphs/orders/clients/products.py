"""What orders asks of products: the facts of variants that carts and orders snapshot."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from shared.money import Money
from shared.service_client import ServiceClient

MAX_REPRESENTATIONS: Final = 100
DISPLAY_TRIES: Final = 1
EDIT_TRIES: Final = 2
CHECKOUT_TRIES: Final = 5
"""A page shows without an answer, an edit fails soon, a checkout waits out a restart of its sister (about 3 s)."""
DISPLAY_TIMEOUT_SECONDS: Final = 1.5

_VARIANTS: Final = """
query OrdersVariants($representations: [_Any!]!, $currency: CurrencyCode!, $language: LanguageCode) {
  _entities(representations: $representations) {
    ... on ProductVariant {
      id
      sku
      title(language: $language)
      selectedOptions { name value }
      requiresShipping
      taxClass
      price(currency: $currency) {
        money { minorUnits currencyCode }
        compareAt { minorUnits currencyCode }
        includesTax
      }
      product { id name(language: $language) featuredImage { url } }
    }
  }
}
"""


@dataclass(frozen=True, slots=True)
class VariantSnapshot:
    """A variant as it is sold now; ``unit_price`` is None where it is not sold in the market's currency."""

    variant_id: str
    product_id: str
    sku: str
    title: str
    image_url: str | None
    selected_options: tuple[tuple[str, str], ...]
    unit_price: Money | None
    compare_at: Money | None
    includes_tax: bool
    tax_class: str
    requires_shipping: bool


class Products(Protocol):
    """The products service."""

    async def variants(
        self, variant_ids: Collection[str], *, currency: str, country: str, language: str, tries: int = EDIT_TRIES
    ) -> Mapping[str, VariantSnapshot]:
        """The variants that exist, by id; ``tries`` says how long the caller can wait.

        Raises ServiceUnavailable.
        """


class GraphQLProducts:
    """The products service over its GraphQL endpoint."""

    def __init__(self, client: ServiceClient) -> None:
        self._client = client

    async def variants(
        self, variant_ids: Collection[str], *, currency: str, country: str, language: str, tries: int = EDIT_TRIES
    ) -> Mapping[str, VariantSnapshot]:
        """One request for each hundred variants."""
        ids = sorted(set(variant_ids))
        pages = [ids[start : start + MAX_REPRESENTATIONS] for start in range(0, len(ids), MAX_REPRESENTATIONS)]
        headers = {"x-currency": currency, "x-country": country, "accept-language": language}
        answers = await asyncio.gather(*(self._page(page, currency, language, headers, tries) for page in pages))
        return {variant.variant_id: variant for answer in answers for variant in answer}

    async def _page(
        self, ids: Sequence[str], currency: str, language: str, headers: Mapping[str, str], tries: int
    ) -> list[VariantSnapshot]:
        representations = [{"__typename": "ProductVariant", "id": each} for each in ids]
        variables = {"representations": representations, "currency": currency, "language": language}
        data = await self._client.execute(
            _VARIANTS,
            variables,
            headers=headers,
            attempts=tries,
            timeout_seconds=DISPLAY_TIMEOUT_SECONDS if tries == DISPLAY_TRIES else None,
        )
        return [_snapshot(entity) for entity in data["_entities"] if entity]


def _snapshot(entity: Mapping[str, Any]) -> VariantSnapshot:
    product, price = entity["product"], entity["price"] or {}
    image = product.get("featuredImage") or {}
    return VariantSnapshot(
        variant_id=entity["id"],
        product_id=product["id"],
        sku=entity["sku"],
        title=_title(product["name"], entity["title"]),
        image_url=image.get("url"),
        selected_options=tuple((option["name"], option["value"]) for option in entity["selectedOptions"]),
        unit_price=_money(price.get("money")),
        compare_at=_money(price.get("compareAt")),
        includes_tax=bool(price.get("includesTax", True)),
        tax_class=entity["taxClass"],
        requires_shipping=entity["requiresShipping"],
    )


def _title(product: str, variant: str) -> str:
    return product if not variant or variant == product else f"{product} ({variant})"


def _money(value: Mapping[str, Any] | None) -> Money | None:
    return Money(int(value["minorUnits"]), value["currencyCode"]) if value else None
